"""The columns of an export: names and codes that stay the same in every language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from complaints.access import sees_personal_data
from complaints.backoffice.appearance import person_name
from complaints.models import Case, ExtraQuestion, Team
from complaints.transfer.importing import WATERMARK
from conduct.table_cells import harmless

Value = Callable[[Case], Any]
Kind = ExtraQuestion.Kind

SEPARATOR = "; "


def _issues(field: str) -> Value:
    """Codes of all issues, each once."""

    def value(case: Case) -> str:
        found = [getattr(issue, field) for issue in case.issues.all()]
        return SEPARATOR.join(dict.fromkeys(row.code for row in found if row))

    return value


def _plain(name: str) -> Value:
    return lambda case: getattr(case, name)


def _pseudonym(case: Case) -> str:
    """Who handles it, told apart but not named."""
    return f"staff-{case.handler_id}" if case.handler_id else ""


def _person(name: str) -> Value:
    return lambda case: getattr(case.complainant, name)


CASE: dict[str, Value] = {
    "reference": _plain("reference"),
    "kind": _plain("kind"),
    "state": _plain("state"),
    "outcome": _plain("outcome"),
    "received_at": _plain("received_at"),
    "due_at": _plain("due"),
    "answered_at": _plain("answered_at"),
    "closed_at": _plain("closed_at"),
    "channel": _plain("channel"),
    "language": _plain("language"),
    "category": _issues("category"),
    "promise": _issues("promise"),
    "priority": _plain("priority"),
    "severity": _plain("severity"),
    "stage": _plain("stage"),
    "contested": _plain("contested"),
    "confidential": _plain("confidential"),
    "scope_reason": _plain("scope_reason"),
    "handler": _pseudonym,
}
PERSONAL: dict[str, Value] = {
    "handler_name": lambda case: person_name(case.handler) if case.handler else "",
    "name": _person("name"),
    "email": _person("email"),
    "phone": _person("phone"),
    "description": _plain("description"),
    "effect": _plain("effect"),
    "remedy_wanted": _plain("remedy_wanted"),
}


class Columns:
    """Made within the request: what is sent later knows neither its language nor its time zone."""

    def __init__(self, *, viewer: Any, personal: bool, mark: str) -> None:
        self.viewer = viewer
        self.personal = personal
        self.mark = harmless(mark)
        self.time_zone = timezone.get_current_timezone()
        teams = {team.pk: str(team) for team in Team.objects.all()}
        self.case = CASE | {"team": lambda case: teams.get(case.team_id, "")}
        asked = ExtraQuestion.objects.exclude(kind=Kind.FILE).order_by("order", "code")
        if not personal:
            asked = asked.filter(kind__in=[Kind.CHOICE, Kind.CHOICES])
        self.questions = dict(asked.values_list("pk", "code"))

    @property
    def names(self) -> list[str]:
        """A question's code has a prefix: it may be called like a column of ours."""
        personal = list(PERSONAL) if self.personal else []
        questions = (f"q-{code}" for code in self.questions.values())
        return [*self.case, *personal, *questions, WATERMARK]

    def may_read(self, case: Case) -> bool:
        return self.personal and sees_personal_data(self.viewer, case)

    def values(self, case: Case) -> list[str]:
        words = self.may_read(case)
        row = [self._written(value(case)) for value in self.case.values()]
        if self.personal:
            row += [harmless(value(case)) if words else "" for value in PERSONAL.values()]
        return [*row, *self._answers(case, words=words), self.mark]

    def _answers(self, case: Case, *, words: bool) -> list[str]:
        """Codes of options for all who see the case, text for who may read words."""
        said: dict[int, list[str]] = {}
        for answer in case.extra_answers.all():
            if answer.option:
                said.setdefault(answer.question_id, []).append(answer.option.code)
            elif words:
                said.setdefault(answer.question_id, []).append(answer.text)
        return [harmless(SEPARATOR.join(said.get(question, []))) for question in self.questions]

    def _written(self, value: Any) -> str:
        if isinstance(value, datetime):
            return timezone.localtime(value, self.time_zone).isoformat(timespec="minutes")
        if isinstance(value, bool):
            return "yes" if value else "no"
        return harmless(value)
