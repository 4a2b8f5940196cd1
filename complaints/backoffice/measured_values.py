"""Export and import of measured values, whose list is in the code of conduct's part of the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from complaints.backoffice.transfer_in import ConfirmView, ImportView
from complaints.backoffice.transfer_out import ExportView
from complaints.transfer import resources  # noqa: F401 - registers the tables
from conduct import measured_value_editing
from conduct.models import MeasuredValue

NAMESPACE = "conduct_complaints_admin"
WAYS = {
    "model": MeasuredValue,
    "index_url_name": measured_value_editing.MeasuredValueViewSet().get_url_name("list"),
    "import_url_name": f"{NAMESPACE}:values_import",
    "export_url_name": f"{NAMESPACE}:values_export",
}
urlpatterns = [
    path("measured-values/export/", ExportView.as_view(**WAYS), name="values_export"),
    path(
        "measured-values/import/",
        ImportView.as_view(**WAYS, confirm_url_name=f"{NAMESPACE}:values_confirm"),
        name="values_import",
    ),
    path(
        "measured-values/import/confirm/",
        ConfirmView.as_view(**WAYS, confirm_url_name=f"{NAMESPACE}:values_confirm"),
        name="values_confirm",
    ),
]


def buttons(request: HttpRequest) -> list[Any]:
    rights = [f"conduct.{right}_measuredvalue" for right in ("add", "change")]
    if not request.user.has_perms(rights):
        return []
    return [
        Button(
            _("Export for editing"), reverse(f"{NAMESPACE}:values_export"), icon_name="download"
        ),
        Button(_("Import"), reverse(f"{NAMESPACE}:values_import"), icon_name="upload"),
    ]


def connect() -> None:
    """Called once, from the hooks."""
    if buttons not in measured_value_editing.more_buttons:
        measured_value_editing.more_buttons.append(buttons)
