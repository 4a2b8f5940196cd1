"""What was not taken as a complaint: the letter, the reason, the record and the numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from complaints.analysis.measures import measure_clock
from complaints.lifecycle import Outcome, ScopeReason, State
from complaints.models import Case, ClockName
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_actions import action_url, filled
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

REPORT = "conduct_complaints_admin:refused"


def rows(client: Any, **query: str) -> list[tuple[str, str, int, float]]:
    page = client.get(reverse(REPORT), query)
    return [
        (row.outcome, row.reason or "", row.count, round(row.share, 1))
        for row in page.context["rows"]
    ]


def refuse(case: Case, user: Any, result: str, **data: Any) -> None:
    act(case, "moderate", user, result=result, **data)


@pytest.mark.requirement("FW-SCOPE")
def test_an_employment_grievance_is_told_the_right_way_kept_and_counted_apart(
    browse: Browse, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    sent_at = timezone.now() - timedelta(days=90)
    words = "My manager refuses me the leave that I am owed."
    case = make_case(now=sent_at, description=words)
    client, url = browse(staff.handler), action_url(case, "moderate")
    form = client.get(url).context["form"]
    names = list(form.fields)
    assert names.index("detail") == names.index("scope_reason") + 1
    # Without a reason nothing happens.
    answer = "This is for the works council: council@example.org."
    refused = client.post(url, filled(form, result="out_of_scope", detail=answer, confirmed="1"))
    assert refused.context["form"].errors == {"scope_reason": ["Choose why it is out of scope."]}
    assert Case.objects.get().state == State.RECEIVED
    # With it, the letter is shown, then sent.
    data = filled(form, result="out_of_scope", scope_reason=ScopeReason.EMPLOYMENT, detail=answer)
    preview = client.post(url, data)
    assert answer in preview.context["preview"].text
    assert ("scope_reason", "employment") in preview.context["hidden"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data | {"confirmed": "1"})
    case.refresh_from_db()
    assert (case.state, case.outcome, case.scope_reason) == (
        State.CLOSED, Outcome.OUT_OF_SCOPE, ScopeReason.EMPLOYMENT,
    )  # fmt: skip
    assert mail.outbox[-1].to == ["kim@example.com"]
    assert answer in mail.outbox[-1].body
    # Kept as it was sent, with its reason, for who looks later.
    page = client.get(reverse("conduct_complaints_admin:case", args=[case.reference]))
    assert words in page.content.decode()
    moderated = page.context["timeline"][0]
    assert f"Reason: {ScopeReason.EMPLOYMENT.label}." in moderated.details
    # In no measure of time, but in the table of what was refused.
    handled = make_case("open", now=sent_at)
    now = timezone.now()
    measured = measure_clock(ClockName.ANSWER, since=sent_at, until=now, now=now)
    assert measured.measured == handled.clocks.filter(name=ClockName.ANSWER).count() == 1
    assert rows(browse(people.make_quality())) == [("out_of_scope", "employment", 1, 50.0)]


@pytest.mark.requirement("FW-SCOPE")
def test_refusals_are_counted_by_outcome_and_reason_with_their_share(
    browse: Browse, staff: Staff
) -> None:
    first = make_case()
    for reason in (ScopeReason.EMPLOYMENT, ScopeReason.EMPLOYMENT, ScopeReason.values[-1]):
        # One of the reasons is that it happened too long ago.
        case = make_case(details={"happened_on": date(2020, 1, 5)})
        refuse(case, staff.handler, "out_of_scope", scope_reason=reason, detail="Go there.")
    refuse(make_case(), staff.handler, "duplicate", duplicate_of=first.reference)
    refuse(make_case(), staff.handler, "abuse")
    make_case("open")
    make_case("open")
    assert rows(browse(staff.handler)) == [
        ("out_of_scope", "employment", 2, 25.0),
        ("out_of_scope", ScopeReason.values[-1], 1, 12.5),
        ("duplicate", "", 1, 12.5),
        ("abuse", "", 1, 12.5),
    ]


def test_only_what_came_in_during_the_time_chosen_counts(browse: Browse, staff: Staff) -> None:
    long_ago = timezone.now() - timedelta(days=500)
    refuse(make_case(now=long_ago), staff.handler, "abuse")
    client = browse(staff.handler)
    page = client.get(reverse(REPORT))
    assert "0 cases came in during this time; none was refused." in page.content.decode()
    day = timezone.localtime(long_ago).date().isoformat()
    assert rows(client, since=day, until=day) == [("abuse", "", 1, 100.0)]
    wrong = client.get(reverse(REPORT), {"since": "2026-02-02", "until": "2026-02-01"})
    assert wrong.context["form"].errors == {
        "until": ["Choose a day that is not before the first one."]
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (people.make_quality, True),
        (people.make_auditor, True),
        (people.make_privacy, True),
        (lambda: people.make_handler("other", team=people.make_team("Billing")), False),
    ],
    ids=["quality", "auditor", "privacy", "other team"],
)
def test_everybody_counts_the_cases_they_may_see_and_no_name_stands_there(
    who: Callable[[], Any], sees: bool, browse: Browse, staff: Staff
) -> None:
    case = make_case()
    refuse(case, staff.handler, "abuse")
    client = browse(who())
    assert rows(client) == ([("abuse", "", 1, 100.0)] if sees else [])
    page = client.get(reverse(REPORT)).content.decode()
    for personal in ("Kim", "parcel", case.reference):
        assert personal not in page
    assert reverse(REPORT) in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_report_costs_the_same_for_few_and_for_many(
    browse: Browse, staff: Staff, django_assert_max_num_queries: Any
) -> None:
    for _number in range(6):
        refuse(make_case(), staff.handler, "abuse")
    client = browse(people.make_quality())
    client.get(reverse(REPORT))
    with django_assert_max_num_queries(20):
        client.get(reverse(REPORT))
