"""The live rules of one site: time limits, calendar, approval, teams, categories, authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from complaints.backoffice.appearance import person_name
from complaints.lifecycle import Priority
from complaints.models import (
    AuthorityLimit,
    Category,
    ClockName,
    HandlingSettings,
    Holiday,
    Team,
    TeamMember,
)

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class ClockRow:
    label: str | LazyText
    limit: str
    starts: str
    note: str = ""


@dataclass(frozen=True)
class TeamRow:
    name: str
    leads: list[str]
    members: int


@dataclass(frozen=True)
class CategoryRow:
    name: str
    parent: str
    team: str
    needs_training: bool


def working_days(count: int) -> str:
    return ngettext("%(count)d working day", "%(count)d working days", count) % {"count": count}


def clock_rows(rules: HandlingSettings) -> list[ClockRow]:
    return [_clock(name, rules) for name in ClockName] + [
        ClockRow(
            _("Reopening by the complainant"),
            ngettext("%(count)d calendar day", "%(count)d calendar days", rules.reopen_days)
            % {"count": rules.reopen_days},
            _("From closing"),
        )
    ]


def _clock(name: ClockName, rules: HandlingSettings) -> ClockRow:
    stands_still = _("Stands still while a question is with the complainant.")
    if name == ClockName.ACKNOWLEDGE:
        return ClockRow(name.label, working_days(rules.acknowledge_days), _("From receipt"))
    if name == ClockName.ANSWER:
        return ClockRow(name.label, _answer_limits(rules), _("From receipt"), stands_still)
    if name == ClockName.REVIEW:
        limit = working_days(rules.answer_days)
        return ClockRow(name.label, limit, _("From the request for a review"), stands_still)
    if name == ClockName.UPDATE:
        limit = working_days(rules.update_days)
        return ClockRow(
            name.label, limit, _("From our last message, until the answer"), stands_still
        )
    if name == ClockName.REMEDY:
        limit = _("By the day that was promised; where none was: %(days)s") % {
            "days": working_days(rules.remedy_days)
        }
        return ClockRow(name.label, limit, _("From the answer"), _("Ends when it is verified."))
    note = _("After that, silence counts as acceptance. The answer says so.")
    return ClockRow(name.label, working_days(rules.silence_days), _("From the answer"), note)


def _answer_limits(rules: HandlingSettings) -> str:
    return "; ".join(
        _("%(priority)s priority: %(days)s")
        % {"priority": priority.label, "days": working_days(rules.answer_days_for(priority))}
        for priority in Priority
    )


def weekdays(rules: HandlingSettings) -> list[str]:
    """The working week in words, Monday first."""
    return [str(WEEKDAYS[int(day) - 1]) for day in sorted(rules.working_weekdays)]


def coming_holidays(today: date) -> list[Holiday]:
    return list(Holiday.objects.filter(day__gte=today, day__lte=today + YEAR))


def team_rows() -> list[TeamRow]:
    members = TeamMember.objects.filter(user__is_active=True).select_related("user")
    by_team: dict[int, list[TeamMember]] = {}
    for member in members.order_by("user__first_name", "user__last_name", "pk"):
        by_team.setdefault(member.team_id, []).append(member)
    return [
        TeamRow(
            str(team),
            [person_name(m.user) for m in by_team.get(team.pk, []) if m.is_lead],
            len(by_team.get(team.pk, [])),
        )
        for team in Team.objects.all()
    ]


def category_rows() -> list[CategoryRow]:
    categories = Category.objects.filter(is_active=True).select_related("team", "parent")
    return [
        CategoryRow(
            str(category),
            str(category.parent or ""),
            str(category.team or ""),
            category.needs_training,
        )
        for category in categories
    ]


def authority_limits() -> list[AuthorityLimit]:
    return list(AuthorityLimit.objects.select_related("remedy_kind"))


def rules_of(site: Site, today: date) -> dict[str, Any]:
    """All of it, for the page."""
    rules = HandlingSettings.for_site(site)
    return {
        "rules": rules,
        "clocks": clock_rows(rules),
        "weekdays": weekdays(rules),
        "holidays": coming_holidays(today),
        "teams": team_rows(),
        "categories": category_rows(),
        "limits": authority_limits(),
    }
