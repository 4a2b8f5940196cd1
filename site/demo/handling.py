"""What the back office can do beyond the usual way, shown on cases that are there already.

Words that complainants read are in their language: these are English cases. The rest is for staff.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation

from complaints.access import Actor
from complaints.lifecycle import NamedStep, Others, perform
from complaints.models import Absence, AuthorityLimit, Case, Category, Competence
from complaints.states import LinkKind, State
from complaints.working_calendar import WorkingCalendar

#: Of the first Korean complaint, as a colleague understood it.
TRANSLATED = (
    "I had clearly written to leave it at the guard's office if I am out, but on a rainy day it "
    "was just put down at the front door. The chilli powder and dried anchovies that my mother "
    "sent are all soaked and can't be eaten any more."
)


def make_capacity(people: dict[str, Any], now: datetime) -> None:
    """Training with an end, somebody away next week, and who may promise how much."""
    today = timezone.localdate(now)
    damaged = Category.objects.get(code="damaged")
    for username, subject, category, days in (
        ("handler", "Complaints handling, two days", None, 400),
        ("handler2", "Complaints handling, two days", None, 40),
        ("handler2", "Damaged goods: evidence and value", damaged, 200),
        ("lead", "Deciding fairly", None, 300),
    ):
        Competence.objects.create(
            user=people[username],
            subject=subject,
            category=category,
            gained_on=today - timedelta(days=365),
            expires_on=today + timedelta(days=days),
            evidence="Certificate on file",
        )
    Absence.objects.create(
        user=people["handler2"],
        deputy=people["handler"],
        first_day=today + timedelta(days=7),
        last_day=today + timedelta(days=18),
    )
    for role, amount in ((AuthorityLimit.For.HANDLER, 30), (AuthorityLimit.For.LEAD, 1000)):
        AuthorityLimit.objects.create(role=role, amount=amount, currency="EUR")


def show_handling(people: dict[str, Any], now: datetime) -> None:
    """One case for each thing that handlers and leads can do."""
    lead = Actor.staff(people["lead"])

    def do(case: Case, action: str, actor: Actor = lead, **data: Any) -> None:
        perform(case, action, actor=actor, data=data, now=now)

    with translation.override("en"):
        _translate(do)
        _one_incident(do)
        _about_a_colleague(do, people)
        _limit_contact(do, now)
        _more_time(do, now)
        _go_to_others(do, now)
        _call_a_colleague(do)


Do = Callable[..., None]


def _open(language: str, *states: str) -> list[Case]:
    cases = Case.objects.filter(language=language, state__in=states, kind="complaint", held=False)
    return list(cases.exclude(team=None).order_by("pk"))


def _translate(do: Do) -> None:
    case = Case.objects.filter(language="ko", kind="complaint").order_by("pk").first()
    assert case is not None
    original = case.messages.get(purpose="original")
    do(case, "translate", message=original, language="en", text=TRANSLATED)


def _one_incident(do: Do) -> None:
    """Two customers of one rainy day: one incident, an answer for each."""
    first, second = _open("de", *UNDER_WAY)[0], _open("fr", *UNDER_WAY)[0]
    do(second, "link", other=first, link_kind=LinkKind.INCIDENT)


def _about_a_colleague(do: Do, people: dict[str, Any]) -> None:
    case = next(c for c in _open("es", *UNDER_WAY) if c.handler != people["handler2"])
    do(case, "name_staff", colleague=people["handler2"], reason="Took the call in question.")
    part = case.involvements.get(user=people["handler2"], part="named")
    do(case, "record_named", named=part, step=NamedStep.INFORMED)
    do(case, "record_named", named=part, step=NamedStep.SUPPORTED)


def _limit_contact(do: Do, now: datetime) -> None:
    case = _open("en", *UNDER_WAY)[0]
    do(
        case,
        "restrict_contact",
        measure="written",
        until=timezone.localdate(now) + timedelta(days=60),
        reason="Thirty calls a day to the counter; letters are answered all the same.",
        text="You have called us very often, and we can not help others meanwhile. Please write "
        "to us for the next two months: everything you write is read and answered.",
    )


def _more_time(do: Do, now: datetime) -> None:
    for case in _open("en", *UNDER_WAY):
        clock = case.clocks.filter(name="answer", stopped_at=None, due_at__gt=now).first()
        if clock is not None:
            calendar = WorkingCalendar.for_site(case.site)
            until = timezone.localdate(clock.due_at) + timedelta(days=7)
            while not calendar.is_working_day(until):
                until += timedelta(days=1)
            do(
                case,
                "extend",
                until=until,
                text="The depot needs a week more to find the scanner's records.",
            )
            return


def _go_to_others(do: Do, now: datetime) -> None:
    """An upheld case whose tour had more parcels on it."""
    case = Case.objects.filter(state=State.PUTTING_RIGHT).order_by("pk").first()
    assert case is not None
    decision = case.decisions.order_by("-number").first()
    assert decision is not None
    decision.others = Others.SOME
    decision.save(update_fields=["others"])
    case.outreach.create(
        who="Everybody with a parcel on tour 7 of that day: the depot has the list.",
        owner=case.handler,
        due_on=timezone.localdate(now) + timedelta(days=14),
        created_at=now,
    )


def _call_a_colleague(do: Do) -> None:
    case = _open("vi", *UNDER_WAY)[0]
    do(case, "note", text="@lead Could you look at the photographs? I am not sure about the value.")


#: States of cases that somebody works on.
UNDER_WAY = (State.OPEN, State.INVESTIGATING, State.WAITING, State.DECIDING, State.REVIEWING)
