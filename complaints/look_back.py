"""Once a month a small organisation looks back for patterns (ISO 10002:2018, annex B)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from complaints.models import HandlingSettings, Issue, Notice
from complaints.models.case import CaseQuerySet
from complaints.notices.outbox import preferred_language, queue_mail
from complaints.working_calendar import ONE_DAY, WorkingCalendar

#: The month and the site follow: each site is reminded once a month.
TEMPLATE = "look_back"
MOST_COMMON = 3


def first_working_day(month: date, calendar: WorkingCalendar) -> date:
    """`month` is any day of it. Where a whole month is free, its last day."""
    day = month.replace(day=1)
    while not calendar.is_working_day(day) and (day + ONE_DAY).month == day.month:
        day += ONE_DAY
    return day


def is_time(rules: HandlingSettings, now: datetime) -> bool:
    """From the first working day of the month on, where the organisation is small."""
    if not rules.small_mode:
        return False
    calendar = WorkingCalendar.from_settings(rules)
    today = calendar.day_of(now)
    return today >= first_working_day(today, calendar)


def month_of(rules: HandlingSettings, now: datetime) -> str:
    """The month in which somebody looks back, as 2026-03."""
    return f"{WorkingCalendar.from_settings(rules).day_of(now):%Y-%m}"


def remind_to_look_back(now: datetime) -> int:
    """Write to who leads, once a month a site; how many mails. Safe to run twice."""
    small = HandlingSettings.objects.filter(small_mode=True).values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(small))


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    # One at a time: the mail that is found again is the proof that it was written.
    rules = (
        HandlingSettings.objects.select_for_update(of=("self",)).select_related("site").get(pk=pk)
    )
    template = f"{TEMPLATE}:{month_of(rules, now)}:{rules.site_id}"
    if not is_time(rules, now) or Notice.objects.filter(template=template).exists():
        return 0
    people = _who_leads()
    for user in people:
        queue_mail(
            user.email, template, site=rules.site, language=preferred_language(user), now=now,
            context={"link": _link(rules)},
        )  # fmt: skip
    return len(people)


def _link(rules: HandlingSettings) -> str:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or rules.site.root_url
    return f"{base.rstrip('/')}{reverse('wagtailadmin_home')}"


def _who_leads() -> list[Any]:
    """The leads of the teams; administrators where there is none."""
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    users = users.select_related("wagtail_userprofile")
    leads = users.filter(complaint_memberships__is_lead=True).distinct()
    return list(leads) or list(users.filter(is_superuser=True))


@dataclass(frozen=True)
class LastMonth:
    """What the month before was like, in numbers."""

    first: date
    received: int
    closed: int
    overdue: int
    #: Category and how often, the most common first.
    common: list[tuple[str, int]]


def last_month(cases: CaseQuerySet, rules: HandlingSettings, now: datetime) -> LastMonth:
    """Of these cases: the caller says which somebody may see."""
    zone = WorkingCalendar.from_settings(rules).zone
    end = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begin = (end - timedelta(days=1)).replace(day=1)
    received = Q(received_at__gte=begin, received_at__lt=end)
    counted = cases.order_by().aggregate(
        received=Count("pk", filter=received),
        closed=Count("pk", filter=Q(closed_at__gte=begin, closed_at__lt=end)),
    )
    issues = Issue.objects.filter(case__in=cases.filter(received).order_by().values("pk"))
    named = issues.filter(category__isnull=False).values("category__name", "category__code")
    common = named.annotate(count=Count("pk")).order_by("-count", "category__code")
    return LastMonth(
        begin.date(),
        counted["received"],
        counted["closed"],
        cases.overdue(now).count(),
        [
            (row["category__name"] or row["category__code"], row["count"])
            for row in common[:MOST_COMMON]
        ],
    )
