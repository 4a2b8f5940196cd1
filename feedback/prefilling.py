"""What the address of the feedback form may fill in: a question about a promise or a text.

Only words of ours come out, never the address's own: nobody can put words into another's mouth by
sending them a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from complaints.lifecycle import Kind
from conduct.formats import OtherFormat
from conduct.models.edition import Kind as DocumentKind

_DOCUMENT = re.compile(r"(code|policy)(?:-([1-9]\d{0,4}))?", re.ASCII)
_PROMISE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,19}", re.ASCII)
#: How to complain, as a text that somebody wants in another form.
COMPLAINING = "complaining"


def prefilled(asked: Mapping[str, str]) -> dict[str, str]:
    """Initial values of `FeedbackForm` for the query of an address; empty for any other.

    `about`: "code-2", "policy-1", "complaining"; `promise`: a code; `format`: an `OtherFormat`.
    """
    about, words = _about(asked), _words(asked.get("format", ""))
    if not about and not words:
        return {}
    return {"kind": Kind.QUESTION.value, "about": about, "words": words}


def _about(asked: Mapping[str, str]) -> str:
    text = _text(asked.get("about", ""))
    promise = asked.get("promise", "")
    if not _PROMISE.fullmatch(promise):
        return text
    if not text:
        return _("Promise %(code)s") % {"code": promise}
    return _("Promise %(code)s – %(text)s") % {"code": promise, "text": text}


def _text(about: str) -> str:
    if about == COMPLAINING:
        return _("How to complain")
    found = _DOCUMENT.fullmatch(about)
    if found is None:
        return ""
    name = str(DocumentKind(found[1]).label)
    if found[2] is None:
        return name
    return _("%(name)s, edition %(number)s") % {"name": name, "number": found[2]}


def _words(wanted: str) -> str:
    if wanted not in OtherFormat.values:
        return ""
    if wanted == OtherFormat.OTHER_LANGUAGE:
        return _("Please let me have this text in this language: ")
    return _("Please let me have this text in this form: %(format)s.") % {
        "format": OtherFormat(wanted).label
    }
