"""The groups that carry the roles, made once after migrating."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from complaints.access import APP, GROUPS

#: What the quality managers keep: the organisation's words, its rules, and what was measured.
QUALITY = "Quality managers"
KEPT = (
    (
        APP,
        (
            "absence",
            "authoritylimit",
            "category",
            "cause",
            "competence",
            "holiday",
            "remedykind",
            "replytemplate",
            "team",
            "teammember",
        ),
    ),
    ("conduct", ("indicatorrole", "measuredvalue")),
)
READ_OR_SET = (
    (APP, ("change_handlingsettings",)),
    ("conduct", ("view_promise", "view_edition", "change_organisation", "change_privacynotice")),
)


def ensure_groups(*, using: str = "default") -> None:
    """Make the groups of `complaints.access.GROUPS` that don't exist yet, with access to the admin.

    What an organisation changed on an existing group stays changed.
    """
    # Permissions are made by another post_migrate receiver, which may come later than ours.
    for label in (APP, "wagtailadmin", "conduct"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for name, permissions in GROUPS.items():
        group, created = Group.objects.using(using).get_or_create(name=name)
        if not created:
            continue
        codenames = [p.split(".")[1] for p in permissions]
        wanted = Permission.objects.using(using)
        group.permissions.add(
            *wanted.filter(content_type__app_label=APP, codename__in=codenames),
            *wanted.filter(content_type__app_label="wagtailadmin", codename="access_admin"),
        )
        if name == QUALITY:
            group.permissions.add(*_quality_permissions(wanted))


def _quality_permissions(wanted: Any) -> list[Permission]:
    """Rights over the rows that quality managers keep; no case is among them."""
    rights = [
        (label, f"{verb}_{model}")
        for label, models in KEPT
        for model in models
        for verb in ("view", "add", "change", "delete")
    ]
    rights += [(label, codename) for label, codenames in READ_OR_SET for codename in codenames]
    return [
        permission
        for permission in wanted.filter(
            content_type__app_label__in={APP, "conduct"}
        ).select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in rights
    ]
