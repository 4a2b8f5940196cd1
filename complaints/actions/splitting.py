"""Some of the problems of a case become a case of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.deadlines import Clocks
from complaints.events import append_event, fingerprint
from complaints.intake.receiving import free_reference, subject_of
from complaints.lifecycle import LinkKind, State
from complaints.models import Case, CaseLink, ClockName, Consent, Issue, Message, Party
from complaints.notices.outbox import has_reached, queue_notice
from complaints.references import hash_key, new_key
from complaints.search.indexing import keep_words

#: What the new case has in common with the old one.
SAME = (
    "site", "kind", "confidential", "data_condition", "legal_hold", "received_at", "channel",
    "back_dating_reason", "received_by", "language", "code_edition", "happened_edition",
    "policy_edition", "notice_version",
    "answer_to_representative", "other_contact", "may_be_surveyed", "may_be_told",
    "moderated_at", "acknowledged_at", "team", "priority", "proposed_priority",
)  # fmt: skip


def split(doing: Doing) -> None:
    """The chosen issues leave with their words, files and answers; the time of receipt stays.

    The person is told the new reference and key; nothing they wrote is lost in the old case.
    """
    case = doing.case
    chosen: Sequence[Issue] = list(doing.data["issues"])
    _check(doing, chosen)
    key = new_key()
    new = _new_case(doing, chosen, key)
    _move(case, new, chosen)
    append_event(
        new,
        "receive",
        actor=doing.actor,
        now=doing.now,
        data={
            "channel": str(new.channel),
            "kind": str(new.kind),
            "language": new.language,
            "received_at": new.received_at.isoformat(),
            "words": fingerprint(new.original_hash),
            "split_from": case.pk,
        },
        is_first=True,
    )
    clocks = Clocks(new)
    clocks.start_on_receipt()
    if new.acknowledged_at is not None:
        clocks.stop(ClockName.ACKNOWLEDGE, at=new.acknowledged_at)
    old, answer = doing.clocks.answering(), clocks.answering()
    if old is not None and answer is not None:
        clocks.take_over(answer, old)
        clocks.resume(at=doing.now)
    notice = queue_notice(new, "split", now=doing.now, secret=key, context={"has_key": True})
    clocks.settle(at=doing.now, told=has_reached(notice))
    new.save(update_fields=["due_at"])
    CaseLink.objects.create(
        case=new, other=case, kind=LinkKind.RELATED, by=doing.actor.user, at=doing.now
    )
    keep_words(new.pk)
    doing.event_data.update(other=new.pk, issues=[issue.number for issue in chosen])
    doing.keep_reason()


def _check(doing: Doing, chosen: Sequence[Issue]) -> None:
    case = doing.case
    if any(issue.case_id != case.pk for issue in chosen):
        doing.refuse(_("This problem belongs to another case."))
    if len(chosen) >= case.issues.count():
        why = _("Leave at least one problem in this case.")
        doing.refuse(why, issues=why)
    if case.decisions.exclude(sent_at=None).exists():
        doing.refuse(_("The case was answered as a whole already."))
    if not case.correspondent.is_reachable:
        doing.refuse(
            _("We know no way to tell the person the new reference and key: keep it together.")
        )
    if case.awaits_authority:
        doing.refuse(_("Check the permission of who acts for the complainant first."))


def _new_case(doing: Doing, chosen: Sequence[Issue], key: str) -> Case:
    case = doing.case
    words = "\n\n".join(filter(None, (issue.description for issue in chosen)))
    words = words or case.description
    same = {name: getattr(case, name) for name in SAME}
    first = chosen[0]
    if first.category is not None and first.category.team is not None:
        same["team"] = first.category.team
    new = Case.objects.create(
        **same,
        reference=free_reference(),
        key_hash=hash_key(key),
        state=State.OPEN,
        description=words,
        original_hash=Case.hash_original(words),
        subject=subject_of(words),
        product=first.product or case.product,
        place=first.place or case.place,
        happened_on=first.happened_on or case.happened_on,
        happened_when=first.happened_when or case.happened_when,
        complainant=_copy(case.complainant),
        representative=_copy(case.representative) if case.representative else None,
        changed_at=doing.now,
    )
    Message.objects.create(
        case=new,
        direction=Message.Direction.IN,
        purpose=Message.Purpose.ORIGINAL,
        body=words,
        language=new.language,
        at=new.received_at,
    )
    for part in case.involvements.all():
        part.pk, part.case = None, new
        part.save()
    for consent in case.consents.all():
        Consent.objects.create(
            case=new,
            purpose=consent.purpose,
            notice_version=consent.notice_version,
            given_at=consent.given_at,
            withdrawn_at=consent.withdrawn_at,
        )
    return new


def _copy(person: Party) -> Party:
    copy = Party.objects.get(pk=person.pk)
    copy.pk = None
    copy._state.adding = True
    copy.save()
    return copy


def _move(case: Case, new: Case, chosen: Sequence[Issue]) -> None:
    for number, issue in enumerate(chosen, 1):
        case.attachments.filter(issue=issue).update(case=new, message=None)
        case.extra_answers.filter(issue=issue).update(case=new)
        case.remedies.filter(issue=issue).update(case=new)
        issue.case, issue.number = new, number
        issue.save(update_fields=["case", "number"])
