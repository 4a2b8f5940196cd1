"""Asking to be told about changes by mail, confirming, and leaving."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, freeze_time
from django.urls import reverse
from django.utils import timezone

from conduct.following import subject
from conduct.following.asking import UNCONFIRMED
from conduct.following.sweeping import sweep
from conduct.following.telling import write_mails
from conduct.models import CodeOfConductPage, Edition, Follower, FollowerMail, PolicyPage
from tests import people
from tests.conduct.following.conftest import KIM, last_mail, links_in

pytestmark = pytest.mark.django_db
PAGE = "/en/code-of-conduct/"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_form_is_at_the_pages_own_address_and_needs_no_session(
    client: Client, code: CodeOfConductPage
) -> None:
    response = client.get(f"{PAGE}follow/")
    form = BeautifulSoup(response.content, "html.parser").select_one("main form")
    assert form is not None

    assert (form["method"], form["action"]) == ("post", f"/en/following/{code.pk}/")
    assert [field["name"] for field in form.select("input")] == ["further_subject", "email"]
    assert dict(response.cookies) == {}
    assert BeautifulSoup(client.get(PAGE).content, "html.parser").select_one(
        f"main a[href='{PAGE}follow/']"
    )


def test_who_asks_gets_a_link_and_follows_only_after_pressing_the_button(
    client: Client, ask: Callable[..., Any], code: CodeOfConductPage
) -> None:
    response = ask()
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}follow/asked/")
    assert "Please look at your mails" in text_of(client.get(response["Location"]))
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        [KIM],
        "Please confirm: changes to “Code of conduct”",
    )
    link = links_in(message)["confirm"]

    # A program that checks mails for harm follows the link, and confirms nothing.
    page = client.get(link)
    assert "Yes, write to me about changes" in text_of(page)
    assert page["Referrer-Policy"] == "no-referrer"
    assert not Follower.objects.confirmed().exists()

    for _twice in range(2):
        assert "You follow changes" in text_of(client.post(link))
    follower = Follower.objects.get()
    assert (follower.address, follower.series, follower.language) == (
        KIM,
        code.translation_key,
        "en",
    )
    assert follower.confirmed_at is not None


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(
    follow: Callable[..., Follower], ask: Callable[..., Any]
) -> None:
    follow("known@example.com")

    known, unknown = ask("Known@Example.com"), ask("unknown@example.com")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert dict(known.items()) == dict(unknown.items())
    bodies = [message.body.replace(links_in(message)["confirm"], "") for message in mail.outbox]
    leaving = [links_in(message)["leave"] for message in mail.outbox]
    assert bodies[0].replace(leaving[0], "") == bodies[1].replace(leaving[1], "")
    assert Follower.objects.count() == 2


def test_asking_again_on_a_page_in_another_language_changes_the_language(
    client: Client, follow: Callable[..., Follower], code: CodeOfConductPage, korean_home: Any
) -> None:
    follower = follow()
    korean = code.copy_for_translation(korean_home.locale)
    korean.save_revision().publish()

    client.post(f"/ko/following/{korean.pk}/", {"email": KIM})
    sweep()
    link = links_in(last_mail())["confirm"]
    follower.refresh_from_db()
    before = follower.confirmed_at
    assert follower.language == "en"
    client.post(link)

    follower.refresh_from_db()
    assert link.startswith("/ko/")
    assert (follower.language, follower.confirmed_at) == ("ko", before)


def test_two_presses_of_the_button_send_one_mail(ask: Callable[..., Any]) -> None:
    assert [ask().status_code for _press in range(2)] == [303, 303]
    assert len(mail.outbox) == 1


def test_nobodys_mailbox_is_filled_and_the_answer_does_not_tell(ask: Callable[..., Any]) -> None:
    start = time.time()
    answers = []
    for minutes in range(0, 50, 5):
        with freeze_time(start + minutes * 60):
            answers.append(ask(REMOTE_ADDR="203.0.113.9").status_code)
    assert answers == [303] * 10
    assert len(mail.outbox) == 3


def test_one_sender_can_not_write_to_many(ask: Callable[..., Any]) -> None:
    answers = [ask(f"kim{n}@example.com") for n in range(21)]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    assert "Everything you wrote is still here" in text_of(answers[-1])
    assert 'value="kim20@example.com"' in text_of(answers[-1])
    assert len(mail.outbox) == 20


@pytest.mark.parametrize("typed", ["", "kim", "kim@example.com\nBcc: eve@example.com"])
def test_an_address_that_is_none_is_answered_in_a_sentence_and_kept(
    ask: Callable[..., Any], typed: str
) -> None:
    response = ask(typed)
    page = BeautifulSoup(response.content, "html.parser")
    summary = page.select_one(".error-summary a[href='#follow-email']")
    field = page.select_one("#follow-email")
    assert response.status_code == 422
    assert summary is not None
    assert field is not None
    assert "Write the e-mail address in full, such as name@example.com." in summary.get_text()
    assert field.get("value", "") == typed.strip()
    assert "follow-email_error" in field["aria-describedby"]
    assert not Follower.objects.exists()


def test_a_program_is_stopped_and_a_person_comes_through(ask: Callable[..., Any]) -> None:
    first = ask(further_subject="x")
    assert first.status_code == 200
    assert "It looked as if a program had filled in the form" in text_of(first)
    assert 'name="checked" value="1"' in text_of(first)
    assert not Follower.objects.exists()
    assert ask(checked="1").status_code == 303
    assert Follower.objects.count() == 1


def test_another_website_can_not_make_somebody_ask(client: Client, code: CodeOfConductPage) -> None:
    response = client.post(
        f"/en/following/{code.pk}/",
        {"email": KIM},
        headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    )
    assert response.status_code == 403
    assert not Follower.objects.exists()


def test_leaving_deletes_the_row_and_needs_a_press_of_a_button(
    client: Client, ask: Callable[..., Any]
) -> None:
    ask()
    links = links_in(last_mail())
    client.post(links["confirm"])

    assert "Write to me no more" in text_of(client.get(links["leave"]))
    assert Follower.objects.count() == 1
    for _twice in range(2):
        assert "You get no more mails" in text_of(client.post(links["leave"]))
    assert not Follower.objects.exists()
    assert client.get(links["confirm"]).status_code == 404


def test_a_mail_programs_own_button_leaves_with_one_click(
    client: Client, ask: Callable[..., Any]
) -> None:
    ask()
    headers = last_mail().extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address == f"http://localhost{links_in(last_mail())['leave']}"
    # RFC 8058: sent by the provider's server, without cookies and from nowhere.
    provider = Client(enforce_csrf_checks=True)
    response = provider.post(
        address.removeprefix("http://localhost"), {"List-Unsubscribe": "One-Click"}
    )
    assert response.status_code == 200
    assert not Follower.objects.exists()


@pytest.mark.parametrize("name", ["follow_confirm", "follow_leave"])
def test_a_link_that_is_not_ours_says_so(client: Client, code: Any, name: str) -> None:
    page = client.get(reverse(f"conduct:{name}", args=["made-up:token"]))
    assert page.status_code == 404
    assert "This link works no more" in text_of(page)


def test_a_link_to_confirm_can_not_be_used_to_leave(
    client: Client, ask: Callable[..., Any]
) -> None:
    ask()
    token = links_in(last_mail())["confirm"].rstrip("/").rpartition("/")[2]
    assert client.post(reverse("conduct:follow_leave", args=[token])).status_code == 404
    assert Follower.objects.count() == 1


def test_who_never_confirms_is_forgotten_after_seven_days(
    ask: Callable[..., Any], follow: Callable[..., Follower]
) -> None:
    confirmed = follow("confirmed@example.com", asked_at=timezone.now() - dt.timedelta(days=400))
    ask()
    asked_at = Follower.objects.get(confirmed_at=None).asked_at

    sweep(asked_at + UNCONFIRMED)
    assert Follower.objects.count() == 2
    sweep(asked_at + UNCONFIRMED + dt.timedelta(seconds=1))
    assert list(Follower.objects.all()) == [confirmed]


def test_only_a_published_code_or_policy_can_be_followed(
    client: Client, code: CodeOfConductPage, policy: PolicyPage, organisation: Any
) -> None:
    def status(pk: int) -> int:
        return client.post(f"/en/following/{pk}/", {"email": KIM}).status_code

    assert [status(pk) for pk in (code.pk, policy.pk)] == [303, 303]
    assert Follower.objects.with_address(KIM).count() == 2
    policy.unpublish()
    assert [status(pk) for pk in (policy.pk, organisation.feedback_page_id, 999_999)] == [404] * 3


@pytest.mark.requirement("GDPR-32")
def test_the_database_knows_no_address(follow: Callable[..., Follower]) -> None:
    follow()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM conduct_follower")
        stored = " ".join(map(str, cursor.fetchone()))
    assert "kim" not in stored.lower()
    assert list(Follower.objects.values_list("address", flat=True)) == [KIM]


def test_what_is_kept_of_a_person_is_handed_out_and_erased(
    ask: Callable[..., Any], follow: Callable[..., Follower], client: Client
) -> None:
    follow("other@example.com")
    ask()
    client.post(links_in(last_mail())["confirm"])

    (entry,) = subject.export("KIM@example.com")
    follower = Follower.objects.with_address(KIM).get()
    assert entry == {
        "site": "localhost",
        "document": "Code of conduct",
        "address": KIM,
        "language": "en",
        "asked_at": follower.asked_at,
        "confirmed_at": follower.confirmed_at,
        "mails": [],
    }
    assert subject.erase("Kim@example.com") == 1
    assert subject.export(KIM) == []
    assert [other.address for other in Follower.objects.all()] == ["other@example.com"]


@pytest.mark.parametrize("make", [people.make_admin, people.make_privacy, people.make_editor])
def test_staff_see_how_many_follow_and_never_who(
    client: Client, follow: Callable[..., Follower], code: Any, make: Callable[[], Any]
) -> None:
    follow()
    client.force_login(make())
    edition = Edition.objects.get()
    addresses = [
        reverse("wagtailsnippets_conduct_edition:list"),
        reverse("wagtailsnippets_conduct_edition:inspect", args=[edition.pk]),
    ]
    for address in addresses:
        assert KIM not in text_of(client.get(address, follow=True))


def test_the_number_of_queries_does_not_grow_with_followers(
    follow: Callable[..., Follower], next_edition: Callable[..., Any]
) -> None:
    confirmed_at = follow("first@example.com").confirmed_at
    next_edition()
    counts = []
    for number in (1, 30):
        FollowerMail.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert write_mails() == number
        counts.append(len(queries))
        for n in range(29):
            follow(f"{number}-{n}@example.com", confirmed_at=confirmed_at)
    assert counts[0] == counts[1]
