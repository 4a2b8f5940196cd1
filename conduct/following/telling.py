"""Which followers have to be told what: found from the editions, so that nothing can be forgotten.

There is no list of announcements that a killed process could leave half done: whoever followed when
something happened and has no mail about it yet gets one. The database lets nobody have two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from conduct.models.edition import Edition
from conduct.models.follower import Follower, FollowerMail, Purpose

#: News that is older is none: nobody is told after a standstill that was longer.
NEWS = timedelta(days=30)
#: Mails are kept as long, so that nobody hears of an edition twice, and then some.
KEPT = timedelta(days=90)
BATCH = 500


def write_mails(now: datetime | None = None) -> int:
    """Write the mails that are due by `now`; the number of people they go to.

    Safe to run twice and on two machines at once.
    """
    now = now or timezone.now()
    return sum(_write(edition, purpose, since, now) for edition, purpose, since in happened(now))


def happened(now: datetime) -> Iterator[tuple[Edition, Purpose, datetime]]:
    """(edition, what happened, when) of the last days: published, or a postponed one in force."""
    since = now - NEWS
    editions = Edition.objects.order_by("pk")
    for edition in editions.filter(created_at__gt=since, created_at__lte=now):
        yield edition, Purpose.PUBLISHED, edition.created_at
    later = Edition.objects.filter(
        series=OuterRef("series"),
        number__gt=OuterRef("number"),
        effective_from__lte=OuterRef("effective_from"),
    )
    # One that was overtaken before its day never comes into force.
    in_force = editions.filter(~Exists(later), effective_from__gt=since, effective_from__lte=now)
    for edition in in_force.filter(effective_from__gt=F("created_at")):
        yield edition, Purpose.IN_FORCE, edition.effective_from


def forget_old_mails(now: datetime) -> None:
    """Delete what only says who was told what long ago."""
    old = FollowerMail.objects.filter(created_at__lt=now - KEPT)
    old.exclude(state=FollowerMail.State.WAITING).delete()


def _write(edition: Edition, purpose: Purpose, since: datetime, now: datetime) -> int:
    has_one = FollowerMail.objects.filter(follower=OuterRef("pk"), edition=edition, purpose=purpose)
    followers = Follower.objects.confirmed().filter(
        ~Exists(has_one), series=edition.series, confirmed_at__lte=since
    )
    mails = [
        FollowerMail(
            follower_id=pk, edition=edition, purpose=purpose, created_at=now, next_try_at=now
        )
        for pk in followers.order_by("pk").values_list("pk", flat=True)
    ]
    FollowerMail.objects.bulk_create(mails, batch_size=BATCH, ignore_conflicts=True)
    return len(mails)
