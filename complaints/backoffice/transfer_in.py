"""Import of the organisation's own words.

A file is looked at first: a preview says row by row what would change. Confirming it does just
that, all of it or nothing.
"""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from complaints.backoffice.transfer_pages import TransferMixin
from complaints.transfer import waiting
from complaints.transfer.files import (
    MAX_BYTES,
    MAX_ROWS,
    Table,
    UnreadableFile,
    read,
)
from complaints.transfer.importing import Changed, Preview, carry_out, preview

#: Of each sort so many are shown; the rest is counted.
SHOWN = 200


class FileForm(forms.Form):
    """Reads the file; what is wrong with it stands at the field."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A spreadsheet (XLSX) or text (CSV in UTF-8). At most %(rows)d rows and %(size)d MB."
        ) % {"rows": MAX_ROWS, "size": MAX_BYTES // 1024 // 1024}

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.table: Table = read(upload)
        except UnreadableFile as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class ImportView(TransferMixin, FormView):
    template_name = "conduct_complaints/backoffice/transfer_import.html"
    preview_template_name = "conduct_complaints/backoffice/transfer_preview.html"
    page_title = gettext_lazy("Import: %(rows)s")
    header_icon = "upload"
    form_class = FileForm
    confirm_url_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = self.table_class()
        return super().get_context_data(**kwargs) | {
            "columns": table.written,
            "keys": [column.column_name for column in table.key_columns],
            "export_url": reverse(self.export_url_name),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            found = preview(self.table_class, form.table)
        except UnreadableFile as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        upload = form.cleaned_data["file"]
        upload.seek(0)
        return self.show(found, upload.read(), form.table.note)

    def show(self, found: Preview, content: bytes, note: str = "") -> HttpResponse:
        kept = ""
        if found.may_be_done:
            user = self.request.user
            kept = waiting.keep(content, user=user, table=self.table_name, digest=found.digest)
        self.template_name = self.preview_template_name
        context = {
            "found": found,
            "note": note,
            "kept": kept,
            "new": found.new[:SHOWN],
            "changed": found.changed[:SHOWN],
            "problems": found.problems[:SHOWN],
            "more": {
                "new": max(len(found.new) - SHOWN, 0),
                "changed": max(len(found.changed) - SHOWN, 0),
                "problems": max(len(found.problems) - SHOWN, 0),
            },
            "confirm_url": reverse(self.confirm_url_name),
            "import_url": reverse(self.import_url_name),
        }
        return self.render_to_response(self.get_context_data(**context))


class ConfirmView(ImportView):
    """Does what the preview said, if that is still what the file would do."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse(self.import_url_name))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            note = waiting.open_note(
                request.POST.get("kept", ""), user=request.user, table=self.table_name
            )
            content = waiting.content_of(note)
        except waiting.Refused:
            messages.error(
                request,
                _(
                    "Nothing was imported: this preview is older than an hour, was used already or "
                    "is somebody else’s. Choose the file again."
                ),
            )
            return HttpResponseRedirect(reverse(self.import_url_name))
        return self._carry_out(note, content)

    def _carry_out(self, note: waiting.Note, content: io.BytesIO) -> HttpResponse:
        table = read(content)
        waiting.forget(note)
        try:
            done = carry_out(self.table_class, table, digest=note.digest, user=self.request.user)
        except Changed:
            messages.warning(
                self.request,
                _(
                    "Nothing was imported yet: somebody changed these rows in the meantime. This "
                    "is what the file would do now."
                ),
            )
            return self.show(preview(self.table_class, table), content.getvalue(), table.note)
        messages.success(self.request, _done(done))
        return HttpResponseRedirect(reverse(self.index_url_name))


def _done(done: Preview) -> str:
    new, changed = len(done.new), len(done.changed)
    return " ".join(
        [
            ngettext("%(number)d row was added.", "%(number)d rows were added.", new)
            % {"number": new},
            ngettext("%(number)d row was changed.", "%(number)d rows were changed.", changed)
            % {"number": changed},
        ]
    )
