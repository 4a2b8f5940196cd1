"""Export and import for the viewsets of the organisation's own words."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.widgets.button import Button

from complaints.backoffice.transfer_in import ConfirmView, ImportView
from complaints.backoffice.transfer_out import ExportView
from complaints.backoffice.transfer_pages import may_transfer
from complaints.transfer.registry import table_of


class TransferIndexView(IndexView):
    """A list with the ways out and in, for those who may use them."""

    export_url_name = ""
    import_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if not self.export_url_name or not may_transfer(self):
            return buttons
        return [
            *buttons,
            Button(_("Export"), reverse(self.export_url_name), icon_name="download"),
            Button(_("Import"), reverse(self.import_url_name), icon_name="upload"),
        ]


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
