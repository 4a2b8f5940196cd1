"""Export and import of the organisation's own words, from the list they belong to.

An import is looked at first: a preview says row by row what would change. Confirming it does just
that, all of it or nothing.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.widgets.button import Button

from complaints.backoffice.export_purpose import (
    FOR_SETTINGS,
    PurposeForm,
    begin,
    finish,
    watermark,
)
from complaints.backoffice.listing import STYLES
from complaints.models import ExportLog
from complaints.transfer import waiting
from complaints.transfer.files import (
    CONTENT_TYPES,
    MAX_BYTES,
    MAX_ROWS,
    Table,
    UnreadableFile,
    read,
    write,
)
from complaints.transfer.importing import WATERMARK, Changed, Preview, carry_out, preview
from complaints.transfer.registry import table_of

#: Of each sort so many are shown; the rest is counted.
SHOWN = 200


class TransferIndexView(IndexView):
    """A list with the ways out and in, for those who may use them."""

    export_url_name = ""
    import_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if not self.export_url_name or not _may_change(self):
            return buttons
        return [
            *buttons,
            Button(_("Export"), reverse(self.export_url_name), icon_name="download"),
            Button(_("Import"), reverse(self.import_url_name), icon_name="upload"),
        ]


def _may_change(view: Any) -> bool:
    return all(view.user_has_permission(right) for right in ("add", "change"))


class TransferMixin(WagtailAdminTemplateMixin):
    """For who may add and change rows of this model. The viewset gives the attributes."""

    model: Any = None
    permission_policy: Any = None
    index_url_name = ""
    import_url_name = ""
    export_url_name = ""
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_change(self):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def user_has_permission(self, right: str) -> bool:
        return bool(self.permission_policy.user_has_permission(self.request.user, right))

    @property
    def table_class(self) -> Any:
        return table_of(self.model)

    @property
    def table_name(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def plural(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def get_page_title(self) -> str:
        return str(self.page_title) % {"rows": self.model._meta.verbose_name_plural}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.plural},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"media": STYLES, "index_url": reverse(self.index_url_name)}
        return super().get_context_data(**kwargs) | context


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


class TransferViewSetMixin:
    """Gives a viewset the three addresses, where its model has a table (`complaints.transfer`)."""

    index_view_class = TransferIndexView
    model: Any

    @property
    def has_table(self) -> bool:
        return table_of(self.model) is not None

    def get_common_view_kwargs(self, **kwargs: Any) -> Any:
        names = {}
        if self.has_table:
            names = {
                f"{name}_url_name": self.get_url_name(name)  # type: ignore[attr-defined]
                for name in ("export", "import", "confirm")
            }
        return super().get_common_view_kwargs(**names, **kwargs)  # type: ignore[misc]

    def get_urlpatterns(self) -> list[Any]:
        patterns = super().get_urlpatterns()  # type: ignore[misc]
        if not self.has_table:
            return list(patterns)
        view = self.construct_view  # type: ignore[attr-defined]
        return [
            *patterns,
            path("export/", view(ExportView), name="export"),
            path("import/", view(ImportView), name="import"),
            path("import/confirm/", view(ConfirmView), name="confirm"),
        ]
