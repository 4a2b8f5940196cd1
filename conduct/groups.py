"""What Wagtail's editors may do with promises and settings in a fresh install."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

APP = "conduct"
PROMISES = (
    "add_promise",
    "change_promise",
    "view_promise",
    "view_edition",
    "add_indicatorrole",
    "change_indicatorrole",
    "view_indicatorrole",
)
SETTINGS = ("change_organisation", "change_privacynotice")
RIGHTS = {
    "Editors": PROMISES,
    "Moderators": (*PROMISES, "change_organisation", "change_privacynotice"),
}


def give_rights(*, using: str = "default", **kwargs: Any) -> None:
    """Give Wagtail's own groups their rights, unless some group may change promises already.

    A receiver of `post_migrate`.
    """
    # Permissions are made by another receiver, which may come later than ours.
    create_permissions(apps.get_app_config(APP), verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(content_type__app_label=APP)
    groups = Group.objects.using(using)
    if groups.filter(permissions__in=permissions.filter(codename="change_promise")).exists():
        return
    for name, codenames in RIGHTS.items():
        group = groups.filter(name=name).first()
        if group is not None:
            group.permissions.add(*permissions.filter(codename__in=codenames))
