"""Reminders of reviews: to whom, when, once each, and never lost; and what editors see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.automation import run_clocks
from conduct.models import (
    CodeFramework,
    CodeOfConductPage,
    Edition,
    Promise,
    Review,
    ReviewReminder,
)
from conduct.reviewing import due
from conduct.reviewing.reminding import remind
from tests.people import make_editor, make_user

REVIEW_DATE = dt.date(2027, 3, 1)
DEAD = "django.core.mail.backends.smtp.EmailBackend"


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture
def accountable(edition: Edition, code_draft: CodeOfConductPage) -> Any:
    user = make_user("dana", "Editors")
    CodeOfConductPage.objects.filter(pk=code_draft.pk).update(accountable=user)
    return user


def sent() -> list[tuple[str, str]]:
    return [(message.to[0], message.subject) for message in mail.outbox]


@pytest.mark.requirement("10001-8.4")
def test_who_answers_for_it_is_reminded_once_before_and_once_after(accountable: Any) -> None:
    remind(at(REVIEW_DATE - days(31)))
    assert sent() == []

    for day in (REVIEW_DATE - days(30), REVIEW_DATE - days(29), REVIEW_DATE):
        remind(at(day))
    assert sent() == [("dana@example.org", "A review is due soon")]
    assert "Review of “Code of conduct”" in mail.outbox[0].body
    assert "It is due on 1 March 2027." in mail.outbox[0].body

    for number in (1, 2, 40):
        remind(at(REVIEW_DATE + days(number)))
    assert sent()[1:] == [("dana@example.org", "A review is overdue")]


def test_without_a_person_the_organisation_is_reminded(edition: Edition) -> None:
    assert remind(at(REVIEW_DATE + days(1))) == 1

    assert sent() == [("hello@example.org", "A review is overdue")]


def test_a_person_gets_one_mail_about_all_that_is_due(
    edition: Edition, promise: Promise, make_promise: Callable[..., Promise]
) -> None:
    owner = make_user("omar")
    expired = {"evidence_en": "Scans", "evidence_expires_on": dt.date(2027, 2, 20)}
    make_promise("D2", owner=owner, review_on=REVIEW_DATE, **expired)

    remind(at(REVIEW_DATE - days(3)))

    to_omar = next(message for message in mail.outbox if message.to == ["omar@example.org"])
    assert to_omar.subject == "A review is overdue"
    assert "Evidence for promise D2: We deliver within 3 working days." in to_omar.body
    assert "It was due on 20 February 2027." in to_omar.body
    assert "Review of promise D2: We deliver within 3 working days." in to_omar.body
    assert "Review of “Code of conduct”" not in to_omar.body


def test_it_is_written_in_the_recipients_language(accountable: Any) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=accountable, defaults={"preferred_language": "ar"})

    remind(at(REVIEW_DATE + days(1)))

    [message] = mail.outbox
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert '<html lang="ar" dir="rtl">' in html
    assert message.extra_headers["Content-Language"] == "ar"
    assert "مراجعة" in message.body
    assert "Review of" not in message.body


def test_while_the_mail_server_is_down_nothing_is_lost(accountable: Any, settings: Any) -> None:
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = DEAD, "127.0.0.1", 9
    now = at(REVIEW_DATE + days(1))
    assert remind(now) == 0
    assert ReviewReminder.objects.get().sent_at is None

    settings.EMAIL_BACKEND = backend
    assert remind(now + dt.timedelta(minutes=1)) == 0  # it waits before it tries again
    assert remind(now + dt.timedelta(minutes=2)) == 1
    assert remind(now + dt.timedelta(days=2)) == 0
    assert sent() == [("dana@example.org", "A review is overdue")]


def test_a_reminder_that_was_dealt_with_meanwhile_is_dropped(
    accountable: Any, settings: Any, make_review: Callable[..., Review]
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = DEAD, "127.0.0.1", 9
    now = at(REVIEW_DATE + days(1))
    remind(now)
    review = make_review(held_on=REVIEW_DATE, next_review_on=REVIEW_DATE + days(365))
    review.decide()
    review.save()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    remind(now + days(1))

    assert (sent(), ReviewReminder.objects.count()) == ([], 0)


def test_the_framework_says_how_early(accountable: Any, edition: Edition) -> None:
    framework = CodeFramework.for_site(edition.site)
    framework.remind_days = 60
    framework.save()

    remind(at(REVIEW_DATE - days(60)))

    assert sent() == [("dana@example.org", "A review is due soon")]


def test_the_clocks_open_consultations_and_remind(accountable: Any) -> None:
    run_clocks(at(REVIEW_DATE + days(1)))

    assert ("dana@example.org", "A review is overdue") in sent()


def test_a_withdrawn_code_is_not_reviewed_again(
    edition: Edition, make_review: Callable[..., Review]
) -> None:
    notice = {"notice_en": "It goes.", "effective_on": REVIEW_DATE}
    review = make_review(decision="withdraw", next_review_on=None, **notice)
    review.decide()
    review.save()

    assert due.due_by(REVIEW_DATE + days(999)) == []


def test_what_is_due_takes_as_many_queries_for_thirty_promises_as_for_one(
    edition: Edition, make_promise: Callable[..., Promise]
) -> None:
    def queries(expected: int) -> int:
        with CaptureQueriesContext(connection) as context:
            assert len(due.due_by(REVIEW_DATE)) == expected
        return len(context)

    make_promise("E1", review_on=REVIEW_DATE)
    with_one = queries(2)
    for number in range(2, 31):
        make_promise(f"E{number}", review_on=REVIEW_DATE)

    # Editions, codes, policies, reviews, sites, the default site, promises.
    assert (with_one, queries(31)) == (7, 7)


def overdue(edition: Edition, make_review: Callable[..., Review]) -> str:
    """The edition's last review wanted the next one yesterday; the day as editors read it."""
    yesterday = timezone.localdate() - days(1)
    review = make_review(held_on=yesterday - days(9), next_review_on=yesterday)
    review.decide()
    review.save()
    return str(yesterday.day)


@pytest.mark.requirement("10001-8.4")
def test_editors_see_on_the_page_and_on_their_home_page_that_a_review_is_overdue(
    client: Client,
    edition: Edition,
    code_draft: CodeOfConductPage,
    make_review: Callable[..., Review],
) -> None:
    client.force_login(make_editor())
    address = reverse("wagtailadmin_pages:edit", args=[code_draft.pk])
    home = reverse("wagtailadmin_home")
    banner, line = "The review of this text was due on", "Review of “Code of conduct”"
    assert banner not in client.get(address).content.decode()
    assert line not in client.get(home).content.decode()

    overdue(edition, make_review)

    assert banner in client.get(address).content.decode()
    assert line in client.get(home).content.decode()


def test_case_handlers_have_no_panel_about_the_code(client: Client, edition: Edition) -> None:
    client.force_login(make_user("handler", "Case handlers"))

    assert 'id="conduct-code' not in client.get(reverse("wagtailadmin_home")).content.decode()
