"""The tables of the sheet: issues, remedies, and one dated row for everything that was done."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from complaints.backoffice.appearance import person_name
from complaints.backoffice.sheet_values import Material, day, instant

#: Heads and rows.
Table = tuple[list[str], list[list[str]]]


def issues(material: Material) -> Table:
    heads = [
        _("No."), _("Category"), _("Description"), _("Product"), _("Place"), _("Promise"),
        _("Finding"), _("Reasons"),
    ]  # fmt: skip
    return heads, [
        [
            str(issue.number),
            str(issue.category or ""),
            *_own(material, issue.description or issue.summary, issue.product, issue.place),
            issue.promise.code if issue.promise else "",
            str(issue.get_finding_display()),
            *_own(material, issue.reasons),
        ]
        for issue in material.issues
    ]


def _own(material: Material, *values: str) -> list[str]:
    return list(values) if material.words else ["" for _value in values]


def remedies(material: Material) -> Table:
    heads = [
        _("Remedy"), _("Value"), _("Authority"), _("Owner"), _("Due"), _("Delivered"), _("Proof"),
        _("Verified"),
    ]  # fmt: skip
    approved = next((one.approved_by for one in reversed(material.decisions)), None)
    return heads, [
        [
            str(remedy.kind),
            f"{remedy.amount} {remedy.currency}" if remedy.amount is not None else "",
            person_name(approved) if approved and remedy.promised_at else "",
            person_name(remedy.owner) if remedy.owner else "",
            date_format(remedy.due_on, "SHORT_DATE_FORMAT") if remedy.due_on else "",
            day(remedy.delivered_at),
            *_own(material, remedy.proof),
            day(remedy.verified_at),
        ]
        for remedy in material.remedies
    ]


def steps(material: Material) -> Table:
    heads = [_("When"), _("Who"), _("What"), _("Remark")]
    return heads, [
        [instant(event.at), event.who, capfirst(event.what), " ".join(map(str, event.details))]
        for event in reversed(material.timeline)
    ]
