"""Reply templates: which fit a message, and how what stands in braces is filled in (7.8).

A template is text of the organisation. It is never run as a template of Django's: the few names in
`VARIABLES` are replaced by words of the case, and nothing else means anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from complaints.backoffice.action_fields import remedy_words
from complaints.backoffice.appearance import language as language_of
from complaints.backoffice.appearance import person_name
from complaints.models import Case, Category, ClockName, ReplyTemplate
from complaints.notices.context import zone_of
from conduct.models import Organisation

Stage = ReplyTemplate.Stage

#: What may stand in braces, and what it becomes.
VARIABLES: Mapping[str, str | LazyText] = {
    "name": gettext_lazy("how to address the person"),
    "reference": gettext_lazy("the reference of the case"),
    "category": gettext_lazy("what it is about"),
    "received": gettext_lazy("the day it came in"),
    "due": gettext_lazy("the day the answer is due"),
    "handler": gettext_lazy("who handles it"),
    "organisation": gettext_lazy("the name of the organisation"),
    "remedies": gettext_lazy("what is promised, one line for each"),
    # Never has a value: what is left of it is asked for before sending.
    "…": gettext_lazy("something that you write yourself for each case"),
}
#: Which templates belong to the form of which action.
STAGES: Mapping[str, str] = {
    "moderate": Stage.REFUSAL,
    "ask": Stage.QUESTION,
    "update": Stage.UPDATE,
    "extend": Stage.UPDATE,
    "propose": Stage.ANSWER,
    "put_right": Stage.EARLY,
    "resolve_early": Stage.EARLY,
    "close": Stage.CLOSING,
}
IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every variable replaced that has a value; the others stay to be filled in."""

    def word(found: re.Match[str]) -> str:
        return values.get(_name(found[1])) or found[0]

    return IN_BRACES.sub(word, text)


def _name(found: str) -> str:
    """Three dots are as good as the one sign for them."""
    return found.strip().replace("...", "…")


def left_open(text: str) -> list[str]:
    """Variables still in braces: nobody has filled them in."""
    names = map(_name, IN_BRACES.findall(text))
    return [f"{{{name}}}" for name in dict.fromkeys(names) if name in VARIABLES]


def what_is_wrong(text: str) -> str:
    """Why this can't be a template, in words; empty where it can."""
    names = [_name(found) for found in IN_BRACES.findall(text)]
    unknown = [f"“{{{name}}}”" for name in dict.fromkeys(names) if name not in VARIABLES]
    if unknown:
        known = "; ".join(f"{{{name}}}: {words}" for name, words in VARIABLES.items())
        return _("There is no %(unknown)s. These can be used: %(known)s.") % {
            "unknown": ", ".join(unknown),
            "known": known,
        }
    rest = IN_BRACES.sub("", text)
    if "{" in rest or "}" in rest:
        return _("A brace is missing: every name stands between two of them.")
    return ""


def values_for(case: Case, language: str, writer: Any) -> dict[str, str]:
    """What the variables are for this case, in a language; empty where there is nothing yet."""
    with translation.override(language):
        categories = [issue.category for issue in case.issues.select_related("category")]
        clocks = case.clocks.filter(
            stopped_at=None, name__in=[ClockName.ANSWER, ClockName.REVIEW]
        ).order_by("-started_at")
        clock = clocks.first()
        return {
            "name": case.correspondent.greeting_name,
            "reference": case.reference,
            "category": ", ".join(dict.fromkeys(str(c) for c in categories if c)),
            "received": _day(case, case.received_at),
            "due": _day(case, clock.due_at) if clock else "",
            "handler": person_name(case.handler or writer),
            "organisation": Organisation.for_site(case.site).name,
            "remedies": "\n".join(_remedies(case)),
        }


def _day(case: Case, moment: Any) -> str:
    return date_format(timezone.localtime(moment, zone_of(case)), "DATE_FORMAT")


def _remedies(case: Case) -> list[str]:
    return [f"- {remedy_words(remedy)}" for remedy in case.remedies.select_related("kind")]


def example_values(language: str, organisation: str) -> dict[str, str]:
    """An invented case, for a look at a template."""
    with translation.override(language):
        today = date_format(timezone.localdate(), "DATE_FORMAT")
        category = Category.objects.filter(is_active=True).first()
        return {
            "name": "Kim Min-ji",
            "reference": "C-7K4Q-2M9X",
            "category": str(category) if category else _("Delivery"),
            "received": today,
            "due": today,
            "handler": "Ana Silva",
            "organisation": organisation or _("Our organisation"),
            "remedies": "- " + _("Refund: postage back, 20.00 EUR"),
        }


@dataclass(frozen=True)
class Offer:
    """One template to begin with: filled in for the case, in both languages."""

    pk: int
    label: str
    #: For the complainant, and as the writer would read it.
    theirs: str
    mine: str


def fitting(case: Case, action: str) -> list[ReplyTemplate]:
    """Templates for this message about this case."""
    stage = STAGES.get(action)
    if stage is None:
        return []
    if action == "propose" and case.stage > 1:
        stage = Stage.REVIEW
    return list(ReplyTemplate.objects.fitting(stage, case.kind, categories_above(case)))


def categories_above(case: Case) -> set[int]:
    """What the case is about, and what that belongs to; in two queries however deep it goes."""
    parents = dict(Category.objects.order_by("pk").values_list("pk", "parent_id"))
    left = [pk for pk in case.issues.values_list("category_id", flat=True) if pk]
    found: set[int] = set()
    while left:
        pk = left.pop()
        if pk not in found:
            found.add(pk)
            left += [parent] if (parent := parents.get(pk)) else []
    return found


def offers(case: Case, action: str, *, writer: Any, mine: str) -> list[Offer]:
    """What to begin with. `mine`: the writer's language."""
    templates = fitting(case, action)
    if not templates:
        return []
    theirs = case.language
    values = {code: values_for(case, code, writer) for code in {theirs, mine}}
    return [
        Offer(
            template.pk,
            _label(template, theirs),
            fill(_body(template, theirs), values[theirs]),
            fill(_body(template, mine), values[mine]),
        )
        for template in templates
    ]


def _body(template: ReplyTemplate, language: str) -> str:
    return _written_in(template, language) or _written_in(template, DEFAULT_LANGUAGE)


def _written_in(template: ReplyTemplate, language: str) -> str:
    """The text in just this language."""
    name = build_localized_fieldname("body", language)
    return str(getattr(template, name, None) or "").strip()


def _label(template: ReplyTemplate, language: str) -> str:
    if _written_in(template, language):
        return str(template)
    return _("%(name)s (not in %(language)s yet: translate it)") % {
        "name": template,
        "language": language_of(language).name,
    }
