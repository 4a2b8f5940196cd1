"""Taking in a case: the one way in for forms, mail, staff and the API (7.2–7.4)."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.access import Actor
from complaints.conflicts import bar_people_named
from complaints.deadlines import Clocks
from complaints.events import append_event
from complaints.lifecycle import Channel, Kind, Role, State, perform
from complaints.models import Attachment, Case, HandlingSettings, Issue, Message, Party
from complaints.notices.outbox import queue_notice
from complaints.references import ALPHABET, KEY_LENGTH, hash_key, new_key, new_reference
from conduct.models import Edition

if TYPE_CHECKING:
    from wagtail.models import Site

    from complaints.models import Category, RemedyKind
    from conduct.models import Promise

logger = logging.getLogger(__name__)
SUBJECT_LENGTH = 80


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed the checks of `complaints.intake.uploads`."""

    name: str
    content_type: str
    size: int
    content: File


@dataclass(frozen=True)
class Submission:
    """What somebody sent, cleaned. `details` are fields of `Case` in the person's words."""

    site: Site
    language: str
    description: str
    kind: str = Kind.COMPLAINT
    channel: str = Channel.FORM
    complainant: Mapping[str, Any] = field(default_factory=dict)
    representative: Mapping[str, Any] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    category: Category | None = None
    promise: Promise | None = None
    remedies_wanted: Sequence[RemedyKind] = ()
    files: Sequence[CheckedFile] = ()
    #: The id of the form's one-time token: sent twice, it is one case.
    token_id: str | None = None
    received_at: datetime | None = None
    received_by: Any = None
    #: Staff found it themselves: the customer did not write, so nothing thanks them for writing.
    found_by_staff: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the sender gets. `key` opens the case together with its reference."""

    case: Case
    key: str
    created: bool
    #: Names of files that could not be stored; the case is there all the same.
    lost_files: tuple[str, ...] = ()


def receive(
    submission: Submission, *, now: datetime | None = None, is_new: bool = False
) -> Receipt:
    """Store a case with everything that was sent, then acknowledge it.

    The same `token_id` again gives the same case and the same key, so a double click, a reload or a
    second try after a broken connection makes nothing twice. `is_new`: the caller has just looked
    for the token in vain; of two at once the database still refuses the second.
    """
    now = now or timezone.now()
    key = _key_for(submission.token_id)
    submission_id = _submission_id(submission.token_id)
    case, created = None if is_new else _known(submission_id), False
    if case is None:
        try:
            case, created = _store(submission, key, submission_id, now), True
        except IntegrityError:
            # The other of two at once was first; any other reason is a real error.
            case = _known(submission_id)
            if case is None:
                raise
    lost = _store_files(case, submission.files, now)
    return Receipt(case=case, key=key, created=created, lost_files=tuple(lost))


def _key_for(token_id: str | None) -> str:
    """A key that the same token always gives. The database has neither: only the hashes of both."""
    if not token_id:
        return new_key()
    digest = hmac.new(
        settings.SECRET_KEY.encode(), b"conduct-case-key:" + token_id.encode(), hashlib.sha256
    ).digest()
    text = "".join(ALPHABET[byte % 32] for byte in digest[:KEY_LENGTH])
    return "-".join(text[i : i + 4] for i in range(0, KEY_LENGTH, 4))


def _submission_id(token_id: str | None) -> str | None:
    return hashlib.sha256(token_id.encode()).hexdigest() if token_id else None


def already_received(token_id: str) -> Case | None:
    """The case that a form's token has made before, if any."""
    return _known(_submission_id(token_id))


def _known(submission_id: str | None) -> Case | None:
    if submission_id is None:
        return None
    return Case.objects.filter(submission_id=submission_id).first()


@transaction.atomic
def _store(submission: Submission, key: str, submission_id: str | None, now: datetime) -> Case:
    received_at = submission.received_at or now
    case = Case(
        reference=_free_reference(),
        key_hash=hash_key(key),
        submission_id=submission_id,
        site=submission.site,
        kind=submission.kind,
        state=State.RECEIVED,
        channel=submission.channel,
        language=submission.language,
        description=submission.description,
        original_hash=Case.hash_original(submission.description),
        subject=_subject(submission.description),
        complainant=Party.objects.create(**submission.complainant),
        representative=(
            Party.objects.create(**submission.representative) if submission.representative else None
        ),
        received_at=received_at,
        received_by=submission.received_by,
        changed_at=now,
        notice_version=HandlingSettings.for_site(submission.site).privacy_notice_version,
        **submission.details,
    )
    for kind in ("code", "policy"):
        edition = Edition.objects.in_force(kind=kind, site=submission.site, at=received_at)
        setattr(case, f"{kind}_edition", edition)
    if submission.category:
        case.team = submission.category.team
    case.save()
    if submission.remedies_wanted:
        case.remedies_wanted.add(*submission.remedies_wanted)
    Issue.objects.create(case=case, category=submission.category, promise=submission.promise)
    Message.objects.create(
        case=case,
        direction=Message.Direction.IN,
        purpose=Message.Purpose.ORIGINAL,
        body=submission.description,
        language=submission.language,
        author=submission.received_by,
        at=received_at,
    )
    if case.staff_named:
        bar_people_named(case, now=now)
    _begin(case, submission, key, now)
    return case


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
        },
        is_first=True,
    )
    Clocks(case).start_on_receipt()
    if submission.found_by_staff or not _tell(case, key, now):
        case.save(update_fields=["due_at"])
        return
    people = case.complainant, case.representative
    # Saves the due date too.
    perform(case, "acknowledge", actor=Actor.system(), now=now)
    # What has just been written need not be read again for the confirmation.
    case.site, (case.complainant, case.representative) = submission.site, people


def _tell(case: Case, key: str, now: datetime) -> bool:
    """Queue the first mail; whether the complainant is told thereby.

    Whoever left no way to be reached has the page with reference and key as acknowledgement. For
    anyone else without e-mail it takes a call or a letter: the clock runs until it is recorded.
    """
    notice = queue_notice(case, "received", now=now, secret=key)
    return notice.state == notice.State.WAITING or not case.correspondent.is_reachable


def _free_reference() -> str:
    for _attempt in range(10):
        reference = new_reference()
        if not Case.objects.filter(reference=reference).exists():
            return reference
    raise RuntimeError("Ten random references in a row were taken.")


def _subject(description: str) -> str:
    """The first words, for lists: staff may know the case by them."""
    words = " ".join(description.split())
    if len(words) <= SUBJECT_LENGTH:
        return words
    return words[: SUBJECT_LENGTH - 1].rstrip() + "…"


def _store_files(case: Case, files: Sequence[CheckedFile], now: datetime) -> list[str]:
    """Keep the files that are not kept yet; names of those that could not be stored."""
    if not files:
        return []
    with transaction.atomic():
        # The same form sent twice at once: the second waits and finds the files of the first.
        Case.objects.select_for_update().only("pk").get(pk=case.pk)
        return _store_unknown_files(case, files, now)


def _store_unknown_files(case: Case, files: Sequence[CheckedFile], now: datetime) -> list[str]:
    lost = []
    known = set(case.attachments.values_list("sha256", flat=True))
    for file in files:
        try:
            attachment = store_file(case, file, now=now, known=known)
        except OSError as error:
            logger.error("A file of case %s could not be stored: %s", case.pk, error)  # noqa: TRY400
            lost.append(file.name)
        else:
            if attachment:
                known.add(attachment.sha256)
    return lost


def store_file(
    case: Case, file: CheckedFile, *, now: datetime, known: set[str] | None = None
) -> Attachment | None:
    """Store one file of a case, or None where its content is there already."""
    digest = hashlib.sha256()
    for chunk in file.content.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    if known and sha256 in known:
        return None
    file.content.seek(0)
    attachment = Attachment(
        case=case,
        name=file.name[-200:] or _("file"),
        content_type=file.content_type,
        size=file.size,
        sha256=sha256,
        at=now,
    )
    attachment.file.save("file", file.content, save=False)
    attachment.save()
    return attachment
