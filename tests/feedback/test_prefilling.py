"""Links that fill in the feedback form: a question about a promise, a text in another form."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.test.utils import freeze_time
from django.urls import reverse
from django.utils import translation

from complaints.intake.tokens import new_token
from complaints.lifecycle import Kind, Objectivity, State
from complaints.models import Case, ClockName
from conduct.editions import publish
from conduct.formats import OtherFormat
from conduct.models import CodeOfConductPage, Organisation, Promise
from feedback.prefilling import prefilled
from tests.conduct.conftest import body
from tests.factories import Staff, act, proposal, walk_to
from tests.site.home_pages import make_home, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> CodeOfConductPage:
    """A code in force, and a feedback page and a complaint page that hold their forms."""
    home = make_home()
    pages = make_organisation(home)
    for name in ("feedback", "complaint"):
        page = pages[f"{name}_page"]
        page.body = [{"type": f"{name}_form", "value": {"heading": "", "introduction": ""}}]
        page.save()
    Promise.objects.create(
        code="D1", statement_en="We deliver in 3 days.", topic="delivery", state="live"
    )
    code = home.add_child(
        instance=CodeOfConductPage(
            title="Our code",
            slug="our-code",
            scope="Parcels.",
            exclusions="Letters.",
            purpose="So that you know.",
            effective_date=dt.date(2026, 3, 1),
            review_date=dt.date(2028, 3, 1),
            approved_by_name="Dana Okafor",
            approved_by_role="Managing director",
            approved_on=dt.date(2026, 2, 20),
            body=body(),
            live=False,
        )
    )
    Organisation.objects.update(code_page=code, external_body_name="The Parcel Ombudsman")
    publish(code)
    return code


@pytest.fixture
def token() -> str:
    """A one-time token as a page had it a minute ago."""
    with freeze_time(time.time() - 60):
        return new_token()


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def link_named(page: BeautifulSoup, words: str) -> str:
    (link,) = [link for link in page.select("main a") if link.get_text().strip() == words]
    return str(link["href"])


def filled_in(client: Client, address: str) -> dict[str, str]:
    """What the form at an address holds as a browser would send it."""
    form = soup(client, address).select_one("main form[action*=feedback]")
    assert form is not None
    values = {
        str(field["name"]): str(field.get("value", ""))
        for field in form.select("input:not([type=radio], [type=file], [type=checkbox])")
    }
    values |= {str(area["name"]): area.get_text()[1:] for area in form.select("textarea")}
    values |= {str(r["name"]): str(r["value"]) for r in form.select("input[type=radio][checked]")}
    return values


def send(client: Client, address: str, token: str, **typed: str) -> Case:
    values = filled_in(client, address) | {"token": token, "email": "kim@example.com"} | typed
    assert client.post("/en/feedback/send/", values).status_code == 200
    return Case.objects.get()


@pytest.mark.requirement("10001-4.5")
def test_asking_for_another_format_makes_a_task_with_a_due_date(
    client: Client, code: CodeOfConductPage, token: str
) -> None:
    link = link_named(soup(client, "/en/our-code/"), "Large print")
    assert link == "/en/feedback/?about=code-1&format=large-print#feedback-words"

    case = send(client, link, token)

    assert (case.kind, case.product) == (Kind.QUESTION, "Code of conduct, edition 1")
    assert case.description == "Please let me have this text in this form: Large print."
    clocks = {clock.name: clock for clock in case.clocks.filter(stopped_at=None)}
    assert ClockName.ANSWER in clocks
    assert case.due_at == min(clock.due_at for clock in clocks.values())
    assert case.due_at > case.received_at


@pytest.mark.requirement("10001-4.5")
@pytest.mark.parametrize("address", ["/en/our-code/", "/en/complaint/", "/en/case/send/"])
def test_every_format_is_offered_where_people_read_and_complain(
    client: Client, code: CodeOfConductPage, address: str
) -> None:
    section = soup(client, address).select_one("section[aria-labelledby=other-formats]")
    assert section is not None
    about = "code-1" if "code" in address else "complaining"
    assert [(link.get_text().strip(), link["href"]) for link in section.select("a")] == [
        (str(other.label), f"/en/feedback/?about={about}&format={other.value}#feedback-words")
        for other in OtherFormat
    ]


def test_without_a_feedback_page_there_is_another_way_to_ask(
    client: Client, code: CodeOfConductPage
) -> None:
    Organisation.objects.update(feedback_page=None)
    section = soup(client, "/en/our-code/").select_one("section[aria-labelledby=other-formats]")
    assert section is not None
    assert [link["href"] for link in section.select("a")] == ["mailto:help@fernhill.example"]


@pytest.mark.requirement("10001-4.6")
def test_a_question_about_a_promise_is_acknowledged_and_answered_on_the_record(
    client: Client,
    code: CodeOfConductPage,
    token: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    link = link_named(soup(client, "/en/our-code/"), "Ask about D1")
    with django_capture_on_commit_callbacks(execute=True):
        case = send(client, link, token, words="Is Saturday a working day?")
    assert case.product == "Promise D1 – Code of conduct, edition 1"
    assert f"{case.reference}: we have received it" in mail.outbox[0].subject
    assert case.acknowledged_at is not None
    assert case.clocks.filter(name=ClockName.ANSWER, stopped_at=None).exists()

    staff = Staff()
    walk_to(case, State.OPEN)
    act(case, "propose", staff.handler, **proposal(case, answer="No, from Monday to Friday."))
    act(case, "approve", staff.lead, checklist=list(Objectivity))

    assert case.answered_at is not None
    assert not case.clocks.filter(name=ClockName.ANSWER, stopped_at=None).exists()
    assert case.decisions.get().answer == "No, from Monday to Friday."


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"about": "<script>"},
        {"about": "Send money to 12345"},
        {"about": "code-0"},
        {"about": "code-1x"},
        {"promise": "D1 <b>", "format": "gold"},
        {"format": "large print"},
    ],
)
def test_an_address_can_put_no_words_of_its_own_into_the_form(
    asked: dict[str, str], language: str
) -> None:
    with translation.override(language):
        assert prefilled(asked) == {}


@pytest.mark.parametrize(
    ("asked", "about", "words"),
    [
        ({"about": "policy"}, "Complaints policy", ""),
        ({"about": "policy-12"}, "Complaints policy, edition 12", ""),
        ({"promise": "D1"}, "Promise D1", ""),
        (
            {"about": "complaining", "format": "easy-read"},
            "How to complain",
            "Please let me have this text in this form: Easy to read.",
        ),
        (
            {"format": "other-language"},
            "",
            "Please let me have this text in this language: ",
        ),
    ],
)
def test_each_link_fills_in_a_question(asked: dict[str, str], about: str, words: str) -> None:
    with translation.override("en"):
        assert prefilled(asked) == {"kind": "question", "about": about, "words": words}


def test_the_form_on_a_page_of_its_own_is_filled_in_too(
    client: Client, code: CodeOfConductPage
) -> None:
    values = filled_in(client, f"{reverse('conduct_feedback:send')}?about=policy-1")
    assert (values["kind"], values["about"]) == ("question", "Complaints policy, edition 1")
