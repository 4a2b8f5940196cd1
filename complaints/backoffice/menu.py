"""The menu items of this app in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from complaints.access import is_case_staff


class CasesMenuItem(MenuItem):
    """Shown to who may open the cases section."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_case_staff(request.user)


def cases_menu_item() -> MenuItem:
    return CasesMenuItem(
        _("Cases"),
        reverse("conduct_complaints_admin:index"),
        name="conduct-cases",
        icon_name="folder-open-inverse",
        order=50,
    )
