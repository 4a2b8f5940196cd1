"""The usual words of a privacy notice, for an organisation that has not written its own yet.

True for what these apps do with data wherever they run; whatever else an organisation does with it,
only its own words can say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from .models.organisation import Organisation

#: {language: {field: words}}
Texts = dict[str, dict[str, str]]
#: The language of the words in this file.
WRITTEN_IN = "en"

HEADINGS: dict[str, LazyText] = {
    "controller": _("Who is responsible"),
    "purposes": _("What we use your data for"),
    "legal_basis": _("Why we may use it"),
    "recipients": _("Who gets to see it"),
    "retention": _("How long we keep it"),
    "rights": _("Your rights"),
    "officer": _("Your contact for data protection"),
    "authority": _("If you are not content with how we use your data"),
}


def _controller(name: str, body: str, email: str) -> str:
    if name:
        return gettext("%(organisation)s is responsible for your data.") % {"organisation": name}
    return gettext("The organisation that runs this site is responsible for your data.")


def _purposes(name: str, body: str, email: str) -> str:
    return gettext(
        "To answer you, to find out what happened, to put things right, and to learn from it. We "
        "don't use it for advertising and don't sell it."
    )


def _legal_basis(name: str, body: str, email: str) -> str:
    return gettext(
        "Dealing with complaints is a duty that law or our contract with you gives us; where "
        "neither does, we have a legitimate interest in answering you and in learning. You need "
        "not agree to anything to complain. What is optional we do only if you allow it, and you "
        "can take that back at any time."
    )


def _recipients(name: str, body: str, email: str) -> str:
    here = gettext(
        "The people here who deal with your case, and those who run our computers on our behalf."
    )
    if body:
        outside = gettext(
            "%(outside_body)s, our outside body for disputes, gets it if you turn to it."
        ) % {"outside_body": body}
    else:
        outside = gettext(
            "An outside body for disputes, a court or an authority gets it if you turn to it, or "
            "if the law obliges us."
        )
    return f"{here} {outside}"


def _retention(name: str, body: str, email: str) -> str:
    return gettext(
        "As long as we work on your case, and afterwards as long as the law asks us to keep it or "
        "somebody could still make a claim. What you begin and don't send is deleted after 14 days."
    )


def _rights(name: str, body: str, email: str) -> str:
    return gettext(
        "At any age you can ask to see what we hold about you, to get a copy, to have it corrected "
        "or deleted, and to have its use limited. You can object to our using it. Somebody you "
        "trust can ask for you. It costs nothing."
    )


def _officer(name: str, body: str, email: str) -> str:
    if email:
        return gettext("Write to %(email)s.") % {"email": email}
    return gettext("Write to us; you find our address on this site.")


def _authority(name: str, body: str, email: str) -> str:
    return gettext(
        "You can complain to the data protection authority of the country where you live or work, "
        "whatever we answer you."
    )


USUAL: dict[str, Callable[[str, str, str], str]] = {
    "controller": _controller,
    "purposes": _purposes,
    "legal_basis": _legal_basis,
    "recipients": _recipients,
    "retention": _retention,
    "rights": _rights,
    "officer": _officer,
    "authority": _authority,
}


def usual_words(field: str, organisation: Organisation) -> dict[str, str]:
    """{language: words} for every language of the site that these words were translated into."""
    languages = [code for code in AVAILABLE_LANGUAGES if _is_translated(field, code)]
    return {language: _for(organisation, field, language) for language in languages or [WRITTEN_IN]}


@cache
def _is_translated(field: str, language: str) -> bool:
    """Into this language; what is not reads as it was written."""
    if language == WRITTEN_IN:
        return True
    with translation.override(language):
        words = USUAL[field]("", "", "")
    with translation.override(WRITTEN_IN):
        return words != USUAL[field]("", "", "")


def _for(organisation: Organisation, field: str, language: str) -> str:
    with translation.override(language):
        name, body = (
            _own(organisation, field, language) for field in ("name", "external_body_name")
        )
        return USUAL[field](name, body, organisation.email)


def _own(organisation: Organisation, field: str, language: str) -> str:
    """A name in a language, else in the main one."""
    for code in (language, DEFAULT_LANGUAGE):
        words = getattr(organisation, build_localized_fieldname(field, code), "") or ""
        if words:
            return str(words)
    return ""
