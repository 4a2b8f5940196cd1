"""Reminders of reviews by mail: 30 days before, and once more when the date is past (8.4).

A row is written first and stands for one reminder of one date, so that nothing is sent twice and
nothing gets lost: while the mail server is down the rows wait, and every later run tries again.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from conduct.models import CodeFramework, Organisation, ReviewReminder
from conduct.models.framework import REMIND_DAYS
from conduct.models.review import ReminderStage

from .due import Due, due_by

logger = logging.getLogger(__name__)
#: Waits between tries; the last one stays: nobody gives up on a reminder.
WAITS = (
    dt.timedelta(minutes=2),
    dt.timedelta(minutes=10),
    dt.timedelta(hours=1),
    dt.timedelta(hours=4),
    dt.timedelta(hours=12),
)


@dataclass(frozen=True)
class Recipient:
    """Where a reminder goes, and in which language."""

    address: str
    language: str


def remind(now: dt.datetime | None = None) -> int:
    """Write and send every reminder that is due by `now`; the number of mails that were sent.

    Called by `run_clocks`. Safe to run twice, and on two machines at once. A reminder whose date
    was moved or done with before it went out is dropped.
    """
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    days = _days_by_site()
    ahead = max([REMIND_DAYS, *days.values()])
    found = due_by(today + dt.timedelta(days=ahead), now=moment)
    _write(found, days, moment)
    return _send_waiting({(one.subject, one.due_on): one for one in found}, moment)


def _days_by_site() -> dict[int, int]:
    rows = CodeFramework.objects.values_list("site_id", "remind_days")
    return dict(rows)


def _write(found: Iterable[Due], days: dict[int, int], now: dt.datetime) -> None:
    today = timezone.localdate(now)
    rows = []
    for one in found:
        before = days.get(one.site.pk, REMIND_DAYS) if one.site else REMIND_DAYS
        if one.is_past(today):
            stage = ReminderStage.OVERDUE
        elif one.due_on - dt.timedelta(days=before) <= today:
            stage = ReminderStage.BEFORE
        else:
            continue
        rows.append(
            ReviewReminder(
                subject=one.subject,
                due_on=one.due_on,
                stage=stage,
                created_at=now,
                next_try_at=now,
            )
        )
    ReviewReminder.objects.bulk_create(rows, ignore_conflicts=True)


def _send_waiting(current: dict[tuple[str, dt.date], Due], now: dt.datetime) -> int:
    mails: dict[Recipient, dict[str, Due]] = defaultdict(dict)
    claimed: dict[Recipient, list[ReviewReminder]] = defaultdict(list)
    waiting = ReviewReminder.objects.filter(sent_at=None, next_try_at__lte=now)
    for row in waiting.order_by("due_on", "pk"):
        one = current.get((row.subject, row.due_on))
        if one is None:
            row.delete()
        elif _claim(row, now) and (recipient := recipient_of(one)):
            claimed[recipient].append(row)
            mails[recipient][one.subject] = one
    return sum(
        _send(recipient, list(dues.values()), claimed[recipient], now)
        for recipient, dues in mails.items()
    )


def _claim(row: ReviewReminder, now: dt.datetime) -> bool:
    """Take a reminder for one try; False where another machine has just taken it.

    Should this process die, the next run after the wait tries again.
    """
    wait = WAITS[min(row.tries, len(WAITS) - 1)]
    mine = ReviewReminder.objects.filter(pk=row.pk, sent_at=None, next_try_at=row.next_try_at)
    return bool(mine.update(tries=row.tries + 1, next_try_at=now + wait))


def recipient_of(one: Due) -> Recipient | None:
    """Who answers for it, else the organisation's own address; None where there is neither."""
    person = one.person
    if person is not None and person.is_active and person.email:
        return Recipient(person.email, _language_of(person))
    organisation = Organisation.for_site(one.site) if one.site else None
    if organisation is None or not organisation.email:
        return None
    return Recipient(organisation.email, settings.LANGUAGE_CODE)


def _language_of(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.get_preferred_language() if profile else "") or settings.LANGUAGE_CODE


def _send(
    recipient: Recipient, dues: list[Due], rows: list[ReviewReminder], now: dt.datetime
) -> int:
    try:
        mail_of(recipient, dues, timezone.localdate(now)).send(fail_silently=False)
    except Exception as error:  # noqa: BLE001 - whatever the mail server does, a later run tries again
        # The class only: a server's words may repeat the address.
        logger.warning("A reminder of reviews could not be sent: %s", type(error).__name__)
        return 0
    ReviewReminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=now)
    return 1


def mail_of(recipient: Recipient, dues: list[Due], today: dt.date) -> EmailMultiAlternatives:
    """One mail about everything that is due, in the recipient's language."""
    base = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "").rstrip("/")
    with translation.override(recipient.language):
        context = {
            "language": recipient.language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "base": base,
            "overdue": [one for one in dues if one.is_past(today)],
            "soon": [one for one in dues if not one.is_past(today)],
        }
        name = "conduct/mail/review_due"
        subject = " ".join(render_to_string(f"{name}.subject.txt", context).split())
        text = render_to_string(f"{name}.txt", context).strip() + "\n"
        html = render_to_string(f"{name}.html", context)
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[recipient.address],
        headers={"Content-Language": recipient.language, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(html, "text/html")
    return mail
