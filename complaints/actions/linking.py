"""Cases beside each other, and cases of one person joined and taken apart (SEC-DUP)."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from complaints.actions.assessment import keep_handler_who_may
from complaints.actions.doing import Doing
from complaints.actions.ending import end_case
from complaints.actions.inside import keep_somebody_inside, let_a_lead_in
from complaints.events import append_event
from complaints.lifecycle import Outcome, State
from complaints.models import Case, CaseLink, Involvement
from complaints.notices.outbox import queue_staff_notice
from complaints.notices.staff import leads
from complaints.references import understand_reference


def other_case(doing: Doing, need: str = "other") -> Case:
    """The case whose reference was typed: one the person may see, and not the case itself."""
    typed: Any = doing.require(need, _("Type the reference of the other case."))
    reference = typed.reference if isinstance(typed, Case) else understand_reference(str(typed))
    cases = Case.objects.visible_to(doing.actor.user).exclude(pk=doing.case.pk)
    other = cases.filter(reference=reference).first() if reference else None
    if other is None:
        why = _("No other case has this reference. Look it up in the list of cases.")
        doing.refuse(why, **{need: why})
    assert other is not None
    return other


def link(doing: Doing) -> None:
    """Staff see the two beside each other; neither complainant learns of the other."""
    other = other_case(doing)
    # Only this case is locked: somebody may be linking the other one with it at this moment.
    if CaseLink.objects.between(doing.case, other).exists() or not _linked(doing, other):
        why = _("These two cases are linked already.")
        doing.refuse(why, other=why)
    doing.event_data.update(other=other.pk, kind=str(doing.data["link_kind"]))


def _linked(doing: Doing, other: Case) -> bool:
    """False where the database knows a link of the two that was not to be seen a moment ago."""
    try:
        with transaction.atomic():
            CaseLink.objects.create(
                case=doing.case,
                other=other,
                kind=doing.data["link_kind"],
                by=doing.actor.user,
                at=doing.now,
            )
    except IntegrityError:
        return False
    return True


def unlink(doing: Doing) -> None:
    """Nothing but the link goes away."""
    chosen = doing.data["linked"]
    if doing.case.pk not in {chosen.case_id, chosen.other_id}:
        doing.refuse(_("This link belongs to another case."))
    other = chosen.other_id if chosen.case_id == doing.case.pk else chosen.case_id
    doing.event_data["other"] = other
    deleted, _by_model = chosen.delete()
    if not deleted:
        # From the other case, at the same moment.
        doing.refuse(_("This case has changed. Look at it again before you go on."))


def merge(doing: Doing) -> None:
    """The same person wrote twice about the same: one case goes on, this one ends and says so.

    Other people's cases are linked as one incident instead: everybody gets an answer of their own.
    """
    other = to_join(doing)
    join(doing, other)
    doing.event_data["other"] = other.pk
    doing.keep_reason()
    end_case(doing, Outcome.DUPLICATE)
    doing.tell("duplicate")


def to_join(doing: Doing, need: str = "other") -> Case:
    """The open case of the same person that goes on; it is held still until this one has ended."""
    other = _held_still(doing, other_case(doing, need), need)
    if not _same_person(doing.case, other):
        why = _(
            "The two cases are not of the same person. Link them as the same incident instead: "
            "each person then gets an answer of their own."
        )
        doing.refuse(why, **{need: why})
    return other


def join(doing: Doing, other: Case) -> None:
    """The other one goes on, for nobody who was barred from this one, and its history says so."""
    doing.case.duplicate_of = other
    data = {"other": doing.case.pk}
    if _bar_the_same_people(doing, other):
        data["unassigned"] = True
    other.version += 1
    other.changed_at = doing.now
    other.save(update_fields=["handler", "version", "changed_at"])
    append_event(
        other, "merge", actor=doing.actor, now=doing.now, from_state=other.state, data=data
    )
    keep_somebody_inside(other, now=doing.now)


def _held_still(doing: Doing, other: Case, need: str) -> Case:
    """The other case as it is now; nobody closes or joins it before this one is joined with it.

    It has to be open: the person is told that it goes on.
    """
    try:
        with transaction.atomic():
            other = Case.objects.locked(nowait=True).get(pk=other.pk)
    except OperationalError:
        why = _("This case has changed. Look at it again before you go on.")
        doing.refuse(why, **{need: why})
    if other.state == State.CLOSED:
        why = _("The other case is closed. Reopen it first, or link the two.")
        doing.refuse(why, **{need: why})
    return other


def _bar_the_same_people(doing: Doing, other: Case) -> bool:
    """Whom this case is about, and who has a conflict in it, does not judge it in the other. True
    where that leaves it with nobody."""
    handler = other.handler_id
    for part in doing.case.involvements.filter(part__in=Involvement.BARRED):
        Involvement.objects.get_or_create(
            case=other, user=part.user, part=part.part, defaults={"since": doing.now}
        )
        if other.handler_id == part.user_id:
            other.handler = None
            for lead in let_a_lead_in(other, now=doing.now) or leads(other):
                queue_staff_notice(other, lead, "staff_conflict", now=doing.now)
    return other.handler_id != handler


def unmerge(doing: Doing) -> None:
    """As if it had never been joined: its old state, and its clocks as they ran."""
    case = doing.case
    # Notes and calls after that are events of a closed case, too.
    closing = case.events.filter(to_state=State.CLOSED).exclude(from_state=State.CLOSED)
    joined, closed_at = closing.order_by("-number").first(), case.closed_at
    assert joined is not None, "closed by some event"
    assert closed_at is not None
    doing.event_data["other"] = case.duplicate_of_id
    case.state = joined.from_state
    case.outcome, case.duplicate_of = "", None
    doing.clocks.undo_stop(stopped_at=closed_at, at=doing.now)
    case.closed_at = None
    keep_handler_who_may(doing)
    if case.state == State.WAITING:
        # The question has been with the complainant all along.
        doing.clocks.pause(at=closed_at)
    doing.keep_reason()
    doing.tell("unmerged")


def _same_person(one: Case, other: Case) -> bool:
    """The same address or, where one of them gave none, the same name."""
    a, b = one.complainant, other.complainant
    if a.email_hash and b.email_hash:
        return a.email_hash == b.email_hash
    name = " ".join(a.name.casefold().split())
    return bool(name) and name == " ".join(b.name.casefold().split())
