"""How soon a decision is sent, and the copy of the staff concerned (7.8)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from complaints.analysis.sending import Sending, decision_to_sending
from complaints.lifecycle import Objectivity, Refused
from complaints.models import Case, Notice
from complaints.notices.outbox import record_sent
from tests.factories import Staff, act, make_case, make_remedy_kind, proposal
from tests.people import make_handler, make_quality, make_team

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def answered(now: datetime = NOW, owner: Any = None, **fields: Any) -> Case:
    case, staff = make_case("investigating", now=now, **fields), Staff()
    remedies = [{"kind": make_remedy_kind(), "amount": 20, "due_on": date(2026, 6, 19),
                 "description": "To Kim’s account", "owner": owner}]  # fmt: skip
    act(case, "propose", staff.handler, now=now, **proposal(case, remedies=remedies))
    act(case, "approve", staff.lead, now=now + timedelta(hours=2), checklist=list(Objectivity))
    return case


def measured() -> Sending:
    return decision_to_sending(Case.objects.all(), since=NOW, until=NOW + DAY)


@pytest.mark.requirement("10002-7.8")
def test_the_time_from_the_decision_to_sending_is_recorded() -> None:
    cases = [answered() for _ in range(3)]
    phone = answered(complainant={"name": "Kim", "phone": "+44 1", "reply_by": "phone"})
    assert measured() == Sending(0, 4)
    decided = NOW + timedelta(hours=2)
    for minutes, case in zip((1, 4, 60), cases, strict=True):
        notice = case.notices.get(template="answer")
        assert notice.created_at == case.decisions.get().approved_at == decided
        record_sent(notice, decided + timedelta(minutes=minutes))
    assert measured() == Sending(3, 1, timedelta(minutes=4), timedelta(minutes=60))

    act(phone, "record_told", Staff().handler, now=decided + DAY, how="Rang Kim.")

    assert measured() == Sending(4, 0, timedelta(minutes=32), DAY)


def test_answers_of_another_time_are_not_counted() -> None:
    answered(now=NOW - 30 * DAY)
    assert measured() == Sending(0, 0)


@pytest.mark.requirement("10002-7.8")
def test_staff_concerned_get_a_copy_without_what_they_need_not_see() -> None:
    staff, owner = Staff(), make_handler("owner")
    outsider = make_handler("outsider", team=make_team("Far away"))
    make_quality()
    case = answered(owner=owner)
    copies = Notice.objects.filter(case=case, template="staff_answered").order_by("pk")
    assert [copy.to_user for copy in copies] == [staff.handler, owner]
    for copy in copies:
        said = copy.subject + copy.text + copy.html
        assert "1. Delivery: Upheld" in copy.text
        assert "Refund (by 19 June 2026)" in said
        for personal in ("Kim", "parcel", "It rained", "postage", "account"):
            assert personal not in said, personal
    other = answered(owner=outsider)
    told = Notice.objects.filter(case=other, template="staff_answered")
    assert [copy.to_user for copy in told] == [staff.handler]
    letter = Notice.objects.get(case=case, template="answer")
    assert ("It rained" in letter.text, letter.to_user) == (True, None)


def test_an_answer_of_who_was_named_meanwhile_is_not_sent() -> None:
    """Not before they were heard, and then not as they wrote it."""
    case, staff = make_case("deciding", now=NOW), Staff()
    named = case.involvements.create(user=staff.handler, part="named", since=NOW)
    with pytest.raises(Refused, match="has to be informed and heard before the answer"):
        act(case, "approve", staff.lead, now=NOW, checklist=list(Objectivity))
    named.informed_at = named.heard_at = NOW
    named.save()
    with pytest.raises(Refused, match="can't judge this case: send it back"):
        act(case, "approve", staff.lead, now=NOW, checklist=list(Objectivity))
    act(case, "return", staff.lead, now=NOW, reason="Somebody else writes it.")
    assert not Notice.objects.filter(case=case, template__in=["answer", "staff_answered"]).exists()


def test_who_was_named_and_heard_meanwhile_gets_no_copy() -> None:
    case, staff = make_case("deciding", now=NOW), Staff()
    owner = make_handler("owner")
    case.remedies.update(owner=owner)
    case.involvements.create(
        user=owner, part="named", since=NOW, informed_at=NOW, heard_at=NOW, account="Nothing."
    )
    act(case, "approve", staff.lead, now=NOW, checklist=list(Objectivity))
    told = Notice.objects.filter(case=case, template="staff_answered")
    assert owner not in [copy.to_user for copy in told]
