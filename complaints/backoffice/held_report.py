"""Report: what is held about people, what for and how long (GDPR 5 and 24)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import AUDIT, PROTECT
from complaints.privacy import register


def may_see_register(user: Any) -> bool:
    return bool(user.is_active) and (user.has_perm(PROTECT) or user.has_perm(AUDIT))


class HeldReportView(WagtailAdminTemplateMixin, TemplateView):
    """For privacy officers and auditors; names fields, never a person."""

    template_name = "conduct_complaints/backoffice/held.html"
    page_title = _("What we hold about people")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_register(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entries": register.entries()}
