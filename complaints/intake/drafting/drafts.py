"""Drafts: begun complaints that wait for their writer (WCAG-TIME). The only place that writes them.

A draft is opened by its code, which follows from the form's one-time token and is nowhere stored:
the browser has it in a cookie for each draft, the person on paper or in a mail. It lives for two
weeks from its last change. Sending turns it into a case exactly once (`receive`).
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from wagtail.models import Site

from complaints.intake import staging
from complaints.intake.drafting.answers import Answers, Raw
from complaints.intake.receiving import already_received, hashed_token
from complaints.intake.storing_files import store_files
from complaints.models import Draft
from complaints.references import ALPHABET, KEY_LENGTH, hash_key, key_matches

logger = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=14)
#: After sending, the same browser can still show the confirmation again.
KEPT_AFTER_SENDING = timedelta(days=1)


class ChangedElsewhere(Exception):
    """The step was changed in another window. `answers` are those of there."""

    def __init__(self, answers: Raw) -> None:
        super().__init__("changed elsewhere")
        self.answers = answers


class Gone(Exception):
    """The draft was thrown away in another window."""


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
    opened: Opened,
    step: str,
    raw: Raw,
    *,
    seen: str | None,
    now: datetime,
    language: str = "",
    sign: str = "",
) -> Opened:
    """Keep the answers of one step; the other steps stay as they are.

    `seen` is the digest of the step that the person looked at: had another window changed it since,
    to something else than this, `ChangedElsewhere` is raised and nothing is overwritten. `sign`: of
    a program, remembered until the draft is sent.
    """
    with transaction.atomic():
        draft = _locked(opened)
        answers = Answers.from_json(draft.answers)
        if draft.case_id:
            return _opened(draft, opened.code)
        if sign and sign not in answers.signs:
            answers.signs.append(sign)
        if seen is not None and seen != answers.digest(step) and answers.raw(step) != raw:
            raise ChangedElsewhere(answers.raw(step))
        answers.steps[step] = raw
        _save(draft, answers, now, language=language or draft.language)
    return _opened(draft, opened.code)


def _locked(opened: Opened) -> Draft:
    """The row as it is now; nobody else changes it before this transaction is over."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("site", "case")
    draft = rows.filter(pk=opened.draft.pk).first()
    if draft is None:
        raise Gone
    return draft


def remove_problem(opened: Opened, number: int, *, now: datetime) -> Opened:
    """Take a problem out again, with its files; those behind it move up, with theirs."""
    with transaction.atomic():
        draft = _locked(opened)
        answers = Answers.from_json(draft.answers)
        if draft.case_id or not answers.remove_problem(number):
            return _opened(draft, opened.code)
        _save(draft, answers, now)
    files = staging.DRAFTS.load(draft.token_id).files
    kept = [f for f in files if f.is_authority or f.issue != number]
    moved = [
        replace(f, issue=f.issue - 1) if f.issue > number and not f.is_authority else f
        for f in kept
    ]
    staging.DRAFTS.keep(draft.token_id, moved)
    return _opened(draft, opened.code)


def was_mailed(opened: Opened, address: str) -> bool:
    return hmac.compare_digest(opened.draft.email, _digest(opened, address))


def mailed_to(opened: Opened, address: str) -> None:
    """The address itself is forgotten; only whether it is the same can be told later."""
    Draft.objects.filter(pk=opened.draft.pk).update(email=_digest(opened, address))


def _digest(opened: Opened, address: str) -> str:
    return hmac.new(opened.code.encode(), address.lower().encode(), hashlib.sha256).hexdigest()


def _save(draft: Draft, answers: Answers, now: datetime, **changes: Any) -> None:
    draft.answers, draft.changed_at, draft.expires_at = answers.to_json(), now, now + KEPT_FOR
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save(update_fields=["answers", "changed_at", "expires_at", *changes])


def throw_away(draft: Draft) -> bool:
    """The writer does not want it any more. What was sent in the meantime stays."""
    return _delete(Draft.objects.unsent(), draft)


def _delete(among: Any, draft: Draft) -> bool:
    """Delete a draft with its files if it is still among those rows when nobody can change it."""
    with transaction.atomic():
        found = among.select_for_update().filter(pk=draft.pk).first()
        if found is None:
            return False
        found.delete()
    staging.DRAFTS.discard(draft.token_id)
    return True


def sweep(now: datetime, limit: int = 500) -> int:
    """Delete drafts whose time is over, and those that were sent a day ago; how many."""
    over = Draft.objects.unsent().filter(expires_at__lte=now)
    sent = Draft.objects.filter(case__isnull=False, changed_at__lte=now - KEPT_AFTER_SENDING)
    finish(now)
    if cache.add("conduct-drafts-swept", value=True, timeout=3600):
        # Of a process that died between a row and its files, or a window that came too late.
        alive = (draft.token_id for draft in Draft.objects.only("token_id").iterator())
        staging.DRAFTS.sweep_but(alive, before=now - timedelta(days=1))
    return sum(_delete(rows, draft) for rows in (over, sent) for draft in rows[:limit])


def finish(now: datetime) -> None:
    """Give cases the files that a stopped process left in the draft they came from."""
    for draft in Draft.objects.filter(case__isnull=False).select_related("case"):
        try:
            give_files(draft, now)
        except Exception:
            # One draft must not keep the others, and the clocks, from going on.
            logger.exception("The files of draft %s could not be stored", draft.pk)


def give_files(draft: Draft, now: datetime) -> None:
    """To the case; what can't be stored now is tried again for a day."""
    files = staging.DRAFTS.load(draft.token_id).files
    if files and draft.case is not None and not store_files(draft.case, files, now):
        staging.DRAFTS.discard(draft.token_id)
