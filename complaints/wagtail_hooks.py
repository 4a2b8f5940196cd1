"""What this app adds to the Wagtail admin. Registers and does nothing else."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from complaints.access import APP, EXPORT_PERSONAL, STAFF_PERMISSIONS
from complaints.backoffice import home_panels, look_back_panel, measured_values, menu, staff_changes
from complaints.backoffice.setup import panel as setup_panel
from complaints.backoffice.vocabulary import ComplaintsSettings
from complaints.models import Case


@hooks.register("register_admin_urls")
def register_case_urls() -> list[Any]:
    return [path("cases/", include("complaints.backoffice.urls"))]


@hooks.register("register_permissions")
def register_role_permissions() -> QuerySet[Permission]:
    """Offer what makes a role when editing a group."""
    codenames = [name.removeprefix(f"{APP}.") for name in (*STAFF_PERMISSIONS, EXPORT_PERSONAL)]
    return Permission.objects.filter(content_type__app_label=APP, codename__in=codenames)


@hooks.register("register_log_actions")
def keep_cases_out_of_the_log(actions: LogActionRegistry) -> None:
    # A case has events of its own, which name nobody; Wagtail's log would keep labels for good.
    actions.log_entry_models_by_type.register(Case, value=None)


measured_values.connect()
hooks.register("register_admin_menu_item", menu.cases_menu_item)
hooks.register("register_admin_menu_item", menu.entry_menu_item)
hooks.register("register_reports_menu_item", menu.refused_report_menu_item)
hooks.register("register_reports_menu_item", menu.promises_menu_item)
hooks.register("register_reports_menu_item", menu.promise_complaints_menu_item)
hooks.register("register_reports_menu_item", menu.held_report_menu_item)
hooks.register("register_reports_menu_item", menu.exports_report_menu_item)
hooks.register("register_reports_menu_item", menu.changes_menu_item)
hooks.register("register_reports_menu_item", menu.workload_menu_item)
hooks.register("register_reports_menu_item", menu.competence_menu_item)
hooks.register("register_settings_menu_item", menu.setup_menu_item)
hooks.register("register_help_menu_item", menu.help_menu_item)
hooks.register("construct_homepage_panels", setup_panel.add_panel)
hooks.register("construct_homepage_panels", look_back_panel.add_panel)
hooks.register("construct_homepage_panels", home_panels.add_panels)
hooks.register("register_admin_viewset", ComplaintsSettings)
hooks.register("before_edit_user", staff_changes.before_edit_user)
hooks.register("before_delete_user", staff_changes.before_delete_user)
hooks.register("before_bulk_action", staff_changes.before_bulk_action)
