"""What the pages for export and import of one table share."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.backoffice.listing import STYLES
from complaints.transfer.registry import table_of


def may_transfer(view: Any) -> bool:
    table: Any = table_of(view.model)
    rights = getattr(table._meta, "rights", ("add", "change")) if table else ("add", "change")
    return all(view.user_has_permission(right) for right in rights)


class TransferMixin(WagtailAdminTemplateMixin):
    """For who may add and change rows of this model. The viewset gives the attributes."""

    model: Any = None
    permission_policy: Any = None
    index_url_name = ""
    import_url_name = ""
    export_url_name = ""
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_transfer(self):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def user_has_permission(self, right: str) -> bool:
        # Wagtail 7.4 hands over a policy, 8 has a registry of them; for our rows, which nobody
        # owns, both ask Django for just this.
        options = self.model._meta
        codename = get_permission_codename(right, options)
        return bool(self.request.user.has_perm(f"{options.app_label}.{codename}"))

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
