"""What every table that leaves the house has in common: a purpose, a line in the log, a mark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import ExportLog

Purpose = ExportLog.Purpose
FOR_CASES = tuple(purpose for purpose in Purpose if purpose != Purpose.SETTINGS)
FOR_SETTINGS = (Purpose.SETTINGS, Purpose.AUDIT, Purpose.OTHER)


class PurposeForm(forms.Form):
    """Asks what for. Some purposes explain themselves; others want words."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What do you need the table for?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you need it for.")},
    )
    purpose_note = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy(
            "Needed for “Something else”. Auditors read this: name no customer here."
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, purposes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purpose"]
        field.choices = [(code, Purpose(code).label) for code in purposes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("purpose") == Purpose.OTHER and not data.get("purpose_note"):
            self.add_error("purpose_note", _("Say in a few words what it is for."))
        return data


class CaseTableForm(PurposeForm):
    """Without names unless somebody who may says otherwise."""

    WITHOUT, WITH = "without", "with"
    content = forms.ChoiceField(
        label=gettext_lazy("What stands in it"),
        choices=[
            (WITHOUT, gettext_lazy("Dates, states and codes; nobody’s name")),
            (WITH, gettext_lazy("Names, addresses and words of the customers, too")),
        ],
        initial=WITHOUT,
        # Where nothing is chosen nobody is named.
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("content", "purpose", "purpose_note")

    def __init__(self, *args: Any, may_have_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, purposes=FOR_CASES, **kwargs)
        if not may_have_names:
            del self.fields["content"]

    @property
    def personal(self) -> bool:
        return self.cleaned_data.get("content") == self.WITH


def begin(user: Any, table: str, *, asked_for: str = "", **said: Any) -> ExportLog:
    """The line in the log, before anything is sent. `said` is what the form gave."""
    return ExportLog.objects.create(
        user=user, table=table, asked_for=asked_for[:1000], at=timezone.now(), **said
    )


def finish(log: ExportLog, rows: int, *, complete: bool = True) -> None:
    finished_at = timezone.now() if complete else None
    ExportLog.objects.filter(pk=log.pk).update(rows=rows, finished_at=finished_at)


def watermark(log: ExportLog) -> str:
    """Stands in every row, so that also a part of a table tells where it came from."""
    day = timezone.localtime(log.at).isoformat(timespec="minutes")
    return f"{log.reference} {log.user.get_username()} {day} {log.purpose}"
