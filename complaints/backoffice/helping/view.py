"""The help page: states, actions, roles, clocks and rules as they are set here (QMP-4)."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from complaints.backoffice.entry import CaseStaffMixin
from complaints.backoffice.helping.action_rows import action_rows, state_rows
from complaints.backoffice.helping.diagram import diagram
from complaints.backoffice.helping.roles import administrators, other_roles, role_rows
from complaints.backoffice.helping.rules import rules_of
from complaints.backoffice.listing import STYLES

GUIDE = STYLES + Media(
    css={"all": ["conduct_complaints/css/guide.css"]}, js=["conduct_complaints/js/print.js"]
)


def chosen_site(sites: list[Site], wanted: str | None) -> Site:
    """The site asked for, else the default one, else the first."""
    by_pk = {str(site.pk): site for site in sites}
    default = next((site for site in sites if site.is_default_site), sites[0])
    return by_pk.get(wanted or "", default)


class HelpView(CaseStaffMixin, WagtailAdminTemplateMixin, TemplateView):
    """For every member of case staff. Names no case and no customer."""

    template_name = "conduct_complaints/backoffice/help.html"
    page_title = _("How cases are handled here")
    header_icon = "help"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sites = list(Site.objects.order_by("pk"))
        site = chosen_site(sites, self.request.GET.get("site"))
        return (
            super().get_context_data(**kwargs)
            | rules_of(site, timezone.localdate())
            | {
                "sites": sites,
                "site": site,
                "states": state_rows(),
                "actions": action_rows(),
                "diagram": diagram(),
                "roles": role_rows(),
                "other_roles": other_roles(),
                "administrators": administrators(),
                "media": GUIDE,
            }
        )
