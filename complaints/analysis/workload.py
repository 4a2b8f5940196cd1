"""Who has how much: open, overdue, due this week and waiting, by person and by team (4.3).

Numbers only, counted by the database in a fixed number of queries. Which cases are counted, the
caller decides: `cases` are those that the viewer may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.db.models.functions import TruncWeek

from complaints.analysis.forecast import Forecast, forecast, there_in_week
from complaints.lifecycle import State
from complaints.models import Absence, Team, TeamMember
from complaints.models.case import CaseQuerySet

WEEKS = 12
WEEK = timedelta(days=7)
WAITING = (State.WAITING, State.ANSWERED, State.REFERRED)


@dataclass(frozen=True)
class Load:
    open: int = 0
    overdue: int = 0
    due_this_week: int = 0
    #: With the complainant or outside: somebody else has the next step.
    waiting: int = 0


@dataclass(frozen=True)
class PersonLoad:
    #: None: cases that nobody handles.
    user: Any
    load: Load
    teams: tuple[str, ...] = ()
    absence: Absence | None = None


@dataclass(frozen=True)
class TeamLoad:
    team: Team | None
    load: Load


@dataclass(frozen=True)
class Week:
    """Monday of a week, and what came and went in it."""

    monday: date
    arrived: int
    closed: int


@dataclass(frozen=True)
class Workload:
    people: list[PersonLoad]
    teams: list[TeamLoad]
    weeks: list[Week]
    #: None: too few weeks with cases.
    forecast: Forecast | None = None
    absences: list[Absence] = field(default_factory=list)


def workload(cases: CaseQuerySet, *, teams: Iterable[int] | None, now: datetime) -> Workload:
    """Of these cases; people and absences of these teams (None: of all)."""
    members = TeamMember.objects.filter(user__is_active=True).select_related("user", "team")
    if teams is not None:
        members = members.filter(team__in=list(teams))
    members_by_user: dict[int, list[TeamMember]] = {}
    for member in members:
        members_by_user.setdefault(member.user_id, []).append(member)
    today = now.date()
    absences = list(
        Absence.objects.filter(last_day__gte=today, user__in=list(members_by_user))
        .select_related("user", "deputy")
        .order_by("first_day", "pk")
    )
    away = {a.user_id: a for a in reversed(absences) if a.first_day <= today}
    loads, last_weeks = _loads(cases, "handler", now), weeks(cases, now)
    return Workload(
        people=_people(loads, members_by_user, away),
        teams=_teams(_loads(cases, "team", now)),
        weeks=last_weeks,
        forecast=forecast(
            # Without this week, which is not over.
            last_weeks[:-1],
            open_now=sum(load.open for load in loads.values()),
            people=there_in_week(members_by_user, absences, last_weeks[-1].monday + WEEK),
            is_young=not cases.filter(received_at__lt=_begin(last_weeks[0].monday, now)).exists(),
        ),
        absences=absences,
    )


def _loads(cases: CaseQuerySet, by: str, now: datetime) -> dict[int | None, Load]:
    late = Q(due_at__lt=now)
    rows = (
        cases.open()
        .order_by()
        .values(by)
        .annotate(
            open_count=Count("pk"),
            overdue=Count("pk", filter=late),
            soon=Count("pk", filter=Q(due_at__gte=now, due_at__lt=now + WEEK)),
            waiting=Count("pk", filter=Q(state__in=WAITING)),
        )
    )
    return {
        row[by]: Load(row["open_count"], row["overdue"], row["soon"], row["waiting"])
        for row in rows
    }


def _people(
    loads: Mapping[int | None, Load],
    members: Mapping[int, list[TeamMember]],
    away: Mapping[int, Absence],
) -> list[PersonLoad]:
    """Everybody in a team, and who else has cases; the fullest first, cases of nobody last."""
    users = {pk: rows[0].user for pk, rows in members.items()}
    users |= get_user_model()._default_manager.in_bulk(
        [pk for pk in loads if pk and pk not in users]
    )
    rows = [
        PersonLoad(
            user,
            loads.get(pk, Load()),
            tuple(str(member.team) for member in members.get(pk, ())),
            away.get(pk),
        )
        for pk, user in users.items()
    ]
    rows.sort(key=lambda row: (-row.load.open, row.user.get_full_name() or row.user.get_username()))
    return [*rows, PersonLoad(None, loads[None])] if None in loads else rows


def _teams(loads: Mapping[int | None, Load]) -> list[TeamLoad]:
    known = Team.objects.in_bulk([pk for pk in loads if pk])
    rows = [TeamLoad(known.get(pk) if pk else None, load) for pk, load in loads.items()]
    return sorted(rows, key=lambda row: (row.team is None, -row.load.open, str(row.team)))


def weeks(cases: CaseQuerySet, now: datetime) -> list[Week]:
    """The last twelve weeks, this one included, oldest first."""
    monday = now.date() - timedelta(days=now.weekday())
    first = monday - WEEK * (WEEKS - 1)
    arrived = _per_week(cases, "received_at", first, now)
    closed = _per_week(cases, "closed_at", first, now)
    days = [first + WEEK * number for number in range(WEEKS)]
    return [Week(day, arrived.get(day, 0), closed.get(day, 0)) for day in days]


def _begin(day: date, now: datetime) -> datetime:
    """Its midnight, in the time zone of `now`."""
    return datetime.combine(day, datetime.min.time(), tzinfo=now.tzinfo)


def _per_week(cases: CaseQuerySet, moment: str, first: date, now: datetime) -> dict[date, int]:
    zone = now.tzinfo
    rows = (
        cases.filter(**{f"{moment}__gte": _begin(first, now), f"{moment}__lte": now})
        .order_by()
        .annotate(week=TruncWeek(moment, tzinfo=zone))
        .values("week")
        .annotate(count=Count("pk"))
    )
    return {row["week"].date(): row["count"] for row in rows}
