"""The monthly look back of a small organisation, on the admin's home page (annex B)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View
from wagtail.admin.ui.components import Component
from wagtail.models import Site
from wagtail.users.models import UserProfile

from complaints.access import LEAD, OVERSEE
from complaints.backoffice.helping.view import GUIDE
from complaints.look_back import is_time, last_month, month_of
from complaints.models import Case, HandlingSettings

#: In a person's profile: the last month they have looked back on.
LOOKED = "conduct-look-back"


class LookBackPanel(Component):
    name, order = "conduct-look-back", 39
    template_name = "conduct_complaints/backoffice/look_back_panel.html"

    def __init__(self, rules: HandlingSettings) -> None:
        self.rules = rules

    @property
    def media(self) -> Media:
        return GUIDE

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request, now = parent_context["request"], timezone.now()
        cases = Case.objects.visible_to(request.user).filter(site=self.rules.site_id)
        return {
            "panel": self,
            "request": request,
            "month": last_month(cases, self.rules, now),
        }


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For who leads or oversees, until they say that they have looked."""
    user: Any = request.user
    if not _looks_back(user) or (rules := _rules(request)) is None:
        return
    now = timezone.now()
    profile: UserProfile | None = getattr(user, "wagtail_userprofile", None)
    looked = profile.dismissibles.get(LOOKED) if profile else None
    if is_time(rules, now) and looked != month_of(rules, now):
        panels.append(LookBackPanel(rules))


class LookedBackView(View):
    """ "I have looked": gone until next month."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _looks_back(request.user):
            raise PermissionDenied
        if rules := _rules(request):
            profile = UserProfile.get_for_user(request.user)
            profile.dismissibles[LOOKED] = month_of(rules, timezone.now())
            profile.save(update_fields=["dismissibles"])
        return redirect("wagtailadmin_home")


def _looks_back(user: Any) -> bool:
    return bool(user.is_active and (user.has_perm(LEAD) or user.has_perm(OVERSEE)))


def _rules(request: HttpRequest) -> HandlingSettings | None:
    site = Site.find_for_request(request) or Site.objects.filter(is_default_site=True).first()
    return HandlingSettings.for_site(site) if site else None
