"""A case as one sheet of paper, in the order of the follow-up form of ISO 10002, annex E.

`FIELDS` is the form: which lines each block has, filled in or not. What may name somebody is left
out for who works without names and words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from complaints.backoffice.sections import OWN_WORDS, PARTY_FIELDS, PERSONAL
from complaints.backoffice.sheet_tables import issues, remedies, steps
from complaints.backoffice.sheet_values import Material, column, complainant, representative, said

AUTHORITY = ("relation", "authority", "authority_scope", "authority_until")
CONTACT = tuple(name for name in PARTY_FIELDS if name not in AUTHORITY)
REPRESENTED_BY = ("name", "email", "phone", "postal_address", "support", *AUTHORITY)

#: Lines by block. A name is a field of the case, or says in `VALUES` where it comes from.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "receipt": (
        "reference", "received_at", "stored_at", "time_zone", "received_by", "channel", "language",
        "kind", "code_edition", "happened_edition", "policy_edition", "notice_version",
        "time_limits",
        "back_dating_reason",
    ),
    "complainant": (
        "complainant_type", *(f"complainant.{name}" for name in CONTACT),
        *(f"representative.{name}" for name in REPRESENTED_BY), "answer_to_representative",
        "other_contact", "contact_rules", "earlier_cases",
    ),
    "complaint": (
        "subject", "order_number", "elsewhere", "made_on", "staff_named", "enclosures",
        "evidence_link", "related_cases",
    ),
    "problem": (
        "description", "product", "place", "happened_on", "happened_when", "still_going_on",
        "happened_before", "earlier_contact", "effect", "categories",
    ),
    "assessment": (
        "severity", "safety", "complexity", "impact", "urgent", "immediate_needed",
        "immediate_possible", "immediate_done", "compensation", "vulnerable", "systemic",
        "legal_hold", "proposed_priority", "priority", "override_reason", "confidential", "team",
        "handler", "deadlines",
    ),
    "investigation": (
        "plan", "people_asked", "complained_about", "conflicts", "evidence", "standard",
        "provisional_view",
    ),
    "resolution": (
        "remedies_wanted", "remedy_wanted", "cause_kind", "cause", "others_affected", "lesson",
        "outcome", "scope_reason", "letters", "external_route", "prevention", "reply",
    ),
    "tracking": (
        "moderated_at", "acknowledged_at", "assessed_at", "answered_at", "closed_at", "stage",
        "contested",
    ),
}  # fmt: skip
TITLES = {
    "receipt": gettext_lazy("Receipt"),
    "complainant": gettext_lazy("Complainant"),
    "complaint": gettext_lazy("Complaint"),
    "problem": gettext_lazy("Problem"),
    "assessment": gettext_lazy("Assessment"),
    "investigation": gettext_lazy("Investigation"),
    "resolution": gettext_lazy("Resolution"),
    "tracking": gettext_lazy("Tracking"),
}
#: Rows of their own: what there can be several of.
TABLES = {"complaint": issues, "resolution": remedies, "tracking": steps}
NAMES_SOMEBODY = PERSONAL | {
    "subject", "description", "contact_rules", "people_asked", "complained_about", "conflicts",
    "evidence", "override_reason", "letters", "prevention", "external_route", "reply",
    "earlier_cases", "related_cases",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """`value` is empty where nothing is known; `hidden` where it is not for this reader."""

    name: str
    label: str
    value: str = ""
    lang: str = ""
    direction: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Block:
    slug: str
    title: str | LazyText
    lines: list[Line]
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def sheet(material: Material) -> list[Block]:
    """All blocks with all their lines, in the order of the form."""
    return [_block(slug, material) for slug in FIELDS]


def _block(slug: str, material: Material) -> Block:
    lines = [_line(name, material) for name in FIELDS[slug]]
    if slug not in TABLES:
        return Block(slug, TITLES[slug], lines)
    heads, rows = TABLES[slug](material)
    return Block(slug, TITLES[slug], lines, heads, rows)


def _line(name: str, material: Material) -> Line:
    owner, _dot, own_name = name.rpartition(".")
    is_personal = bool(owner) or name in NAMES_SOMEBODY
    if owner == "complainant":
        label, value = complainant(material, own_name)
    elif owner == "representative":
        label, value = representative(material, own_name)
    else:
        label, value = said(material, name) or column(material, name)
    if is_personal and not material.words:
        return Line(name, label, hidden=True)
    if value and (name in OWN_WORDS or name in {"subject", "description"}):
        return Line(name, label, value, material.language.code, material.language.direction)
    return Line(name, label, value, direction="auto" if is_personal else "")
