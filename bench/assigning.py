"""One case given to a colleague, and five hundred of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from bench.visiting import CSRF, Visit, cookie_of

LEAD, COLLEAGUES = "lead", ("handler", "handler2")
MANY = 500
#: More than are needed: some are not for everybody.
LOOKED_AT = 1500


@dataclass
class Giving:
    """The same cases go to and fro, each time as somebody does who has just looked at them."""

    keys: list[int]
    times: int = 0
    people: list[Any] = field(default_factory=list)

    def next(self) -> tuple[dict[int, int], int]:
        """The cases with their versions, and to whom they go. What was asked before was done."""
        from complaints.models import Case

        rows = Case.objects.filter(pk__in=self.keys).order_by("due_at", "pk")
        found = list(rows.values_list("pk", "version", "handler"))
        if self.times and {handler for *_rest, handler in found} != {self._person().pk}:
            raise RuntimeError("Not all cases were given to the colleague.")
        self.times += 1
        return {pk: version for pk, version, _handler in found}, self._person().pk

    def _person(self) -> Any:
        return self.people[self.times % len(self.people)]


def are_enough() -> bool:
    """A small database has not so many cases to give to somebody."""
    return len(_cases()) > MANY


def one_assign() -> Visit:
    """As the form of the case page posts it; the answer leads back to the case."""
    from complaints.models import Case

    giving = Giving(_cases()[-1:], people=_people())

    def fields() -> dict[str, str]:
        versions, person = giving.next()
        version = next(iter(versions.values()))
        return {
            "handler": str(person),
            "version": str(version),
            "submission_id": uuid.uuid4().hex,
            **CSRF,
        }

    reference = Case.objects.get(pk=giving.keys[0]).reference
    path = f"/admin/cases/{reference}/assign/"
    return Visit([path], cookie_of(LEAD), fields, status=302)


def bulk_assign(step: str) -> Visit:
    """As the preview posts it ("do"), or the form before it ("preview")."""
    giving = Giving(_cases()[:MANY], people=_people())

    def fields() -> dict[str, str]:
        versions, person = giving.next()
        if step == "preview":
            # Nothing is done.
            giving.times = 0
        chosen = ",".join(f"{pk}:{version}" for pk, version in versions.items())
        return {
            "step": step,
            "chosen": chosen,
            "handler": str(person),
            "batch": uuid.uuid4().hex,
            **CSRF,
        }

    shows, status = ("", 302) if step == "do" else ("Handler", 200)
    return Visit(["/admin/cases/bulk/assign/"], cookie_of(LEAD), fields, shows, status)


def _people() -> list[Any]:
    users = get_user_model().objects
    return [users.get(username=name) for name in COLLEAGUES]


@cache
def _cases() -> list[int]:
    """So many that the lead may give to both colleagues, and one more."""
    from complaints.models import Case

    lead = get_user_model().objects.get(username=LEAD)
    led = [one.team_id for one in lead.complaint_memberships.filter(is_lead=True)]
    seen = Case.objects.visible_to(lead).open().filter(team__in=led)
    looked_at = seen.order_by("-due_at", "pk").select_related("site")[:LOOKED_AT]
    return [case.pk for case in islice(_assignable(looked_at), MANY + 1)]


def _assignable(cases: Iterable[Any]) -> Iterable[Any]:
    from complaints.access import Actor, has_role, is_open_to_action
    from complaints.assigning import obstacle
    from complaints.lifecycle import ACTIONS

    people, now, action = _people(), timezone.now(), ACTIONS["assign"]
    lead = Actor.staff(get_user_model().objects.get(username=LEAD))
    for case in cases:
        is_possible = is_open_to_action(case, action) and has_role(lead, case, action)
        if is_possible and not any(obstacle(person, case, now) for person in people):
            yield case
