"""How serious it is, who works on it, and the start of the investigation (7.5, 7.6, 4.7)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.actions.inside import leads_of, let_a_lead_in
from complaints.assigning import obstacle
from complaints.lifecycle import HIGH_SEVERITY, Priority, Role, Scale, Severity, State
from complaints.models import Involvement
from complaints.notices.staff import leads
from complaints.reviews import has_taken_part, is_under_review
from complaints.routing import WITH_PLAN, proposed_route


def proposed_priority(
    *, severity: int, safety: bool, impact: str, immediate_needed: bool, vulnerable: bool
) -> str:
    """The priority that an assessment suggests; a person may choose another with a reason."""
    if safety or severity == Severity.CRITICAL:
        return Priority.TOP
    if severity >= HIGH_SEVERITY or impact == Scale.HIGH or immediate_needed or vulnerable:
        return Priority.HIGH
    return Priority.NORMAL


ASSESSED = (
    "severity",
    "safety",
    "complexity",
    "impact",
    "immediate_needed",
    "immediate_possible",
    "vulnerable",
)


def assess(doing: Doing) -> None:
    """Scores and priority. A second assessment changes them; the event keeps what they were."""
    case, data = doing.case, doing.data
    old = {name: getattr(case, name) for name in (*ASSESSED, "priority", "route")}
    for name in ASSESSED:
        value = data.get(name)
        setattr(case, name, bool(value) if isinstance(old[name], bool) else value)
    case.severity = int(data["severity"])
    case.proposed_priority = proposed_priority(
        severity=case.severity,
        safety=case.safety,
        impact=case.impact,
        immediate_needed=case.immediate_needed,
        vulnerable=case.vulnerable,
    )
    case.priority = data.get("priority") or case.proposed_priority
    case.first_priority = case.first_priority or case.priority
    case.proposed_route = proposed_route(case, doing.actor.user).route
    case.route = (data.get("route") or case.proposed_route) if case.proposed_route else ""
    _give_reason(doing)
    new = {name: getattr(case, name) for name in old}
    doing.event_data.update(
        old={k: v for k, v in old.items() if new[k] != v},
        new={k: v for k, v in new.items() if old[k] != v},
        proposed=str(case.proposed_priority),
    )
    case.assessed_at = case.assessed_at or doing.now
    doing.clocks.change_answer_length(
        doing.clocks.settings.answer_days_for(case.priority), at=doing.now
    )
    if case.safety or case.severity == Severity.CRITICAL:
        for lead in leads_of(case):
            doing.tell_staff(lead, "staff_serious")


def _give_reason(doing: Doing) -> None:
    """A person decides, and says why where it differs from what was proposed."""
    case = doing.case
    if case.priority != case.proposed_priority:
        doing.require("reason", _("Say why the priority differs from the proposed one."))
    if case.route != case.proposed_route:
        doing.require("reason", _("Say why the way differs from the proposed one."))
    if (case.priority, case.route) != (case.proposed_priority, case.proposed_route):
        doing.keep_reason()


def assign(doing: Doing) -> None:
    """A named owner: active, in the team, trained, without a conflict; for a review, new to it."""
    give_to(doing, doing.data["handler"])


def give_to(doing: Doing, user: Any) -> None:
    case = doing.case
    if why := obstacle(user, case, doing.now):
        doing.refuse(why, handler=why)
    reviewing = is_under_review(case)
    if reviewing:
        check_took_no_part(doing, user, "handler")
    doing.event_data.update(old=case.handler_id, new=user.pk)
    case.handler = user
    doing.involve(user, Involvement.Part.REVIEWER if reviewing else Involvement.Part.HANDLER)
    if doing.actor.role == Role.LEAD:
        doing.involve(doing.actor.user, Involvement.Part.LEAD)
    doing.tell_staff(user, "staff_assigned")


def keep_handler_who_may(doing: Doing) -> None:
    """Of a case that changes or begins again, who handled it keeps it where they still may; else it
    goes back to the team."""
    case = doing.case
    if case.handler is None or not obstacle(case.handler, case, doing.now):
        return
    case.handler = None
    doing.event_data["unassigned"] = True
    for lead in let_a_lead_in(case, now=doing.now) or leads(case):
        doing.tell_staff(lead, "staff_unassigned")


def check_took_no_part(doing: Doing, user: Any, field: str = "") -> None:
    """Refuse unless a review is in fresh hands (annex G)."""
    if has_taken_part(doing.case, user):
        why = _("A review needs somebody who took no part in the first answer.")
        doing.refuse(why, **({field: why} if field else {}))


def declare_conflict(doing: Doing) -> None:
    """From now on this person can't see or touch the case; it goes back to the lead."""
    case = doing.case
    doing.keep_reason()
    doing.involve(doing.actor.user, Involvement.Part.CONFLICT)
    if doing.actor.user is not None and case.handler_id == doing.actor.user.pk:
        case.handler = None
        doing.event_data["unassigned"] = True
    for lead in let_a_lead_in(case, now=doing.now, besides=doing.actor.user):
        doing.tell_staff(lead, "staff_conflict")


def investigate(doing: Doing) -> None:
    """Somebody looks into it: assessed, assigned, and with a plan where it is serious."""
    case = doing.case
    if case.assessed_at is None:
        doing.refuse(_("Assess the case first."))
    if case.handler_id is None:
        doing.refuse(_("Assign the case to somebody first."))
    if (case.severity or 0) >= HIGH_SEVERITY:
        doing.require("plan", _("A serious case needs a plan: what to ask, whom, what to look at."))
    if case.route in WITH_PLAN:
        doing.require("plan", _("This case goes by a plan: what to ask, whom, what to look at."))
    case.plan = doing.text("plan")
    case.state = State.INVESTIGATING
