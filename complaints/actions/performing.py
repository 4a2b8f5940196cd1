"""Doing one action: lock, permission, guard, write, event, and after commit the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.access import Actor, has_role, is_barred, is_open_to_action, read_barred
from complaints.actions import (
    assessment,
    closing,
    concerning,
    conversation,
    deciding,
    handing_over,
    keeping,
    kinds,
    linking,
    moderation,
    permitting,
    redacting,
    remedies,
    representing,
    restricting,
    sorting,
    splitting,
)
from complaints.actions.doing import Doing
from complaints.actions.inside import keep_somebody_inside
from complaints.actions.keeping_changes import Loaded, show_in
from complaints.events import append_event
from complaints.fitting import Facts
from complaints.lifecycle import ACTIONS, Action, Refused, Role
from complaints.models import Case, Event
from complaints.search.indexing import keep_words

Effect = Callable[[Doing], None]

#: Every action of the table has exactly one effect; a test holds the two together.
EFFECTS: Mapping[str, Effect] = {
    "moderate": moderation.moderate,
    "acknowledge": moderation.acknowledge,
    "release": moderation.release,
    "change_kind": kinds.change_kind,
    "make_complaint": kinds.make_complaint,
    "confirm_complaint": kinds.confirm_complaint,
    "decline_complaint": kinds.decline_complaint,
    "check_authority": representing.check_authority,
    "record_told": conversation.record_told,
    "withdraw_permission": permitting.withdraw_permission,
    "set_confidential": moderation.set_confidential,
    "assess": assessment.assess,
    "assign": assessment.assign,
    "new_key": conversation.new_key,
    "declare_conflict": assessment.declare_conflict,
    "investigate": assessment.investigate,
    "ask": conversation.ask,
    "reply": conversation.reply,
    "note": conversation.note,
    "update": conversation.update,
    "propose": deciding.propose,
    "approve": deciding.approve,
    "return": deciding.send_back,
    "accept": deciding.accept,
    "reject": deciding.reject,
    "request_review": deciding.request_review,
    "recategorise": sorting.recategorise,
    "set_promises": sorting.set_promises,
    "extend": handing_over.extend,
    "hand_over": handing_over.hand_over,
    "translate": keeping.translate,
    "link": linking.link,
    "unlink": linking.unlink,
    "merge": linking.merge,
    "unmerge": linking.unmerge,
    "split": splitting.split,
    "name_staff": concerning.name_staff,
    "record_named": concerning.record_named,
    "restrict_contact": restricting.restrict_contact,
    "review_restriction": restricting.review_restriction,
    "record_outreach": keeping.record_outreach,
    "hold": keeping.hold,
    "release_hold": keeping.release_hold,
    "mark_sensitive": redacting.mark_sensitive,
    "redact": redacting.redact,
    "redact_file": redacting.redact_file,
    "put_right": remedies.put_right,
    "deliver_remedy": remedies.deliver,
    "verify_remedy": remedies.verify,
    "resolve_early": closing.resolve_early,
    "withdraw": closing.withdraw,
    "close": closing.close,
    "reopen": closing.reopen,
}

#: What is due stays as it is, so that no clock need be asked.
MOVES_NO_CLOCK = frozenset({"assign"})


def perform_action(
    case: Case,
    action: Action,
    *,
    actor: Actor,
    data: Mapping[str, Any],
    now: datetime | None,
    seen_version: int | None,
) -> Event:
    """See `complaints.lifecycle.perform`."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(case)
        loaded = Loaded(locked)
        if actor.is_staff:
            read_barred([locked])
        before = locked.state
        doing = Doing(case=locked, action=action, actor=actor, data=data, now=now)
        take_effect(doing, seen_version)
        loaded.save()
        keep_words(locked.pk)
        event = append_event(
            locked, action.name, actor=actor, now=now, from_state=before, data=doing.event_data
        )
        doing.call_after_commit()
    show_in(case, locked)
    return event


def _locked(case: Case) -> Case:
    cases = Case.objects.locked()
    if not Case._meta.get_field("site").is_cached(case):
        return cases.select_related("site").get(pk=case.pk)
    locked = cases.get(pk=case.pk)
    locked.site = case.site  # with the settings it has read already
    return locked


def take_effect(doing: Doing, seen_version: int | None) -> None:
    """Check everything, then change the case, whose row is locked. Does not save it."""
    case, action, before = doing.case, doing.action, doing.case.state
    check_allowed(case, action, doing.actor, seen_version)
    check_needs(doing)
    EFFECTS[action.name](doing)
    for user in keep_somebody_inside(case, now=doing.now):
        doing.tell_staff(user, "staff_unassigned")
    _check_target(action, before, case.state)
    if doing.told or action.name not in MOVES_NO_CLOCK:
        doing.clocks.settle(at=doing.now, told=doing.told)
    case.version += 1
    case.changed_at = doing.now


def check_allowed(
    case: Case, action: Action, actor: Actor, seen_version: int | None = None
) -> None:
    """Raise `Refused` unless this actor may do this action on this case now."""
    if actor.is_staff and (not actor.user.is_active or is_barred(actor.user, case)):  # type: ignore[union-attr]
        raise Refused(_("You can't work on this case."), code="conflict")
    if seen_version is not None and seen_version != case.version:
        raise Refused(what_changed(case), code="changed")
    if not is_open_to_action(case, action):
        raise Refused(not_possible(case, action), code="not_possible")
    if not has_role(actor, case, action):
        raise Refused(
            _("You don't have the right to do this: %(action)s. Ask the team's lead.")
            % {"action": action.label},
            code="not_allowed",
        )


def what_changed(case: Case) -> str:
    """ "This case has changed", with what, by whom and what it is now."""
    last = case.events.select_related("actor").order_by("-number").first()
    if last is None:
        return _("This case has changed. Look at it again before you go on.")
    return _(
        "This case has changed since you opened it: %(who)s %(what)s. It is now: %(state)s. "
        "Look at it again; what you wrote is kept below."
    ) % {
        "who": who_did(last),
        "what": last.says,
        "state": case.get_state_display(),
    }


def who_did(event: Event) -> str:
    """The person's name, or the role where there is no account."""
    if event.actor is not None:
        return event.actor.get_full_name() or event.actor.get_username()
    return str(event.get_actor_role_display())


def not_possible(case: Case, action: Action) -> str:
    facts = Facts(case)
    possible = [str(a.label) for a in ACTIONS.values() if is_open_to_action(case, a, facts)]
    return _(
        "“%(action)s” is not possible now: the case is %(state)s. Possible now: %(possible)s."
    ) % {
        "action": action.label,
        "state": case.get_state_display(),
        "possible": ", ".join(possible),
    }


FILL_IN = gettext_lazy("Fill this in.")


def _is_empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value in (None, [], {}, False)


def check_needs(doing: Doing) -> None:
    """Raise `Refused` with the fields that are missing, all at once."""
    # A complainant's own words need no form: what they can leave out, they may leave out.
    if doing.actor.role == Role.SYSTEM:
        return
    missing = {
        need.name: FILL_IN
        for need in doing.action.needs
        if need.required and _is_empty(doing.data.get(need.name))
    }
    if missing:
        labels = [str(n.label) for n in doing.action.needs if n.name in missing]
        raise Refused(
            _("Something is missing: %(fields)s.") % {"fields": ", ".join(labels)},
            code="missing",
            fields=missing,
        )


def _check_target(action: Action, before: str, after: str) -> None:
    if after != before and after not in action.targets:
        raise AssertionError(f"{action.name} led from {before} to {after}: not in the table")


def available_actions(case: Case, actor: Actor, facts: Facts | None = None) -> list[Action]:
    """What this actor can do now, in the table's order: the buttons of the case page.

    `facts` are the case's, where somebody has asked for them already.
    """
    if actor.is_staff and (not actor.user.is_active or is_barred(actor.user, case)):  # type: ignore[union-attr]
        return []
    facts = facts or Facts(case)
    return [
        action
        for action in ACTIONS.values()
        if is_open_to_action(case, action, facts) and has_role(actor, case, action)
    ]
