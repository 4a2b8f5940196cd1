"""On the complainant's page: complaint or feedback, and permissions sent and taken back."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from complaints.lifecycle import ComplaintWish, ConsentPurpose, Kind, State
from complaints.models import Case, Party
from tests.complaints.tracking.conftest import HOME, Complainant, text_of
from tests.factories import Staff, act, submit, walk_to

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


def links_to(complainant: Complainant) -> set[str]:
    """The names of all that the page offers."""
    body = complainant.client.get(HOME).content.decode()
    return {part.partition('/"')[0] for part in body.split(f'href="{HOME}do/')[1:]}


def asked() -> Complainant:
    """Whoever sent a suggestion that staff took for a complaint."""
    complainant = Complainant(submit(kind=Kind.SUGGESTION))
    act(complainant.case, "make_complaint", Staff().handler)
    complainant.open()
    return complainant


@pytest.mark.requirement("10002-7.2b")
def test_the_page_asks_whether_it_is_a_complaint() -> None:
    complainant = asked()

    assert "so we handle it as a complaint. Do you want that?" in complainant.page()
    assert {"confirm_complaint", "decline_complaint"} <= links_to(complainant)


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize(
    ("action", "said", "kind", "wish"),
    [
        ("confirm_complaint", "Thank you. We handle it as a complaint.", "complaint", "yes"),
        ("decline_complaint", "Thank you. We take it as feedback.", "suggestion", "no"),
    ],
)
def test_a_click_says_what_they_want(action: str, said: str, kind: str, wish: str) -> None:
    complainant = asked()

    page = text_of(complainant.send(action))

    complainant.case.refresh_from_db()
    assert page.startswith(said)
    assert "Do you want that?" not in page
    assert (complainant.case.kind, complainant.case.complaint_wish) == (kind, wish)
    assert not {"confirm_complaint", "decline_complaint"} & links_to(complainant)


@pytest.mark.requirement("10002-7.2b")
def test_a_second_click_says_that_it_is_done() -> None:
    complainant = asked()
    form = complainant.form("decline_complaint")
    complainant.send("decline_complaint", form)

    page = text_of(complainant.send("decline_complaint", form))

    assert page.startswith("You have told us already that it was only feedback.")
    assert complainant.case.events.filter(action="decline_complaint").count() == 1


def test_who_sent_a_complaint_is_not_asked(opened: Complainant) -> None:
    assert "Do you want that?" not in opened.page()
    response = opened.client.post(f"{HOME}do/confirm_complaint/", {"seen": 1})
    assert response.status_code == 409
    opened.case.refresh_from_db()
    assert opened.case.complaint_wish == ""


def representing(authority: str = Party.Authority.FOLLOWS) -> Complainant:
    complainant = Complainant(
        submit(
            representative={"name": "Lee", "email": "lee@example.com", "authority": authority},
            details={"answer_to_representative": True},
        )
    )
    complainant.open()
    return complainant


@pytest.mark.requirement("SEC-REP")
def test_who_acts_for_another_is_told_what_is_needed_before_anything_is_told() -> None:
    complainant = representing()

    assert "we need the permission of the person you act for" in complainant.page()
    assert "send-permission" in links_to(complainant)


@pytest.mark.requirement("SEC-REP")
def test_the_permission_is_sent_as_a_file_and_waits_for_a_person() -> None:
    complainant = representing(Party.Authority.REFUSED)
    letter = SimpleUploadedFile("letter.txt", b"My son may speak for me. Kim")

    page = text_of(complainant.send("send-permission", files=[letter], words=""))

    case = Case.objects.get()
    assert page.startswith("Thank you. We check the permission")
    assert "We have the permission that you sent and check it." in page
    assert [(a.name, a.is_authority) for a in case.attachments.all()] == [("letter.txt", True)]
    assert case.representative is not None
    assert (case.representative.authority, case.awaits_authority) == ("sent", True)


@pytest.mark.requirement("SEC-REP")
def test_words_alone_are_a_message_and_no_permission() -> None:
    complainant = representing()

    complainant.send("send-permission", words="I will send it on Friday.")

    case = Case.objects.get()
    assert case.messages.last().body == "I will send it on Friday."  # type: ignore[union-attr]
    assert case.representative is not None
    assert case.representative.authority == Party.Authority.FOLLOWS


@pytest.mark.requirement("SEC-REP")
def test_once_it_is_confirmed_nothing_more_is_asked() -> None:
    complainant = representing()
    act(complainant.case, "check_authority", Staff().handler, result="confirmed")

    assert "permission of the person you act for" not in complainant.page()
    assert "send-permission" not in links_to(complainant)
    assert "We checked the permission to act for somebody else." in complainant.page()


def permitting(*purposes: str, state: str = State.RECEIVED) -> Complainant:
    complainant = Complainant(submit())
    walk_to(complainant.case, state)
    for purpose in purposes:
        complainant.case.consents.create(purpose=purpose, given_at=NOW)
    complainant.open()
    return complainant


def live(complainant: Complainant) -> set[str]:
    rows = complainant.case.consents.filter(withdrawn_at=None)
    return set(rows.values_list("purpose", flat=True))


@pytest.mark.requirement("GDPR-6")
@pytest.mark.parametrize("state", [State.RECEIVED, State.CLOSED])
@pytest.mark.parametrize("purpose", ConsentPurpose.values)
def test_each_permission_has_a_page_on_which_it_is_taken_back(purpose: str, state: str) -> None:
    complainant = permitting(*ConsentPurpose.values, state=state)
    name = f"take-back-{purpose}"
    assert {f"take-back-{p}" for p in ConsentPurpose.values} <= links_to(complainant)

    page = text_of(complainant.send(name))

    assert page.startswith("You have taken your permission back.")
    assert live(complainant) == set(ConsentPurpose.values) - {purpose}
    assert name not in links_to(complainant)


@pytest.mark.requirement("GDPR-6")
def test_looking_at_the_page_takes_nothing_back_and_a_second_click_is_no_error() -> None:
    complainant = permitting("survey", "story")
    form = complainant.form("take-back-survey")
    assert live(complainant) == {"survey", "story"}

    complainant.send("take-back-survey", form)
    again = text_of(complainant.send("take-back-survey", form))

    assert again.startswith("You have taken this permission back already.")
    assert complainant.case.events.filter(action="withdraw_permission").count() == 1
    assert live(complainant) == {"story"}


def test_one_taken_back_in_another_tab_does_not_count_for_the_other() -> None:
    complainant = permitting("survey", "story")
    story = complainant.form("take-back-story")
    complainant.send("take-back-survey")

    page = text_of(complainant.send("take-back-story", story))

    assert "Something has happened since you opened this page." in page
    assert live(complainant) == {"story"}


def test_without_a_permission_nothing_is_said_of_any(opened: Complainant) -> None:
    assert "What you have allowed" not in opened.page()
    assert opened.client.post(f"{HOME}do/take-back-survey/").status_code == 409
    assert opened.client.get(f"{HOME}do/take-back-everything/").status_code == 404


def test_two_clicks_at_once_are_one(real_transactions: None) -> None:
    complainant = asked()
    form = complainant.form("confirm_complaint")
    start, said = threading.Barrier(2), []

    def click() -> None:
        client = Client()
        client.cookies = complainant.client.cookies
        start.wait()
        try:
            response: Any = client.post(f"{HOME}do/confirm_complaint/", form)
            said.append(response.status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    case = Case.objects.get()
    assert case.complaint_wish == ComplaintWish.YES
    assert case.events.filter(action="confirm_complaint").count() == 1
    assert said == [302, 302]
