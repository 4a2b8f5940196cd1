"""Drafts: begun complaints that wait for their writer (WCAG-TIME). The only place that writes them.

A draft is opened by its code, which follows from the form's one-time token and is nowhere stored:
the browser has it in a cookie for each draft, the person on paper or in a mail. It lives for two
weeks from its last change. Sending turns it into a case exactly once (`receive`).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from wagtail.models import Site

from complaints.intake import staging
from complaints.intake.drafting.answers import Answers, Raw
from complaints.intake.receiving import already_received, hashed_token
from complaints.intake.storing_files import store_files
from complaints.models import Draft
from complaints.references import ALPHABET, KEY_LENGTH, hash_key, key_matches

KEPT_FOR = timedelta(days=14)
#: After sending, the same browser can still show the confirmation again.
KEPT_AFTER_SENDING = timedelta(days=1)


class ChangedElsewhere(Exception):
    """The step was changed in another window. `answers` are those of there."""

    def __init__(self, answers: Raw) -> None:
        super().__init__("changed elsewhere")
        self.answers = answers


@dataclass(frozen=True)
class Opened:
    """A draft with what is in it and the code that opens it."""

    draft: Draft
    answers: Answers
    code: str


def code_of(token_id: str) -> str:
    """The code that a token always gives: sixteen characters, 80 bits, in groups."""
    digest = hmac.new(
        settings.SECRET_KEY.encode(), b"conduct-draft-code:" + token_id.encode(), hashlib.sha256
    ).digest()
    text = "".join(ALPHABET[byte % 32] for byte in digest[:KEY_LENGTH])
    return "-".join(text[i : i + 4] for i in range(0, KEY_LENGTH, 4))


def start(token_id: str, answers: Answers, *, site: Site, language: str, now: datetime) -> Opened:
    """Begin a draft; the same token again gives the same draft, with what is in it by now."""
    code = code_of(token_id)
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                code_hash=hash_key(code),
                token_id=token_id,
                submission_id=hashed_token(token_id) or "",
                site=site,
                language=language,
                answers=answers.to_json(),
                created_at=now,
                changed_at=now,
                expires_at=now + KEPT_FOR,
                case=already_received(token_id),
            )
    except IntegrityError:
        draft = Draft.objects.get(submission_id=hashed_token(token_id))
    return _opened(draft, code)


def _opened(draft: Draft, code: str) -> Opened:
    return Opened(draft, Answers.from_json(draft.answers), code)


def find(public_id: UUID, code: str, *, now: datetime) -> Opened | None:
    """The draft of an address, for whoever has its code."""
    draft = Draft.objects.alive(now).select_related("site", "case").filter(public_id=public_id)
    found = draft.first()
    if found is None or not key_matches(code, found.code_hash):
        return None
    return _opened(found, code)


def by_code(code: str, *, now: datetime) -> Opened | None:
    """The draft that a typed code opens."""
    found = Draft.objects.alive(now).filter(code_hash=hash_key(code)).first()
    return _opened(found, code_of(found.token_id)) if found else None


def keep(
    opened: Opened, step: str, raw: Raw, *, seen: str | None, now: datetime, language: str = ""
) -> Opened:
    """Keep the answers of one step; the other steps stay as they are.

    `seen` is the digest of the step that the person looked at: had another window changed it since,
    to something else than this, `ChangedElsewhere` is raised and nothing is overwritten.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=opened.draft.pk)
        answers = Answers.from_json(draft.answers)
        if draft.case_id:
            return _opened(draft, opened.code)
        if seen is not None and seen != answers.digest(step) and answers.raw(step) != raw:
            raise ChangedElsewhere(answers.raw(step))
        answers.steps[step] = raw
        _save(draft, answers, now, language=language or draft.language)
    return _opened(draft, opened.code)


def remove_step(opened: Opened, step: str, *, now: datetime) -> Opened:
    """Take a problem out again, with its files."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=opened.draft.pk)
        answers = Answers.from_json(draft.answers)
        if draft.case_id is None and answers.steps.pop(step, None) is not None:
            _save(draft, answers, now)
    return _opened(draft, opened.code)


def add_sign(opened: Opened, sign: str, *, now: datetime) -> None:
    """Remember a sign of a program until the draft is sent."""
    if sign not in opened.answers.signs:
        opened.answers.signs.append(sign)
        _save(opened.draft, opened.answers, now)


def mailed_to(opened: Opened, address: str) -> None:
    Draft.objects.filter(pk=opened.draft.pk).update(email=address)


def _save(draft: Draft, answers: Answers, now: datetime, **changes: Any) -> None:
    draft.answers, draft.changed_at, draft.expires_at = answers.to_json(), now, now + KEPT_FOR
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save(update_fields=["answers", "changed_at", "expires_at", *changes])


def throw_away(draft: Draft) -> None:
    """The writer does not want it any more."""
    staging.DRAFTS.discard(draft.token_id)
    draft.delete()


def sweep(now: datetime, limit: int = 500) -> int:
    """Delete drafts whose time is over, and those that were sent a day ago; how many."""
    over = Draft.objects.unsent().filter(expires_at__lte=now)
    sent = Draft.objects.filter(case__isnull=False, changed_at__lte=now - KEPT_AFTER_SENDING)
    finish(now)
    drafts = [*over[:limit], *sent[:limit]]
    for draft in drafts:
        throw_away(draft)
    return len(drafts)


def finish(now: datetime) -> None:
    """Give cases the files that a stopped process left in the draft they came from."""
    for draft in Draft.objects.filter(case__isnull=False).select_related("case"):
        files = staging.DRAFTS.load(draft.token_id).files
        if files:
            assert draft.case is not None
            store_files(draft.case, files, now)
            staging.DRAFTS.discard(draft.token_id)
