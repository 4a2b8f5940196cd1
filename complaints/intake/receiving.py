"""Taking in a case: the one way in for forms, mail, staff and the API (7.2–7.4)."""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import datetime, time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.access import Actor, is_barred
from complaints.actions.inside import keep_somebody_inside
from complaints.conflicts import bar_people_named, bar_who_complains
from complaints.deadlines import Clocks
from complaints.events import append_event, fingerprint
from complaints.intake.storing_files import store_files
from complaints.intake.submission import Problem, Receipt, Submission
from complaints.lifecycle import ConsentPurpose, Role, State, perform
from complaints.models import (
    Case,
    Consent,
    Draft,
    ExtraAnswer,
    HandlingSettings,
    Involvement,
    Issue,
    Message,
    NoticeAddress,
    Party,
)
from complaints.notices.outbox import queue_notice
from complaints.references import ALPHABET, KEY_LENGTH, hash_key, new_key, new_reference
from complaints.search.indexing import keep_words
from conduct.models import Edition
from conduct.privacy_notice import current_version

logger = logging.getLogger(__name__)
SUBJECT_LENGTH = 80


def receive(
    submission: Submission, *, now: datetime | None = None, is_new: bool = False
) -> Receipt:
    """Store a case with everything that was sent, then acknowledge it.

    The same `token_id` again gives the same case and the same key, so a double click, a reload or a
    second try after a broken connection makes nothing twice. `is_new`: the caller has just looked
    for the token in vain; of two at once the database still refuses the second.
    """
    now = now or timezone.now()
    key = key_of(submission.token_id)
    submission_id = hashed_token(submission.token_id)
    case, created = None if is_new else _known(submission_id), False
    if case is None:
        try:
            case, created = _store(submission, key, submission_id, now), True
        except IntegrityError:
            # The other of two at once was first; any other reason is a real error.
            case = _known(submission_id)
            if case is None:
                raise
    lost = store_files(case, submission.files, now)
    return Receipt(case=case, key=key, created=created, lost_files=tuple(lost))


def key_of(token_id: str | None) -> str:
    """A key that the same token always gives. The database has neither: only the hashes of both."""
    if not token_id:
        return new_key()
    digest = hmac.new(
        settings.SECRET_KEY.encode(), b"conduct-case-key:" + token_id.encode(), hashlib.sha256
    ).digest()
    text = "".join(ALPHABET[byte % 32] for byte in digest[:KEY_LENGTH])
    return "-".join(text[i : i + 4] for i in range(0, KEY_LENGTH, 4))


def hashed_token(token_id: str | None) -> str | None:
    """What the database keeps of a form's token."""
    return hashlib.sha256(token_id.encode()).hexdigest() if token_id else None


def already_received(token_id: str) -> Case | None:
    """The case that a form's token has made before, if any."""
    return _known(hashed_token(token_id))


def _known(submission_id: str | None) -> Case | None:
    if submission_id is None:
        return None
    return Case.objects.filter(submission_id=submission_id).first()


@transaction.atomic
def _store(submission: Submission, key: str, submission_id: str | None, now: datetime) -> Case:
    case = _case_of(submission, key, submission_id, now)
    case.save()
    if submission.remedies_wanted:
        case.remedies_wanted.add(*submission.remedies_wanted)
    _store_issues(case, submission)
    _store_permissions(case, submission, now)
    Message.objects.create(
        case=case,
        direction=Message.Direction.IN,
        purpose=Message.Purpose.ORIGINAL,
        body=submission.description,
        language=submission.language,
        author=submission.received_by,
        at=case.received_at,
    )
    if case.staff_named:
        bar_people_named(case, now=now)
    bar_who_complains(case, now=now)
    _keep_inside(case, submission, now)
    _begin(case, submission, key, now)
    _end_draft(case, submission, submission_id, now)
    return case


def _keep_inside(case: Case, submission: Submission, now: datetime) -> None:
    """Of a case that names a colleague: whoever took it down, or else somebody of the team."""
    user = submission.received_by
    if user is not None and case.confidential and not is_barred(user, case):
        part = Involvement.Part.LEAD
        Involvement.objects.create(case=case, user_id=user.pk, part=part, since=now)
    keep_somebody_inside(case, now=now)


def _case_of(submission: Submission, key: str, submission_id: str | None, now: datetime) -> Case:
    """The case itself, not saved yet, with its people and the editions in force at receipt."""
    received_at = submission.received_at or now
    representative = submission.representative
    case = Case(
        reference=free_reference(),
        key_hash=hash_key(key),
        submission_id=submission_id,
        site=submission.site,
        kind=submission.kind,
        state=State.RECEIVED,
        channel=submission.channel,
        language=submission.language,
        description=submission.description,
        original_hash=Case.hash_original(submission.description),
        subject=subject_of(_first_words(submission)),
        complainant=Party.objects.create(**submission.complainant),
        representative=Party.objects.create(**representative) if representative else None,
        received_at=received_at,
        received_by=submission.received_by,
        changed_at=now,
        notice_version=current_version(submission.site),
        held=_is_held(submission),
        spam_signs=",".join(submission.verdict.signs)[:200] if submission.verdict else "",
        **_allowed(submission) | dict(submission.details),
    )
    for kind in ("code", "policy"):
        edition = Edition.objects.in_force(kind=kind, site=submission.site, at=received_at)
        setattr(case, f"{kind}_edition", edition)
    case.happened_edition = _edition_when_it_happened(case)
    if submission.category:
        case.team = submission.category.team
    return case


def _edition_when_it_happened(case: Case) -> Edition | None:
    """The code in force on the day of the problem, which its promises are judged by."""
    if case.happened_on is None:
        return None
    end_of_day = timezone.make_aware(datetime.combine(case.happened_on, time.max))
    moment = min(end_of_day, case.received_at)
    return Edition.objects.in_force(kind="code", site=case.site, at=moment)


def _end_draft(
    case: Case, submission: Submission, submission_id: str | None, now: datetime
) -> None:
    """In the same transaction: whatever happens, there is the draft or the case."""
    if submission.draft:
        Draft.objects.filter(pk=submission.draft.pk).update(
            case=case, answers="", email="", changed_at=now
        )
    elif submission_id:
        # Begun here, finished in a window with the form on one page: its files belong to the case.
        Draft.objects.unsent().filter(submission_id=submission_id).update(case=case, changed_at=now)


def _allowed(submission: Submission) -> dict[str, bool]:
    """What the person may be asked or told about: nothing without a permission."""
    return {
        "may_be_surveyed": ConsentPurpose.SURVEY in submission.consents,
        "may_be_told": ConsentPurpose.STORY in submission.consents,
    }


def _is_held(submission: Submission) -> bool:
    """It looks like spam: a person decides before anybody is written to. Nothing is lost by it."""
    limit = HandlingSettings.for_site(submission.site).hold_above
    return bool(limit and submission.verdict and submission.verdict.score >= limit)


def _store_issues(case: Case, submission: Submission) -> None:
    single = Problem(
        category=submission.category, promise=submission.promise, answers=submission.answers
    )
    for number, problem in enumerate(submission.problems or [single], 1):
        issue = Issue.objects.create(
            case=case,
            number=number,
            category=problem.category,
            promise=problem.promise,
            description=problem.description,
            **problem.details,
        )
        rows = [
            ExtraAnswer(case=case, issue=issue, question=a.question, option=a.option, text=a.text)
            for a in problem.answers
        ]
        if rows:
            ExtraAnswer.objects.bulk_create(rows)


def _store_permissions(case: Case, submission: Submission, now: datetime) -> None:
    if submission.consents:
        Consent.objects.bulk_create(
            Consent(case=case, purpose=p, notice_version=case.notice_version, given_at=now)
            for p in submission.consents
        )
    if submission.notice_email:
        NoticeAddress.objects.create(case=case, email=submission.notice_email)


def _begin(case: Case, submission: Submission, key: str, now: datetime) -> None:
    """First event, clocks and acknowledgement."""
    actor = (
        Actor(Role.HANDLER, submission.received_by)
        if submission.received_by
        else Actor.complainant()
    )
    append_event(
        case,
        "receive",
        actor=actor,
        now=now,
        data={
            "channel": submission.channel,
            "kind": str(case.kind),
            "language": case.language,
            "received_at": case.received_at.isoformat(),
            "words": fingerprint(case.original_hash),
        }
        | ({"held": True} if case.held else {}),
        is_first=True,
    )
    Clocks(case).start_on_receipt()
    # Spam in somebody's name must not make us write to them.
    if submission.found_by_staff or case.held or not _tell(case, key, now):
        case.save(update_fields=["due_at"])
        keep_words(case.pk)
        return
    people = case.complainant, case.representative
    # Saves the due date too, and keeps what the case is found by.
    perform(case, "acknowledge", actor=Actor.system(), now=now)
    # What has just been written need not be read again for the confirmation.
    case.site, (case.complainant, case.representative) = submission.site, people


def _tell(case: Case, key: str, now: datetime) -> bool:
    """Queue the first mail; whether the complainant is told thereby.

    Whoever left no way to be reached has the page with reference and key as acknowledgement. For
    anyone else without e-mail it takes a call or a letter: the clock runs until it is recorded.
    """
    if case.awaits_authority and case.complainant.email:
        # The copy and the key are the complainant's; who acts for them hears that it is here.
        queue_notice(case, "received", now=now, secret=key, to=case.complainant)
        key = ""
    hides = case.awaits_authority
    notice = queue_notice(
        case, "received", now=now, secret="" if hides else key, context={"is_brief": hides}
    )
    return notice.state == notice.State.WAITING or not case.correspondent.is_reachable


def free_reference() -> str:
    for _attempt in range(10):
        reference = new_reference()
        if not Case.objects.filter(reference=reference).exists():
            return reference
    raise RuntimeError("Ten random references in a row were taken.")


def _first_words(submission: Submission) -> str:
    """Of several problems, those of the first."""
    return submission.problems[0].description if submission.problems else submission.description


def subject_of(description: str) -> str:
    """The first words, for lists: staff may know the case by them."""
    words = " ".join(description.split())
    if len(words) <= SUBJECT_LENGTH:
        return words
    return words[: SUBJECT_LENGTH - 1].rstrip() + "…"
