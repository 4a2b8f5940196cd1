"""How long a case stays open in a browser, and who else may see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from complaints.models import Message
from complaints.tracking.session import SESSION_KEY
from tests import people
from tests.complaints.tracking.conftest import HOME, Complainant, text_of


def idle_for(complainant: Complainant, time: timedelta) -> None:
    session = complainant.client.session
    held = session[SESSION_KEY]
    active = datetime.fromisoformat(held["active"]) - time
    session[SESSION_KEY] = held | {"active": active.isoformat()}
    session.save()


def test_session_gets_a_new_id_and_holds_no_personal_data(complainant: Complainant) -> None:
    complainant.client.get(HOME)
    session = complainant.client.session
    session["before"] = "x"
    session.save()
    before = session.session_key
    assert before
    complainant.client.cookies["sessionid"] = before
    complainant.open()
    assert complainant.client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    held = complainant.client.session[SESSION_KEY]
    assert set(held) == {"case", "proof", "opened", "active"}
    assert complainant.receipt.key not in str(held)


def test_closing_the_browser_closes_the_case(complainant: Complainant) -> None:
    cookie = complainant.open().cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"] is True


def test_case_closes_after_two_quiet_hours_and_stays_open_while_it_is_used(
    opened: Complainant,
) -> None:
    idle_for(opened, timedelta(minutes=119))
    assert opened.page().startswith("Your case")
    idle_for(opened, timedelta(minutes=119))
    assert opened.page().startswith("Your case")
    idle_for(opened, timedelta(minutes=121))
    assert opened.page().startswith("Follow your case")
    assert SESSION_KEY not in opened.client.session


def test_closing_the_page_closes_the_case(opened: Complainant) -> None:
    page = text_of(opened.client.post(f"{HOME}close/"))
    assert "The page of your case is closed." in page
    assert opened.page().startswith("Follow your case")


def test_closing_the_page_needs_a_post(opened: Complainant) -> None:
    assert opened.client.get(f"{HOME}close/").status_code == 405
    assert opened.page().startswith("Your case")


def test_staff_who_follow_a_case_of_their_own_stay_signed_in(complainant: Complainant) -> None:
    handler = people.make_handler()
    complainant.client.force_login(handler)
    complainant.open()
    complainant.client.post(f"{HOME}close/")
    assert complainant.client.session["_auth_user_id"] == str(handler.pk)


def test_what_was_typed_survives_an_idle_case(opened: Complainant) -> None:
    form = opened.form("reply")
    idle_for(opened, timedelta(hours=3))
    response = opened.send("reply", form, words="It was <Tuesday>.")
    assert "Open your case again: what you wrote is kept." in text_of(response)
    assert 'name="kept-words" value="It was &lt;Tuesday&gt;."' in response.content.decode()
    kept = {"kept-action": "reply", "kept-words": "It was <Tuesday>."}
    response = opened.open(**kept)
    assert "What you wrote is kept, but not sent yet" in text_of(response)
    assert "It was &lt;Tuesday&gt;.</textarea>" in response.content.decode()
    assert not opened.case.messages.filter(purpose=Message.Purpose.REPLY).exists()


@pytest.mark.parametrize("path", ["", "do/reply/", "download/"])
def test_pages_are_private(opened: Complainant, path: str) -> None:
    response = opened.client.get(HOME + path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Cookie" in response["Vary"]


def test_title_and_address_do_not_name_the_case(opened: Complainant) -> None:
    response = opened.client.get(HOME)
    title = response.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("Your case")
    assert opened.case.reference not in title
    assert response.request["PATH_INFO"] == HOME


def test_forms_are_protected_against_other_sites(complainant: Complainant) -> None:
    careful = Client(enforce_csrf_checks=True)
    data = {"reference": complainant.case.reference, "key": complainant.receipt.key}
    assert careful.post(HOME, data).status_code == 403
    token = careful.get(HOME).context["csrf_token"]
    assert careful.post(HOME, data | {"csrfmiddlewaretoken": str(token)}).status_code == 302
    assert careful.post(f"{HOME}do/withdraw/", {}).status_code == 403
    complainant.case.refresh_from_db()
    assert complainant.case.state == "received"


def test_nothing_is_shown_or_done_without_opening(complainant: Complainant) -> None:
    client = Client()
    assert client.get(f"{HOME}do/reply/", follow=True).redirect_chain == [(HOME, 302)]
    assert client.get(f"{HOME}download/").status_code == 404
    client.post(f"{HOME}do/withdraw/", {})
    complainant.case.refresh_from_db()
    assert complainant.case.state == "received"


def test_opening_time_is_kept_through_activity(opened: Complainant) -> None:
    held: dict[str, Any] = opened.client.session[SESSION_KEY]
    idle_for(opened, timedelta(minutes=10))
    opened.page()
    now = opened.client.session[SESSION_KEY]
    assert now["opened"] == held["opened"]
    assert timezone.now() - datetime.fromisoformat(now["active"]) < timedelta(minutes=1)
