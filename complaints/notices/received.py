"""The copy of what somebody sent, for the acknowledgement (7.4)."""

from __future__ import annotations

from typing import Any

from django.utils import formats

from complaints.models import Case

#: What a person may have filled in beside the description, in the form's order.
DETAILS = (
    "product",
    "order_number",
    "place",
    "staff_named",
    "happened_on",
    "happened_when",
    "earlier_contact",
    "effect",
    "remedy_wanted",
    "elsewhere",
    "enclosures",
    "evidence_link",
)


def what_was_sent(case: Case) -> list[tuple[str, str]]:
    """Label and value of every detail that was given, in the active language."""
    details = [(_label(case, name), _value(case, name)) for name in DETAILS]
    wanted = ", ".join(str(kind) for kind in case.remedies_wanted.all())
    details.append((_label(case, "remedies_wanted"), wanted))
    return [(label, value) for label, value in details if value]


def _label(case: Case, name: str) -> str:
    field: Any = case._meta.get_field(name)
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _value(case: Case, name: str) -> str:
    value = getattr(case, name)
    if name == "happened_on" and value:
        return formats.date_format(value, "DATE_FORMAT")
    return str(value or "")
