"""The outbox: a notice is stored with its cause, sent after commit, retried, and shown where it
fails."""

from __future__ import annotations

import hashlib
import zoneinfo
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from complaints.models import Case, HandlingSettings, Message, Notice, NoticeAddress, Party
from complaints.notices.context import notice_context, site_context, zone_of
from complaints.notices.gathering import is_gathered

if TYPE_CHECKING:
    from wagtail.models import Site

#: Waits between tries; after the last one the notice counts as failed and shows on the case.
WAITS = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)


def queue_notice(
    case: Case,
    template: str,
    *,
    now: datetime,
    message: Message | None = None,
    context: Mapping[str, Any] | None = None,
    secret: str = "",
    to: Party | None = None,
) -> Notice:
    """Write one mail to the complainant (or whom they chose, or `to`), in the case's language.

    Call it in the transaction that causes it. `secret` is the case's key: it goes into the mail and
    is forgotten when that is sent. A new key for somebody without e-mail stands in the letter until
    they have been told.
    """
    party = to or case.correspondent
    context = dict(context or {}) | {"party": party}
    subject, text, html = render_notice(
        case, template, language=case.language, message=message, context=context
    )
    kind = template.partition(":")[0]
    if case.awaits_authority and party == case.representative and kind not in TELLS_NOTHING:
        # Nobody has checked whether they may hear it, or no longer: a person decides.
        state: str = Notice.State.NO_ADDRESS
    else:
        state = _way_to(party, kind)
    has_mail, is_told = state == Notice.State.WAITING, state == Notice.State.OTHER_WAY
    notice = Notice(
        case=case,
        message=message,
        template=template,
        to=party,
        language=case.language,
        subject=subject,
        text=text,
        html=html,
        secret=secret if has_mail or (template == "new_key" and is_told) else "",
        state=state,
        created_at=now,
        next_try_at=now if has_mail else None,
    )
    if state == Notice.State.NO_ADDRESS:
        _tell_that_there_is_news(case, now)
    return _store(notice)


#: Sent by e-mail at once to whoever has an address, however they want the rest.
AT_ONCE = frozenset({"received", "released", "new_key", "survey"})
#: Says nothing of what we know or find, and goes to a representative in any case.
TELLS_NOTHING = frozenset(
    {
        "authority", "duplicate", "made_complaint", "new_key", "out_of_scope", "question",
        "received", "released", "withdrawn",
    }
)  # fmt: skip


def has_reached(notice: Notice) -> bool:
    """Whether the complainant has heard how it goes: not yet where somebody has to call or write a
    letter, and not by a key."""
    return notice.state != Notice.State.OTHER_WAY and notice.template != "new_key"


def _way_to(party: Party, template: str) -> str:
    """How a notice gets to a person: by mail, by somebody's call or letter, or not at all (4.6)."""
    ways = Party.ReplyBy
    prefers = {ways.PHONE: party.phone, ways.POST: party.postal_address}.get(party.reply_by)  # type: ignore[call-overload]
    if party.email and (template in AT_ONCE or not prefers):
        return Notice.State.WAITING
    if party.phone or party.postal_address:
        return Notice.State.OTHER_WAY
    return Notice.State.NO_ADDRESS


def _tell_that_there_is_news(case: Case, now: datetime) -> None:
    """To the address that an anonymous person gave for notices alone: no word of the case."""
    kept_apart = NoticeAddress.objects.filter(case=case).first()
    if kept_apart is None:
        return
    subject, text, html = render_notice(case, "something_new", language=case.language)
    _store(
        Notice(
            case=case,
            template="something_new",
            to_address=kept_apart.email,
            language=case.language,
            subject=subject,
            text=text,
            html=html,
            created_at=now,
            next_try_at=now,
        )
    )


def queue_mail(
    address: str,
    template: str,
    *,
    site: Site,
    language: str,
    now: datetime,
    context: Mapping[str, Any] | None = None,
    secret: str = "",
) -> Notice:
    """Write one mail to an address that belongs to no case, such as the link to a draft.

    The address is forgotten when the mail is sent or given up. `secret` stands for
    `Notice.SECRET_MARK` as in `queue_notice`.
    """
    zone = zoneinfo.ZoneInfo(HandlingSettings.for_site(site).time_zone)
    with translation.override(language), timezone.override(zone):
        values = site_context(site, language) | dict(context or {})
        subject, text, html = _render(template, values)
    return _store(
        Notice(
            template=template,
            to_address=address,
            language=language,
            subject=subject,
            text=text,
            html=html,
            secret=secret,
            created_at=now,
            next_try_at=now,
        )
    )


def queue_staff_notice(
    case: Case,
    user: Any,
    template: str,
    *,
    now: datetime,
    context: Mapping[str, Any] | None = None,
) -> Notice | None:
    """Write one mail to a member of staff: the reference and a link, nothing from the case.

    None where it is told later, together with others (`complaints.notices.gathering`).
    """
    if is_gathered(template, user, case):
        return None
    language = preferred_language(user)
    subject, text, html = render_notice(
        case, template, language=language, context=dict(context or {}) | {"user": user}
    )
    return _store(
        Notice(
            case=case,
            template=template,
            to_user=user,
            language=language,
            subject=subject,
            text=text,
            html=html,
            state=Notice.State.WAITING if user.email else Notice.State.NO_ADDRESS,
            created_at=now,
            next_try_at=now,
        )
    )


def queue_mail_to_staff(
    user: Any,
    template: str,
    *,
    site: Site,
    now: datetime,
    context: Mapping[str, Any] | None = None,
) -> Notice:
    """Write one mail to a member of staff that is about no single case."""
    language = preferred_language(user)
    zone = zoneinfo.ZoneInfo(HandlingSettings.for_site(site).time_zone)
    with translation.override(language), timezone.override(zone):
        values = site_context(site, language) | dict(context or {}) | {"user": user}
        subject, text, html = _render(template, values)
    return _store(
        Notice(
            template=template,
            to_user=user,
            language=language,
            subject=subject,
            text=text,
            html=html,
            state=Notice.State.WAITING if user.email else Notice.State.NO_ADDRESS,
            created_at=now,
            next_try_at=now,
        )
    )


def preferred_language(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    # Not the language of the moment: that is the complainant's, whose reply the mail is about.
    return (profile.get_preferred_language() if profile else "") or settings.LANGUAGE_CODE


def render_notice(
    case: Case,
    template: str,
    *,
    language: str,
    message: Message | None = None,
    context: Mapping[str, Any] | None = None,
) -> tuple[str, str, str]:
    """Subject, text and HTML of a notice, all three in one language and in the organisation's time
    zone.

    What follows a colon in the name of the template says what the notice is about and is not part
    of
    the file's name.
    """
    with translation.override(language), timezone.override(zone_of(case)):
        return _render(
            template, notice_context(case, language, message=message) | dict(context or {})
        )


def _render(template: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    base = f"conduct_complaints/mail/{template.partition(':')[0]}"
    subject = " ".join(render_to_string(f"{base}.subject.txt", dict(values)).split())
    text = render_to_string(f"{base}.txt", dict(values)).strip() + "\n"
    return subject, text, render_to_string(f"{base}.html", dict(values))


def _store(notice: Notice) -> Notice:
    notice.sha256 = hashlib.sha256((notice.subject + notice.text).encode()).hexdigest()
    notice.save()
    if notice.state == Notice.State.WAITING:
        transaction.on_commit(partial(_enqueue, notice.pk), robust=True)
    return notice


def _enqueue(pk: int) -> None:
    from complaints.tasks import send_notice

    send_notice.enqueue(pk)


def claim(pk: int, now: datetime) -> Notice | None:
    """Take a notice for one try, or None where it is not due or somebody else has just taken it."""
    due = Q(next_try_at__lte=now) | Q(next_try_at=None)
    claimed = (
        Notice.objects.filter(due, pk=pk, state=Notice.State.WAITING)
        # Should this process die, the next sweep tries again.
        .update(tries=F("tries") + 1, next_try_at=now + WAITS[0])
    )
    return Notice.objects.select_related("to", "to_user").get(pk=pk) if claimed else None


def record_sent(notice: Notice, now: datetime) -> None:
    Notice.objects.filter(pk=notice.pk).update(
        state=Notice.State.SENT, sent_at=now, next_try_at=None, secret="", to_address="", error=""
    )


def record_failure(notice: Notice, error: str, now: datetime, *, for_good: bool = False) -> None:
    """Plan the next try, or give up: the case shows it; somebody tells the person another way."""
    wait = WAITS[min(notice.tries, len(WAITS)) - 1]
    given_up = for_good or notice.tries > len(WAITS)
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(
            state=Notice.State.FAILED if given_up else Notice.State.WAITING,
            next_try_at=None if given_up else now + wait,
            error=error[:300],
            # Nobody will send it any more, so nobody needs the key nor the address.
            **({"secret": "", "to_address": ""} if given_up else {}),
        )
        if given_up and notice.case and notice.to_id:
            _tell_undelivered(notice.case, now)


def _tell_undelivered(case: Case, now: datetime) -> None:
    from complaints.notices.staff import responsible

    for user in responsible(case):
        queue_staff_notice(case, user, "staff_undelivered", now=now)
