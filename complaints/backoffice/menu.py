"""The menu items of this app in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem

from complaints.access import is_case_staff
from complaints.backoffice.configuration_report import may_see_changes
from complaints.backoffice.entering import may_enter
from complaints.backoffice.held_report import may_see_register
from complaints.backoffice.promise_reports import may_see_promises
from complaints.backoffice.setup.progress import may_set_up
from complaints.backoffice.workload_report import may_see_workload


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
    """Shown to all: whoever is told something can write it down at once."""

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


class PromisesMenuItem(MenuItem):
    """Shown to leads, quality managers and auditors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_promises(request.user)


def promises_menu_item() -> MenuItem:
    return PromisesMenuItem(
        _("How promises were kept"),
        reverse("conduct_complaints_admin:promises"),
        name="conduct-promises",
        icon_name="clipboard-list",
        order=800,
    )


def promise_complaints_menu_item() -> MenuItem:
    return PromisesMenuItem(
        _("Complaints by promise"),
        reverse("conduct_complaints_admin:promise_complaints"),
        name="conduct-promise-complaints",
        icon_name="clipboard-list",
        order=801,
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


def help_menu_item() -> MenuItem:
    return CasesMenuItem(
        _("How cases are handled here"),
        reverse("conduct_complaints_admin:help"),
        name="conduct-help",
        icon_name="help",
        order=100,
    )


class ChangesMenuItem(MenuItem):
    """Shown to quality managers and auditors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_changes(request.user)


def changes_menu_item() -> MenuItem:
    return ChangesMenuItem(
        _("Changes of rules and words"),
        reverse("conduct_complaints_admin:configuration"),
        name="conduct-configuration",
        icon_name="history",
        order=830,
    )


class SetupMenuItem(MenuItem):
    """Shown to who may change the rules."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_set_up(request.user)


def setup_menu_item() -> MenuItem:
    return SetupMenuItem(
        _("Set up complaints"),
        reverse("conduct_complaints_admin:setup"),
        name="conduct-setup",
        icon_name="cogs",
        order=700,
    )


class WorkloadMenuItem(MenuItem):
    """Shown to leads and quality managers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_workload(request.user)


def workload_menu_item() -> MenuItem:
    return WorkloadMenuItem(
        _("Workload"),
        reverse("conduct_complaints_admin:workload"),
        name="conduct-workload",
        icon_name="group",
        order=800,
    )


def competence_menu_item() -> MenuItem:
    return WorkloadMenuItem(
        _("Training and competence"),
        reverse("conduct_complaints_admin:competence"),
        name="conduct-competence",
        icon_name="success",
        order=805,
    )
