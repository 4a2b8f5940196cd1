"""The guide on the admin's home page, until it is finished or hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import Site
from wagtail.users.models import UserProfile

from complaints.backoffice.helping.view import GUIDE
from complaints.backoffice.setup.progress import Progress, address, may_set_up, progress
from complaints.backoffice.setup.views import DISMISSED


class SetupPanel(Component):
    name, order = "conduct-setup", 10
    template_name = "conduct_complaints/backoffice/setup/panel.html"

    def __init__(self, site: Site, steps: list[Progress]) -> None:
        self.site, self.steps = site, steps

    @property
    def media(self) -> Media:
        return GUIDE

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "panel": self,
            "request": parent_context["request"],
            "done": sum(step.done for step in self.steps),
            "count": len(self.steps),
            "missing": [step for step in self.steps if not step.done],
            "url": address("", self.site),
        }


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For who may change the rules, while something is missing on the default site."""
    user: Any = request.user
    if not may_set_up(user) or is_hidden(user):
        return
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if site is None:
        return
    steps = progress(site, user)
    if not all(step.done for step in steps):
        panels.append(SetupPanel(site, steps))


def is_hidden(user: Any) -> bool:
    profile: UserProfile | None = getattr(user, "wagtail_userprofile", None)
    return bool(profile and profile.dismissibles.get(DISMISSED))
