"""Export of the organisation's own words, one table at a time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from complaints.backoffice.export_purpose import (
    FOR_SETTINGS,
    PurposeForm,
    begin,
    finish,
    watermark,
)
from complaints.backoffice.transfer_pages import TransferMixin
from complaints.models import ExportLog
from complaints.transfer.files import (
    CONTENT_TYPES,
    write,
)
from complaints.transfer.importing import WATERMARK


class FormatForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[
            ("xlsx", gettext_lazy("Spreadsheet (XLSX)")),
            ("csv", gettext_lazy("Text (CSV, UTF-8, commas)")),
        ],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


class PersonalFormatForm(FormatForm, PurposeForm):
    """Where the table names people, it is also asked what for."""


class ExportView(TransferMixin, FormView):
    template_name = "conduct_complaints/backoffice/transfer_export.html"
    page_title = gettext_lazy("Export: %(rows)s")
    header_icon = "download"

    def get_form_class(self) -> type[forms.Form]:
        return PersonalFormatForm if self.table_class._meta.personal else FormatForm

    def get_form_kwargs(self) -> dict[str, Any]:
        purposes = {"purposes": FOR_SETTINGS} if self.table_class._meta.personal else {}
        return super().get_form_kwargs() | purposes

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        personal = self.table_class._meta.personal
        return super().get_context_data(**kwargs) | {"personal": personal}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        personal = self.table_class._meta.personal
        said = form.cleaned_data
        log = begin(
            self.request.user,
            self.table_name,
            purpose=said.get("purpose", ExportLog.Purpose.SETTINGS),
            purpose_note=said.get("purpose_note", ""),
            personal=personal,
        )
        headings, rows = self.table_class().table()
        if personal:
            headings, rows = [*headings, WATERMARK], [[*row, watermark(log)] for row in rows]
        kind = said["format"]
        response = HttpResponse(write(kind, headings, rows), content_type=CONTENT_TYPES[kind])
        finish(log, len(rows))
        name = f"{self.table_name}-{timezone.localdate().isoformat()}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response
