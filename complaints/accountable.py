"""Which role answers for each step in the handling of a complaint (ISO 10002:2018, 5.4; ETH-3).

Conduct's report "Who answers for what" asks this. A step whose role nobody holds has no owner.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints.access import APP, HANDLE, LEAD, OVERSEE, PROTECT
from complaints.lifecycle import Role, State
from conduct.governance.accountability import Answerable

#: Who answers for a case while it is in a state: one role each. A closed case waits for nobody.
OF_STATE: dict[State, str] = {
    State.RECEIVED: LEAD,
    State.OPEN: HANDLE,
    State.INVESTIGATING: HANDLE,
    State.WAITING: HANDLE,
    State.DECIDING: LEAD,
    State.ANSWERED: HANDLE,
    State.PUTTING_RIGHT: HANDLE,
    State.REVIEWING: LEAD,
    State.REFERRED: LEAD,
}
ROLES = {
    HANDLE: Role.HANDLER.label,
    LEAD: Role.LEAD.label,
    PROTECT: Role.PRIVACY.label,
    OVERSEE: _("Quality manager"),
}
#: What goes on beside the single case.
BESIDE = {
    _("People's data in cases"): PROTECT,
    _("Watching over the handling of complaints"): OVERSEE,
}


def answerable() -> Iterator[Answerable]:
    """Each state of a case and what goes on beside it, in two queries or fewer."""
    held, mend = _held(), reverse("wagtailusers_groups:index")
    steps = [*((state.label, who) for state, who in OF_STATE.items()), *BESIDE.items()]
    for name, permission in steps:
        yield Answerable(
            kind=_("Step of a complaint"),
            name=str(name),
            roles=(str(ROLES[permission]),) if permission in held else (),
            mend=mend,
        )


def _held() -> set[str]:
    """The permissions that somebody active has, through a group or of their own."""
    somebody = Q(group__user__is_active=True) | Q(user__is_active=True)
    codenames = (
        Permission.objects.filter(somebody, content_type__app_label=APP)
        .values_list("codename", flat=True)
        .distinct()
    )
    return {f"{APP}.{codename}" for codename in codenames}
