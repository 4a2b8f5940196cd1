"""The menu items of this app in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem

from complaints.access import is_case_staff
from complaints.backoffice.entering import may_enter
from complaints.backoffice.held_report import may_see_register


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


class EntryMenuItem(MenuItem):
    """Shown to who works on cases: whoever is told something can write it down at once."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_enter(request.user)


def entry_menu_item() -> MenuItem:
    return EntryMenuItem(
        pgettext_lazy("menu", "Log a new case"),
        reverse("conduct_complaints_admin:enter"),
        name="conduct-entry",
        icon_name="edit",
        order=51,
    )


def refused_report_menu_item() -> MenuItem:
    return CasesMenuItem(
        _("Not taken as a complaint"),
        reverse("conduct_complaints_admin:refused"),
        name="conduct-refused",
        icon_name="table",
        order=810,
    )


class HeldReportMenuItem(MenuItem):
    """Shown to privacy officers and auditors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_register(request.user)


def held_report_menu_item() -> MenuItem:
    return HeldReportMenuItem(
        _("What we hold about people"),
        reverse("conduct_complaints_admin:held"),
        name="conduct-held",
        icon_name="lock",
        order=820,
    )


def exports_report_menu_item() -> MenuItem:
    return HeldReportMenuItem(
        _("Tables taken along"),
        reverse("conduct_complaints_admin:exports"),
        name="conduct-exports",
        icon_name="download",
        order=830,
    )
