"""Who may do what: the roles of the action table, and the groups of this site that carry them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.access import APP, AUDIT, HANDLE, LEAD, OVERSEE, PROTECT
from complaints.backoffice.helping.action_rows import Words, actions_of
from complaints.lifecycle import Role

#: What each permission lets somebody see (`complaints.access.visible_cases`).
SEES: Mapping[str, LazyText] = {
    HANDLE: _("The cases of their teams and those without a team, with names, words and files."),
    LEAD: _("The cases of their teams and those without a team, with names, words and files."),
    OVERSEE: _("All cases that are not confidential, without names, words and files."),
    AUDIT: _("All cases that are not confidential, without names, words and files; reads only."),
    PROTECT: _("All cases, with names, words and files."),
}
#: The role of the action table that a permission gives.
ROLE_OF: Mapping[str, Role] = {HANDLE: Role.HANDLER, LEAD: Role.LEAD, PROTECT: Role.PRIVACY}


@dataclass(frozen=True)
class RoleRow:
    """A permission in words: what it shows, what it allows, and who has it on this site."""

    permission: str
    label: Words
    sees: LazyText
    actions: list[Words]
    #: Name of a group and how many active people are in it.
    groups: list[tuple[str, int]]


@dataclass(frozen=True)
class OtherRole:
    """Somebody who acts without an account: the complainant, or the system by itself."""

    label: Words
    actions: list[Words]


LABELS: Mapping[str, LazyText] = {
    HANDLE: Role.HANDLER.label,
    LEAD: Role.LEAD.label,
    OVERSEE: _("Quality manager"),
    AUDIT: _("Auditor"),
    PROTECT: Role.PRIVACY.label,
}


def role_rows() -> list[RoleRow]:
    groups = _groups()
    return [
        RoleRow(
            permission=permission,
            label=LABELS[permission],
            sees=SEES[permission],
            actions=actions_of(ROLE_OF[permission]) if permission in ROLE_OF else [],
            groups=groups.get(permission, []),
        )
        for permission in SEES
    ]


def other_roles() -> list[OtherRole]:
    return [
        OtherRole(role.label, actions_of(role)) for role in Role if role not in ROLE_OF.values()
    ]


def _groups() -> dict[str, list[tuple[str, int]]]:
    """Permission -> the groups that give it; two queries, however many groups there are."""
    codenames = [permission.split(".")[1] for permission in SEES]
    granted = Group.permissions.through.objects.filter(
        permission__content_type__app_label=APP, permission__codename__in=codenames
    )
    pairs = granted.values_list("permission__codename", "group_id")
    counted = Group.objects.annotate(people=Count("user", filter=Q(user__is_active=True)))
    known = {group.pk: (group.name, group.people) for group in counted.order_by("name")}
    found: dict[str, list[tuple[str, int]]] = {}
    for codename, group in sorted(pairs, key=lambda pair: known[pair[1]]):
        found.setdefault(f"{APP}.{codename}", []).append(known[group])
    return found


def administrators() -> int:
    """Who may do everything that is not barred by a conflict of interest."""
    people = get_user_model()._default_manager
    return people.filter(is_active=True, is_superuser=True).count()
