"""The groups that carry the roles, made once after migrating."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from complaints.access import APP, GROUPS


def ensure_groups(*, using: str = "default") -> None:
    """Make the groups of `complaints.access.GROUPS` that don't exist yet, with access to the admin.

    What an organisation changed on an existing group stays changed.
    """
    # Permissions are made by another post_migrate receiver, which may come later than ours.
    for label in (APP, "wagtailadmin"):
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
