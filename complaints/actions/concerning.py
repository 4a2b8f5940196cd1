"""A colleague a complaint is about: barred, informed, heard, told (annex D)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.actions.inside import let_a_lead_in
from complaints.lifecycle import NamedStep
from complaints.models import Case, Involvement

#: The column that says when each step was done.
STEPS = {
    NamedStep.INFORMED: "informed_at",
    NamedStep.SUPPORTED: "supported_at",
    NamedStep.HEARD: "heard_at",
    NamedStep.RESULT: "told_at",
}


def name_staff(doing: Doing) -> None:
    """From now on this colleague can't see or touch the case; who led it is told."""
    case, user = doing.case, doing.data["colleague"]
    if case.involvements.filter(user=user, part=Involvement.Part.NAMED).exists():
        why = _("This was noted already.")
        doing.refuse(why, colleague=why)
    doing.involve(user, Involvement.Part.NAMED)
    case.confidential = True
    if user != doing.actor.user:
        # Who closes the door stays in the room.
        doing.involve(doing.actor.user, Involvement.Part.LEAD)
    doing.event_data["named"] = True
    if case.handler_id == user.pk:
        case.handler = None
        doing.event_data["unassigned"] = True
        for lead in let_a_lead_in(case, now=doing.now):
            doing.tell_staff(lead, "staff_conflict")
    doing.keep_reason()


def record_named(doing: Doing) -> None:
    """What was done for the colleague, each step once; their account stays with staff."""
    named, step = doing.data["named"], NamedStep(doing.data["step"])
    if named.case_id != doing.case.pk or named.part != Involvement.Part.NAMED:
        doing.refuse(_("This colleague is not named in this case."))
    column = STEPS[step]
    if getattr(named, column) is not None:
        why = _("This was recorded already.")
        doing.refuse(why, step=why)
    if step == NamedStep.HEARD:
        named.account = doing.require(
            "account", _("Write down what they said, or that they chose not to.")
        )
    setattr(named, column, doing.now)
    named.save(update_fields=[column, "account"])
    doing.event_data["step"] = str(step)
    if not is_somebody_untold(doing.case):
        doing.clocks.stop_left_over(at=doing.now)


def named_in(case: Case) -> list[Involvement]:
    return list(case.involvements.filter(part=Involvement.Part.NAMED).select_related("user"))


def check_heard(doing: Doing) -> None:
    """Refuse an answer before everybody it is about was informed and could give their account."""
    for named in named_in(doing.case):
        if named.informed_at is None or named.heard_at is None:
            doing.refuse(
                _(
                    "Who is complained about has to be informed and heard before the answer: "
                    "record both with “Record what was done for the colleague”."
                )
            )


def is_somebody_untold(case: Case) -> bool:
    """Whether somebody it is about does not know yet how it ended."""
    named = case.involvements.filter(part=Involvement.Part.NAMED, told_at=None)
    return named.exists()


def check_told(doing: Doing) -> None:
    """Refuse closing before everybody it is about knows how it ended."""
    for named in named_in(doing.case):
        if named.told_at is None:
            doing.refuse(
                _(
                    "Who is complained about has to be told how it ended: record it with “Record "
                    "what was done for the colleague”."
                )
            )
