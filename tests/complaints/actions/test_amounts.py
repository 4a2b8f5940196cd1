"""Money is promised with its amount, by whichever door: no limit holds without (5.4.4, F1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from complaints.backoffice.proposal_form import RemedyRow
from complaints.lifecycle import Refused, State
from complaints.models import Case, HandlingSettings, Remedy, RemedyKind
from complaints.models.policy import DeliveryOfAnswer
from tests.factories import Staff, act, make_case, make_remedy_kind, proposal, walk_to

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("10002-5.4.4", "10002-F1")]
NO_AMOUNT = [None, 0, Decimal("0.00"), -5]
WORDS = "Refund of 4,000 EUR"


def apology() -> RemedyKind:
    return RemedyKind.objects.create(code="sorry", name="Sorry", family=RemedyKind.Family.WORDS)


def without_approval(case: Case) -> None:
    settings = HandlingSettings.for_site(case.site)
    settings.approval = DeliveryOfAnswer.SERIOUS_ONLY
    settings.save()


def refused(case: Case, action: str, user: Any, **data: Any) -> dict[str, str]:
    before = case.state
    with pytest.raises(Refused, match="Something is missing: Amount") as refusal:
        act(case, action, user, **data)
    case.refresh_from_db()
    assert (case.state, case.remedies.count()) == (before, 0)
    assert refusal.value.code == "missing"
    return {name: str(words) for name, words in refusal.value.fields.items()}


@pytest.mark.parametrize("amount", NO_AMOUNT)
def test_an_answer_promises_no_money_without_saying_how_much(amount: Any) -> None:
    case = make_case(State.INVESTIGATING)
    without_approval(case)
    refund = {"kind": make_remedy_kind(), "description": WORDS, "amount": amount}

    fields = refused(case, "propose", Staff().handler, **proposal(case, remedies=[refund]))

    assert fields == {"remedies": "Fill this in."}


@pytest.mark.parametrize("amount", NO_AMOUNT)
def test_nothing_is_given_on_the_spot_without_saying_how_much(amount: Any) -> None:
    case = make_case(State.OPEN)
    data = {"text": WORDS, "agreed": True, "remedy_kind": make_remedy_kind(), "amount": amount}

    fields = refused(case, "resolve_early", Staff().handler, **data)

    assert fields == {"amount": "Fill this in."}


@pytest.mark.parametrize("amount", NO_AMOUNT)
def test_a_broken_promise_is_not_paid_without_saying_how_much(amount: Any) -> None:
    case = make_case(State.OPEN, channel="staff")
    data = {"cause": "Rain", "text": WORDS, "remedy_kind": make_remedy_kind(), "amount": amount}

    fields = refused(case, "put_right", Staff().lead, **data)

    assert fields == {"amount": "Fill this in."}


def test_what_is_no_money_needs_no_amount() -> None:
    staff, kind = Staff(), apology()
    proposed = make_case(State.INVESTIGATING)
    without_approval(proposed)
    act(proposed, "propose", staff.handler, **proposal(proposed, remedies=[{"kind": kind}]))
    at_once = make_case(State.OPEN)
    act(at_once, "resolve_early", staff.handler, text="Sorry.", agreed=True, remedy_kind=kind)
    unasked = make_case(State.OPEN, channel="staff")
    act(unasked, "put_right", staff.lead, cause="Rain", text="Sorry.", remedy_kind=kind)

    states = [case.state for case in (proposed, at_once, unasked)]
    assert states == [State.ANSWERED, State.CLOSED, State.PUTTING_RIGHT]


def test_less_than_nothing_makes_no_room_for_more() -> None:
    case = make_case(State.INVESTIGATING)
    rows = [{"kind": make_remedy_kind(), "amount": 500}, {"kind": apology(), "amount": -500}]

    fields = refused(case, "propose", Staff().handler, **proposal(case, remedies=rows))

    assert fields == {"remedies": "Fill this in."}


def row(kind: RemedyKind, amount: str) -> RemedyRow:
    lists: Any = {"kind": (RemedyKind.objects.all(), [])}
    return RemedyRow({"kind": kind.pk, "amount": amount}, lists=lists)


@pytest.mark.parametrize(
    ("amount", "errors"),
    [
        ("", ["Fill this in."]),
        ("0", ["Fill this in."]),
        ("a lot", ["Enter a number."]),
        ("4000", []),
    ],
)
def test_the_row_says_beside_the_amount_that_it_is_missing(amount: str, errors: list[str]) -> None:
    form = row(make_remedy_kind(), amount)

    form.is_valid()

    assert form.errors.get("amount", []) == errors
    assert row(apology(), "").is_valid()


def test_an_older_promise_of_unknown_amount_is_verified_by_somebody_else() -> None:
    case, staff = walk_to(make_case(), State.PUTTING_RIGHT), Staff()
    Remedy.objects.filter(case=case).update(amount=None, currency="")
    remedy = case.remedies.get()
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Bank slip 7")

    with pytest.raises(Refused, match="Somebody else has to verify"):
        act(case, "verify_remedy", staff.handler, remedy=remedy)
    act(case, "verify_remedy", staff.lead, remedy=remedy)

    remedy.refresh_from_db()
    assert remedy.verified_by == staff.lead
