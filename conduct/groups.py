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
CONSULTATIONS = (
    "add_consultation",
    "change_consultation",
    "view_consultation",
    "add_consultationcomment",
    "change_consultationcomment",
    "view_consultationcomment",
)
REVIEWS = (
    "add_review",
    "change_review",
    "view_review",
    "add_launchtask",
    "change_launchtask",
    "view_launchtask",
)
#: What came together, by a right that shows whether it was given before: {group: rights}.
RIGHTS = {
    "change_promise": {
        "Editors": PROMISES,
        "Moderators": (*PROMISES, "change_organisation", "change_privacynotice"),
    },
    "change_consultation": {
        "Editors": (*CONSULTATIONS, *REVIEWS),
        "Moderators": (*CONSULTATIONS, *REVIEWS, "change_codeframework"),
    },
}


def give_rights(*, using: str = "default", **kwargs: Any) -> None:
    """Give Wagtail's own groups their rights, unless some group has them already.

    A receiver of `post_migrate`.
    """
    # Permissions are made by another receiver, which may come later than ours.
    create_permissions(apps.get_app_config(APP), verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(content_type__app_label=APP)
    groups = Group.objects.using(using)
    for sign, rights in RIGHTS.items():
        if groups.filter(permissions__in=permissions.filter(codename=sign)).exists():
            continue
        for name, codenames in rights.items():
            group = groups.filter(name=name).first()
            if group is not None:
                group.permissions.add(*permissions.filter(codename__in=codenames))
