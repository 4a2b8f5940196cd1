"""The answer: proposed by one person, approved by another, sent, accepted or rejected (7.7–7.9)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from complaints.access import is_barred
from complaints.actions.assessment import check_took_no_part
from complaints.actions.concerning import check_heard, is_somebody_untold, named_in
from complaints.actions.conversation import tell_of_reply
from complaints.actions.doing import Doing
from complaints.actions.ending import end_case
from complaints.actions.inside import let_a_lead_in
from complaints.authority import check_amount, exceeds
from complaints.competence import is_competent
from complaints.lifecycle import (
    FINDINGS_WORST_FIRST,
    HIGH_SEVERITY,
    Finding,
    Kind,
    Objectivity,
    Others,
    Outcome,
    State,
)
from complaints.models import Case, ClockName, Decision, Involvement, Message, Outreach, Remedy
from complaints.models.policy import DeliveryOfAnswer
from complaints.notices.staff import responsible
from complaints.reviews import has_taken_part, is_under_review, others_to_approve

UPHELD = frozenset({Finding.UPHELD, Finding.PARTLY_UPHELD})


def propose(doing: Doing) -> None:
    """Findings with reasons for every issue, remedies, cause and the answer's text.

    `findings`: {issue id: (finding, reasons)}; `remedies`: mappings with kind (RemedyKind),
    description, amount (Decimal; None where it is no money), owner, due_on.
    """
    case = doing.case
    check_may_decide(doing)
    if case.kind == Kind.COMPLAINT:
        _check_both_sides(doing)
    if _keep_findings(doing):
        doing.require("cause", _("Say what caused it: an issue is upheld."))
        doing.require(
            "prevention",
            _("Say what changes so that it does not happen again: an issue is upheld."),
        )
    case.cause, case.cause_kind = doing.text("cause"), doing.data.get("cause_kind")
    case.others_affected = doing.text("others_affected")
    # A proposal that was sent back is replaced, so are the remedies it held.
    case.remedies.filter(promised_at=None).delete()
    _keep_remedies(doing, doing.data.get("remedies") or ())
    assert doing.actor.user is not None, "only staff propose"
    decision = Decision.objects.create(
        case=case,
        number=case.decisions.count() + 1,
        stage=case.stage,
        answer=doing.text("answer"),
        external_route=doing.text("external_route"),
        prevention=doing.text("prevention"),
        both_sides=doing.text("both_sides"),
        others=doing.data.get("others") or "",
        sources=doing.data.get("sources") or {},
        source_language=doing.data.get("source_language") or "",
        proposed_by=doing.actor.user,
        proposed_at=doing.now,
    )
    doing.involve(doing.actor.user, Involvement.Part.PROPOSER)
    doing.event_data["decision"] = decision.pk
    case.came_from = case.state
    if _needs_approval(doing):
        case.state = State.DECIDING
        for lead in let_a_lead_in(case, now=doing.now, besides=doing.actor.user):
            doing.tell_staff(lead, "staff_approve")
    else:
        _send_answer(doing, decision)


def _keep_findings(doing: Doing) -> bool:
    """Store what was found; True where at least one issue is upheld, wholly or partly."""
    findings: Mapping[int, tuple[str, str]] = doing.data["findings"]
    upheld = False
    for issue in doing.case.issues.all():
        finding, reasons = findings.get(issue.pk, ("", ""))
        if finding not in Finding.values or not str(reasons).strip():
            why = _("Every issue needs a finding and the reasons for it.")
            doing.refuse(why, findings=why)
        issue.finding, issue.reasons = finding, str(reasons).strip()
        issue.save(update_fields=["finding", "reasons"])
        upheld |= finding in UPHELD
    return upheld


def _keep_remedies(doing: Doing, remedies: Iterable[Mapping[str, Any]]) -> None:
    for row in remedies:
        check_amount(row["kind"], row.get("amount"), field="remedies")
        Remedy.objects.create(
            case=doing.case,
            kind=row["kind"],
            description=row.get("description", ""),
            amount=row.get("amount"),
            currency=doing.clocks.settings.currency if row.get("amount") else "",
            owner=row.get("owner") or doing.case.handler or doing.actor.user,
            due_on=row.get("due_on"),
        )


def check_may_decide(doing: Doing) -> None:
    """In fresh hands for a review, and in trained ones where that is asked (4.14, annex G)."""
    user = doing.actor.user
    if doing.case.state == State.REVIEWING:
        check_took_no_part(doing, user)
    if not is_competent(user, doing.case, timezone.localdate(doing.now)):
        doing.refuse(
            _("You have no valid training for this case: somebody who has must decide it.")
        )


def _check_both_sides(doing: Doing) -> None:
    """Nobody is judged unheard: needed where it is serious or about a colleague (4.7, 7.6)."""
    check_heard(doing)
    serious = (doing.case.severity or 0) >= HIGH_SEVERITY
    if serious and not doing.case.plan.strip():
        doing.refuse(_("A serious case is investigated by a plan first: start investigating."))
    if serious or named_in(doing.case):
        doing.require(
            "both_sides",
            _("Say how both sides were heard: the case is serious or about a colleague."),
        )


def _needs_approval(doing: Doing) -> bool:
    """Four eyes: always by policy, or where the case is serious, contested or above one's
    authority."""
    case = doing.case
    if doing.clocks.settings.approval == DeliveryOfAnswer.SOMEONE_ELSE:
        return True
    # How serious a complaint is that nobody assessed is not known.
    unknown = case.severity is None and case.kind == Kind.COMPLAINT
    return unknown or is_serious(case) or _is_above_authority(doing, approving=False)


def is_serious(case: Case) -> bool:
    """Serious or contested: somebody else approves it, with the checklist (annex D)."""
    return (case.severity or 0) >= HIGH_SEVERITY or case.contested or case.stage > 1


def _is_above_authority(doing: Doing, *, approving: bool) -> bool:
    # What was approved before is not promised a second time.
    proposed = doing.case.remedies.filter(verified_at=None).select_related("kind")
    return exceeds(
        doing.actor.user,
        doing.case,
        [(remedy.kind, remedy.amount) for remedy in proposed],
        doing.clocks.settings.currency,
        approving=approving,
    )


def current_decision(doing: Doing) -> Decision:
    decision = doing.case.decisions.order_by("-number").first()
    assert decision is not None, "a case gets to this state with a decision only"
    return decision


def approve(doing: Doing) -> None:
    """Somebody other than the proposer sends the answer."""
    case, decision = doing.case, current_decision(doing)
    if doing.actor.user == decision.proposed_by:
        doing.refuse(_("Somebody else has to approve: you wrote this answer."))
    check_may_decide(doing)
    _check_nobody_named_since(doing, decision)
    _check_fresh_approver(doing, decision)
    if _is_above_authority(doing, approving=True):
        doing.refuse(_("This is more than you may approve. Ask a lead who may, or send it back."))
    checked = set(doing.data.get("checklist") or ())
    if is_serious(case) and checked < set(Objectivity):
        why = _("Confirm every point: the case is serious or contested.")
        doing.refuse(why, checklist=why)
    decision.approved_by = doing.actor.user
    decision.approved_at = doing.now
    decision.checked = checked >= set(Objectivity)
    decision.check_notes = doing.text("check_notes")
    doing.involve(doing.actor.user, Involvement.Part.APPROVER)
    doing.event_data["decision"] = decision.pk
    _send_answer(doing, decision)


def _check_nobody_named_since(doing: Doing, decision: Decision) -> None:
    """A colleague who was named after it was proposed is heard first, and did not write it."""
    if doing.case.kind == Kind.COMPLAINT:
        check_heard(doing)
    if is_barred(decision.proposed_by, doing.case):
        doing.refuse(_("Whoever wrote this answer can't judge this case: send it back."))


def _check_fresh_approver(doing: Doing, decision: Decision) -> None:
    """Who decided the first time does not decide the review; where a small organisation has nobody
    else, the letter and the timeline say so (annex G)."""
    user = doing.actor.user
    if not is_under_review(doing.case) or not has_taken_part(doing.case, user):
        return
    alone = doing.clocks.settings.small_mode and not others_to_approve(doing.case, decision)
    if not alone:
        check_took_no_part(doing, user)
    decision.approved_again = True
    doing.event_data["approved_again"] = True


def _send_answer(doing: Doing, decision: Decision) -> None:
    """Archive the answer exactly as sent and start the time for a reply."""
    from complaints.notices.answer import compose_answer, keep_source
    from complaints.notices.blocks import missing_blocks, refusal_words

    case = doing.case
    case.state = State.ANSWERED
    case.came_from = ""
    case.answered_at = doing.now
    case.acknowledged_at = case.acknowledged_at or doing.now
    # Nobody has rejected this answer yet, whatever became of the one before.
    case.contested = False
    case.remedies.filter(promised_at=None).update(promised_at=doing.now)
    doing.clocks.stop(ClockName.ACKNOWLEDGE, ClockName.ANSWER, ClockName.REVIEW, at=doing.now)
    silence = doing.clocks.start(
        ClockName.SILENCE, at=doing.now, days=doing.clocks.settings.silence_days
    )
    decision.sent_at = doing.now
    decision.answer_by = silence.due_at
    decision.sent_text = compose_answer(case, decision)
    if missing := missing_blocks(case, decision, decision.sent_text):
        doing.refuse(refusal_words(missing))
    decision.sent_hash = hashlib.sha256(decision.sent_text.encode()).hexdigest()
    decision.save()
    _go_to_others(doing, decision)
    message = doing.say(decision.sent_text, Message.Direction.OUT, Message.Purpose.ANSWER)
    keep_source(case, decision, message, doing.now)
    doing.tell("answer", message, decision=decision)
    _tell_staff_concerned(doing, decision)


def _tell_staff_concerned(doing: Doing, decision: Decision) -> None:
    """Their copy says what was decided and promised, and nothing of the person (7.8)."""
    from complaints.notices.outbox import queue_staff_notice
    from complaints.notices.staff import may_see

    case = doing.case
    remedies = list(case.remedies.select_related("kind", "owner"))
    owners = [remedy.owner for remedy in remedies if remedy.owner and may_see(remedy.owner, case)]
    context = {"issues": list(case.issues.select_related("category")), "remedies": remedies}
    for user in dict.fromkeys([case.handler, decision.proposed_by, *owners]):
        if user is not None and user != doing.actor.user and not is_barred(user, case):
            queue_staff_notice(case, user, "staff_answered", now=doing.now, context=context)


def _go_to_others(doing: Doing, decision: Decision) -> None:
    """Who was harmed too gets the same without having to ask (annex F)."""
    if decision.others == Others.SOME:
        case = doing.case
        due = doing.clocks.calendar.add(doing.now, doing.clocks.settings.answer_days)
        Outreach.objects.create(
            case=case,
            who=case.others_affected,
            owner=case.handler or decision.proposed_by,
            due_on=doing.clocks.calendar.day_of(due),
            created_at=doing.now,
        )


def send_back(doing: Doing) -> None:
    """The proposal needs more work; it goes back to where it came from."""
    decision = current_decision(doing)
    decision.returned_at = doing.now
    decision.save(update_fields=["returned_at"])
    doing.keep_reason()
    doing.case.state = doing.case.came_from or State.INVESTIGATING
    doing.case.came_from = ""
    doing.tell_staff(decision.proposed_by, "staff_returned")


def case_outcome(doing: Doing) -> str:
    """The worst finding first; `noted` for what is not a complaint."""
    if doing.case.kind != Kind.COMPLAINT:
        return Outcome.NOTED
    found = set(doing.case.issues.values_list("finding", flat=True))
    return next((Outcome(f) for f in FINDINGS_WORST_FIRST if f in found), Outcome.NO_FINDING)


def accept(doing: Doing) -> None:
    """The answer stands: put right what is promised, or close where nothing is owed, neither a
    remedy nor a lesson."""
    case, decision = doing.case, current_decision(doing)
    decision.accepted_at = doing.now
    decision.rejected_at = None
    decision.save(update_fields=["accepted_at", "rejected_at"])
    case.contested = False
    doing.clocks.stop(ClockName.SILENCE, at=doing.now)
    doing.event_data["on_behalf"] = doing.on_behalf
    is_owed = case.remedies.filter(verified_at=None).exists()
    left_over = is_somebody_untold(case) or (_is_lesson_owed(doing) and not is_owed)
    if left_over or is_owed:
        case.state = State.PUTTING_RIGHT
    if left_over:
        # Accepted is accepted. Before it ends, whom it was about is told, and what was learnt is
        # written down by staff: the complainant can't be asked for it.
        doing.clocks.start(ClockName.REMEDY, at=doing.now, days=doing.clocks.settings.remedy_days)
        for user in responsible(case):
            doing.tell_staff(user, "staff_reply")
    if case.state != State.PUTTING_RIGHT:
        end_case(doing, case_outcome(doing))


def _is_lesson_owed(doing: Doing) -> bool:
    """Closing asks for it where an issue was upheld; so does an end by acceptance."""
    return case_outcome(doing) in UPHELD and not doing.case.lesson.strip()


def reject(doing: Doing) -> None:
    """The case stays open, marked as contested, and the person is told what remains possible."""
    case, decision = doing.case, current_decision(doing)
    decision.rejected_at = doing.now
    decision.save(update_fields=["rejected_at"])
    case.contested = True
    doing.clocks.stop(ClockName.SILENCE, at=doing.now)
    doing.event_data["on_behalf"] = doing.on_behalf
    if words := doing.text("text"):
        doing.say(words, Message.Direction.IN, Message.Purpose.REPLY)
    doing.tell("routes", decision=decision)
    tell_of_reply(doing)


def request_review(doing: Doing) -> None:
    """A second look by somebody who took no part in the first; asked for once."""
    case = doing.case
    if case.stage > 1:
        doing.refuse(_("It was reviewed once already. What remains is a body outside."))
    decision = current_decision(doing)
    _check_review_time(doing, decision)
    decision.rejected_at = decision.rejected_at or doing.now
    decision.save(update_fields=["rejected_at"])
    case.stage += 1
    case.contested = True
    case.state = State.REVIEWING
    case.handler = None
    doing.event_data["on_behalf"] = doing.on_behalf
    doing.clocks.stop(ClockName.SILENCE, at=doing.now)
    doing.clocks.start(ClockName.REVIEW, at=doing.now, days=doing.clocks.settings.answer_days)
    doing.tell("review_started")


def _check_review_time(doing: Doing, decision: Decision) -> None:
    """As long as a case that was closed instead could be reopened. Staff may record it later: what
    was said in time may reach them late, and they may have their reasons."""
    since = decision.rejected_at or decision.answer_by
    if doing.on_behalf or since is None:
        return
    until = since + timedelta(days=doing.clocks.settings.reopen_days)
    if doing.now > until:
        doing.refuse(
            _(
                "You could ask for a review until %(date)s. Our answer tells you where you can go "
                "outside, and you can still write to us here."
            )
            % {"date": date_format(doing.clocks.calendar.day_of(until), "DATE_FORMAT")}
        )
