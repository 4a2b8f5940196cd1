"""All about a case by the blocks of table E1. Which fields are personal is said here, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.backoffice.appearance import language, person_name
from complaints.intake.spam import SIGNS
from complaints.models import Case, Party


@dataclass(frozen=True)
class Entry:
    """One line. `lang` and `direction` are set where the words are the person's own."""

    label: str
    value: str
    lang: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Section:
    slug: str
    title: str | LazyText
    icon: str
    entries: list[Entry]
    is_open: bool = False


@dataclass(frozen=True)
class Plan:
    """What a section shows: fields of the case, by name."""

    slug: str
    title: LazyText
    icon: str
    fields: tuple[str, ...]
    is_open: bool = False


OWN_WORDS = frozenset(
    {
        "product", "order_number", "place", "staff_named", "happened_when", "earlier_contact",
        "effect", "remedy_wanted", "elsewhere", "enclosures", "evidence_link",
    }
)  # fmt: skip
#: Free words of staff may name people too; that somebody needs support is for who helps them.
PERSONAL = OWN_WORDS | {
    "plan", "cause", "lesson", "others_affected", "back_dating_reason", "other_contact",
    "vulnerable", "may_be_told", "may_be_surveyed",
}  # fmt: skip

PLANS = (
    Plan(
        "problem",
        gettext_lazy("The problem"),
        "openquote",
        (
            "product", "order_number", "place", "staff_named", "happened_on", "happened_when",
            "still_going_on", "happened_before", "earlier_contact", "effect", "urgent",
            "remedies_wanted", "remedy_wanted", "elsewhere", "enclosures", "evidence_link",
        ),
        is_open=True,
    ),
    Plan(
        "assessment",
        gettext_lazy("Assessment"),
        "list-ol",
        (
            "severity", "safety", "complexity", "impact", "immediate_needed",
            "immediate_possible", "vulnerable", "priority", "proposed_priority", "route",
            "proposed_route",
        ),
        is_open=True,
    ),
    Plan(
        "resolution",
        gettext_lazy("Resolution"),
        "success",
        (
            "plan", "cause", "cause_kind", "others_affected", "lesson", "outcome", "scope_reason",
            "contested", "stage",
        ),
        is_open=True,
    ),
    Plan(
        "receipt",
        gettext_lazy("Receipt"),
        "download",
        (
            "received_at", "stored_at", "back_dating_reason", "channel", "received_by", "language",
            "first_kind", "complaint_wish", "spam_signs", "code_edition", "happened_edition",
            "policy_edition", "notice_version", "may_be_surveyed", "may_be_told", "other_contact",
        ),
    ),
    Plan(
        "tracking",
        gettext_lazy("Tracking"),
        "history",
        (
            "moderated_at", "acknowledged_at", "assessed_at", "answered_at", "closed_at",
            "changed_at",
        ),
    ),
)  # fmt: skip

#: Columns without words of their own on the model.
LABELS = {
    "proposed_priority": gettext_lazy("proposed priority"),
    "proposed_route": gettext_lazy("proposed way"),
    "moderated_at": gettext_lazy("moderated"),
    "acknowledged_at": gettext_lazy("acknowledged"),
    "assessed_at": gettext_lazy("assessed"),
    "answered_at": gettext_lazy("answered"),
    "closed_at": gettext_lazy("closed"),
    "spam_signs": gettext_lazy("signs of spam"),
    "code_edition": gettext_lazy("code of conduct in force at receipt"),
    "happened_edition": gettext_lazy("code of conduct in force when it happened"),
    "policy_edition": gettext_lazy("complaints policy in force at receipt"),
}


#: Fields that hold codes: what the codes mean.
CODES: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "spam_signs": lambda: SIGNS,
    "support": lambda: dict(Party.Support.choices),
}

PARTY_FIELDS = (
    "name", "address_as", "email", "phone", "postal_address", "country", "reply_by",
    "contact_times", "support", "support_needs", "support_review_on", "relation", "authority",
    "authority_scope", "authority_until",
)  # fmt: skip
#: Written in one direction whatever the language of the screen is: else numbers turn around.
WRITTEN = {"phone": "ltr", "email": "ltr", "postal_address": "auto"}


def in_words(model: Model, name: str) -> str:
    """The value of a field as people say it; empty where there is nothing to say."""
    field: Any = model._meta.get_field(name)
    value = getattr(model, name)
    if name in CODES:
        return _codes_in_words(value, CODES[name]())
    if field.many_to_many:
        return ", ".join(str(row) for row in value.all())
    if field.choices:
        return str(getattr(model, f"get_{name}_display")() or "")
    if name == "language":
        return language(value).name
    # Everybody begins at the first stage.
    return "" if name == "stage" and value == 1 else _plainly(value)


def _codes_in_words(codes: Any, words: Mapping[str, Any]) -> str:
    """Codes of a list, or separated by commas; one without words stands for itself."""
    listed = codes.split(",") if isinstance(codes, str) else codes
    return ", ".join(str(words.get(code, code)) for code in listed if code)


def _plainly(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return _("Yes")
        case datetime():
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
    return person_name(value) if hasattr(value, "get_username") else str(value)


def _label(model: Model, name: str) -> str:
    field: Any = model._meta.get_field(name)
    return capfirst(str(LABELS.get(name) or field.verbose_name))


def _entries(
    model: Model, fields: tuple[str, ...], *, own: Any, lang: str, empty: bool
) -> list[Entry]:
    said_in = language(lang)
    entries = []
    for name in fields:
        value = in_words(model, name)
        if not value and not empty:
            continue
        words = (said_in.code, said_in.direction) if name in own else ("", WRITTEN.get(name, ""))
        entries.append(Entry(_label(model, name), value, *(words if value else ("", ""))))
    return entries


def case_sections(case: Case, *, words: bool, empty: bool) -> list[Section]:
    """The sections with something in them; with `empty`, every field of every section."""
    sections = []
    for plan in PLANS:
        fields = plan.fields if words else tuple(f for f in plan.fields if f not in PERSONAL)
        entries = _entries(case, fields, own=OWN_WORDS, lang=case.language, empty=empty)
        if entries:
            sections.append(Section(plan.slug, plan.title, plan.icon, entries, plan.is_open))
    return sections


def party_entries(party: Party, case: Case, *, empty: bool) -> list[Entry]:
    """Contact data and needs of the complainant or the representative."""
    own = frozenset({"name", "address_as", "contact_times", "support_needs", "relation"})
    return _entries(party, PARTY_FIELDS, own=own, lang=case.language, empty=empty)
