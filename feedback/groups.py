"""Who may read results and edit surveys in a fresh install."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

APP = "conduct_feedback"
VIEW_RESULTS = f"{APP}.view_results"
EDITING = ("view_survey", "add_survey", "change_survey")
RIGHTS = {
    "Quality managers": ("view_results", *EDITING),
    "Team leads": ("view_results",),
}


def may_see_results(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(VIEW_RESULTS))


def ensure_rights(*, using: str = "default") -> None:
    """Give the groups of `RIGHTS` their rights, unless some group may see results already."""
    from complaints.groups import ensure_groups

    # Our receiver may run before the one that makes the groups, and before that of the permissions.
    ensure_groups(using=using)
    create_permissions(apps.get_app_config(APP), verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(content_type__app_label=APP)
    groups = Group.objects.using(using)
    if groups.filter(permissions__in=permissions.filter(codename="view_results")).exists():
        return
    for name, codenames in RIGHTS.items():
        group = groups.filter(name=name).first()
        if group is not None:
            group.permissions.add(*permissions.filter(codename__in=codenames))
