"""Mails about saved lists: numbers, references, links; once, and only while there is something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from complaints.automation import run_clocks
from complaints.digests import send_digests
from complaints.lifecycle import Kind
from complaints.models import Case, ListDigest, Notice, SavedList
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

Every = ListDigest.Every
#: A Wednesday morning.
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def make_digest(user: Any, every: str = Every.AT_ONCE, **fields: Any) -> ListDigest:
    fields = {"name": "About Kim", "preset": "open", "query": "kind=question"} | fields
    saved = SavedList.objects.create(owner=user, **fields)
    return ListDigest.objects.create(saved_list=saved, user=user, every=every, last_sent_at=NOW)


def mails() -> list[Notice]:
    return list(Notice.objects.filter(template="staff_digest"))


def test_what_comes_into_a_list_is_told_at_once_and_once(staff: Staff) -> None:
    make_digest(staff.handler)
    assert send_digests(NOW) == 0
    first, _other = make_case(kind=Kind.QUESTION), make_case()
    assert [send_digests(NOW), send_digests(NOW)] == [1, 0]
    second = make_case(kind=Kind.QUESTION)
    act(first, "note", staff.handler, text="Nothing new in the list")
    assert [send_digests(NOW), send_digests(NOW)] == [1, 0]
    one, two = mails()
    assert (one.to_user, one.subject) == (staff.handler, "One new case in your saved list")
    assert first.reference in one.text
    assert (second.reference in two.text, first.reference in two.text) == (True, False)
    assert "are 2 cases." in two.text


@pytest.mark.requirement("GDPR-32")
def test_a_mail_has_nothing_of_the_cases_and_no_word_that_somebody_typed(staff: Staff) -> None:
    digest = make_digest(staff.handler)
    case = make_case(kind=Kind.QUESTION)
    send_digests(NOW)
    mail = mails()[0]
    for part in (mail.subject, mail.text, mail.html):
        for secret in ("Kim", "parcel", "About", case.subject):
            assert secret not in part
    assert "\n\n\n" not in mail.text
    for name in ("saved_list", "saved_list_mails"):
        path = reverse(f"conduct_complaints_admin:{name}", args=[digest.saved_list_id])
        assert path in mail.text
        assert path in mail.html


@pytest.mark.parametrize(
    ("every", "later", "expected"),
    [
        (Every.DAILY, timedelta(hours=10), 0),
        # Not in the night, but in the morning.
        (Every.DAILY, timedelta(hours=16), 0),
        (Every.DAILY, timedelta(hours=22), 1),
        (Every.WEEKLY, timedelta(days=3), 0),
        (Every.WEEKLY, timedelta(days=4, hours=20), 0),
        (Every.WEEKLY, timedelta(days=4, hours=22), 1),
        # The machine was off on Monday.
        (Every.WEEKLY, timedelta(days=6), 1),
    ],
)
def test_mails_of_the_day_and_of_the_week_come_in_the_morning(
    every: str, later: timedelta, expected: int, staff: Staff
) -> None:
    make_case(kind=Kind.QUESTION)
    make_digest(staff.handler, every)
    assert [send_digests(NOW + later) for _time in range(2)] == [expected, 0]


@pytest.mark.parametrize("every", Every)
def test_nothing_is_sent_while_nothing_is_in_the_list(every: str, staff: Staff) -> None:
    make_case()
    make_digest(staff.handler, every)
    assert [send_digests(NOW + timedelta(days=days)) for days in range(10)] == [0] * 10
    assert mails() == []


def test_a_daily_mail_says_what_is_there_also_when_nothing_is_new(staff: Staff) -> None:
    make_case(kind=Kind.QUESTION)
    make_digest(staff.handler, Every.DAILY)
    for days in (1, 2):
        send_digests(NOW + timedelta(days=days))
    assert [mail.subject for mail in mails()] == [
        "One new case in your saved list", "One case in your saved list",
    ]  # fmt: skip


def test_a_mail_is_in_the_language_of_who_reads_it(staff: Staff) -> None:
    profile = UserProfile.get_for_user(staff.handler)
    profile.preferred_language = "ar"
    profile.save()
    make_digest(staff.handler)
    make_case(kind=Kind.QUESTION)
    send_digests(NOW)
    mail = mails()[0]
    assert mail.language == "ar"
    assert 'dir="rtl"' in mail.html


@pytest.mark.requirement("GDPR-32")
def test_who_may_no_longer_see_is_no_longer_told(staff: Staff) -> None:
    """Not their case, not their list any more, not on the staff any more."""
    gone = people.make_handler("gone", is_active=False)
    make_digest(gone)
    make_digest(people.make_handler("other", team=people.make_team("Billing")))
    unshared = make_digest(staff.lead)
    unshared.user = people.make_handler("colleague")
    unshared.save()
    make_case(kind=Kind.QUESTION)
    assert send_digests(NOW) == 0
    SavedList.objects.filter(pk=unshared.saved_list_id).update(sharing="everybody")
    assert send_digests(NOW) == 1


def test_run_clocks_sends_them(staff: Staff) -> None:
    make_digest(staff.handler)
    make_case(kind=Kind.QUESTION)
    assert [run_clocks().digests, run_clocks().digests] == [1, 0]


def test_a_list_that_fails_keeps_no_other_waiting(
    staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    make_digest(staff.lead, query="team=nonsense")
    make_digest(staff.handler)
    make_case(kind=Kind.QUESTION)
    assert send_digests(NOW) == 1
    assert "about a saved list could not be made" in caplog.text


def test_mails_are_asked_for_and_stopped_with_one_click(browse: Browse, staff: Staff) -> None:
    known = make_case(kind=Kind.QUESTION)
    saved = SavedList.objects.create(owner=staff.handler, name="Q", preset="open", query="")
    client = browse(staff.handler)
    page = reverse("conduct_complaints_admin:saved_list_mails", args=[saved.pk])
    assert "Stop these mails" not in client.get(page).content.decode()
    client.post(page, {"every": "at_once"})
    assert ListDigest.objects.get().known == [known.pk]
    client.post(page, {"every": "weekly"})
    assert ListDigest.objects.get().every == Every.WEEKLY
    assert "Stop these mails" in client.get(page).content.decode()
    client.post(page, {"stop": "1"})
    assert ListDigest.objects.count() == 0


def test_of_a_long_list_only_what_changed_is_new(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old case that slides into what is remembered was there all the time."""
    monkeypatch.setattr("complaints.digests.REMEMBERED", 2)
    cases = [make_case(kind=Kind.QUESTION) for _number in range(3)]
    for number, case in enumerate(cases):
        Case.objects.filter(pk=case.pk).update(changed_at=NOW - timedelta(days=9 - number))
    digest = make_digest(staff.handler)
    digest.known = [cases[2].pk, cases[1].pk]
    digest.save()
    Case.objects.filter(pk=cases[2].pk).update(kind=Kind.COMPLAINT)
    assert send_digests(NOW) == 0
