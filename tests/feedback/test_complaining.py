"""A survey comment that is a complaint: one click by a person, as of the day it was written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.lifecycle import Channel, ComplaintWish, Kind, Refused, State
from complaints.models import Case, ClockName, Involvement, Party
from feedback.complaining import make_complaint
from feedback.models import Response
from feedback.models.answering import day_of
from feedback.questionnaire import Given
from feedback.recording import record_open
from tests import people
from tests.factories import make_case
from tests.feedback.asking import answer, open_survey, usual_survey

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 10, 13, tzinfo=UTC)
WORDS = "The driver shouted at me."


def answered(**fields: Any) -> Response:
    """Kim's case was closed; a survey about it says that the driver shouted."""
    survey, case = usual_survey(), make_case(State.CLOSED, now=WRITTEN)
    answer(survey, case, 1, now=WRITTEN, **{"handling": 1, "comment": WORDS} | fields)
    return Response.objects.get()


def answered_openly(email: str = "") -> Response:
    survey = open_survey()
    question = survey.questions.get(code="words")
    record_open(
        survey, [Given(question, None, WORDS)], submission_id="s1", language="fr", email=email,
        now=WRITTEN,
    )  # fmt: skip
    return Response.objects.get()


def convert(response: Response, user: Any = None) -> Case:
    return make_complaint(response, user or people.make_lead("lead9"), now=NOW)


@pytest.mark.requirement("10002-7.2b")
def test_it_counts_from_the_day_of_the_response() -> None:
    response = answered_openly()

    case = convert(response)

    case.refresh_from_db()
    response.refresh_from_db()
    assert (case.kind, case.first_kind, case.channel) == (
        Kind.COMPLAINT,
        Kind.SUGGESTION,
        Channel.SURVEY,
    )
    assert (case.description, case.language) == (WORDS, "fr")
    assert case.received_at == day_of(WRITTEN) == response.at
    clock = case.clocks.get(name=ClockName.ANSWER)
    assert (clock.started_at, clock.stopped_at) == (response.at, None)
    assert response.complaint == case
    assert case.events.last().action == "make_complaint"


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize("may_link", [False, True])
def test_who_did_not_want_to_be_contacted_stays_anonymous(may_link: bool) -> None:
    case = convert(answered(may_link=may_link))

    assert case.complainant.is_anonymous
    assert case.complaint_wish == "", "nobody can be asked"
    assert not Party.objects.filter(pk=case.complainant_id).exclude(email_hash="").exists()


@pytest.mark.requirement("10002-7.2b")
def test_who_wants_to_be_contacted_is_told_and_asked() -> None:
    case = convert(answered(wants_contact=True))

    assert (case.complainant.name, case.complainant.email) == ("Kim Min-ji", "kim@example.com")
    assert case.complaint_wish == ComplaintWish.ASKED
    assert [n.template for n in case.notices.filter(to=case.complainant)] == [
        "received",
        "made_complaint",
    ]


def test_who_asked_for_contact_in_an_open_survey_has_one_case_and_not_two() -> None:
    response = answered_openly("kim@example.com")
    contact = Case.objects.get()

    case = convert(response)

    assert (case, Case.objects.count()) == (contact, 1)
    assert (case.kind, case.first_kind, case.received_at) == ("complaint", "question", WRITTEN)
    assert case.complaint_wish == ComplaintWish.ASKED


def test_it_is_made_once() -> None:
    response = answered_openly()
    convert(response)

    with pytest.raises(Refused, match="already"):
        convert(response, people.make_lead("lead8"))

    assert Case.objects.count() == 1


def test_a_score_without_words_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="Nothing was written"):
        convert(answered(comment=""))


@pytest.mark.parametrize("make", [people.make_quality, people.make_auditor, people.make_editor])
def test_who_handles_no_cases_makes_none(make: Any) -> None:
    response = answered_openly()

    with pytest.raises(Refused) as refusal:
        convert(response, make())

    assert (refusal.value.code, Case.objects.count()) == ("not_allowed", 0)


def test_a_comment_on_a_case_that_one_may_not_open_is_left_to_others() -> None:
    response = answered(wants_contact=True)
    stranger = people.make_lead("stranger", team=people.make_team("Shops"))

    with pytest.raises(Refused, match="about a case that you can't open"):
        convert(response, stranger)

    assert Case.objects.count() == 1


def test_who_is_barred_from_the_first_case_is_barred_from_the_second() -> None:
    response = answered(may_link=True)
    driver, lead = people.make_handler("driver"), people.make_lead("lead9")
    about = response.invitation.case  # type: ignore[union-attr]
    Involvement.objects.create(case=about, user=driver, part="named", since=NOW)
    Involvement.objects.create(case=about, user=lead, part="lead", since=NOW)
    Case.objects.filter(pk=about.pk).update(confidential=True)

    case = convert(Response.objects.get(), lead)

    assert case.confidential
    assert list(Case.objects.visible_to(driver).filter(pk=case.pk)) == []
    assert list(Case.objects.visible_to(lead).filter(pk=case.pk)) == [case]


def page_of(client: Any, response: Response) -> str:
    address = reverse("conduct_feedback_admin:survey_results", args=[response.survey_id])
    everything = {"since": "2020-01-01", "until": timezone.localdate().isoformat()}
    return str(client.get(address, everything).content.decode())


def click(client: Any, response: Response) -> Any:
    return client.post(
        reverse("conduct_feedback_admin:make_complaint", args=[response.pk]), follow=True
    )


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize(("score", "suggests"), [(1, True), (2, True), (3, False), (None, False)])
def test_a_low_score_suggests_and_a_person_decides(
    client: Any, score: int | None, suggests: bool
) -> None:
    response = answered(handling=score)
    client.force_login(people.make_lead("lead9"))

    page = page_of(client, response)

    assert ("Looks like a complaint?" in page, "Handle as a complaint" in page) == (suggests, True)
    assert Case.objects.count() == 1, "by itself nothing becomes a complaint"


def test_one_click_leads_to_the_new_case_and_the_page_says_so_afterwards(client: Any) -> None:
    response = answered_openly()
    client.force_login(people.make_lead("lead9"))

    after = click(client, response)

    case = Case.objects.get()
    address = reverse("conduct_complaints_admin:case", args=[case.reference])
    assert after.redirect_chain == [(address, 302)]
    assert f"The comment is now complaint {case.reference}." in after.content.decode()
    page = page_of(client, response)
    assert (f'href="{address}"' in page, "Handle as a complaint" in page) == (True, False)


def test_a_second_click_is_refused_in_words_and_makes_nothing(client: Any) -> None:
    response = answered_openly()
    client.force_login(people.make_lead("lead9"))
    click(client, response)

    assert "A complaint was made of it already." in click(client, response).content.decode()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "clicks"),
    [(people.make_lead, True), (people.make_admin, True), (people.make_quality, False)],
)
def test_only_who_handles_cases_sees_the_button(client: Any, make: Any, clicks: bool) -> None:
    response = answered_openly()
    client.force_login(make("reader"))

    assert ("Handle as a complaint" in page_of(client, response)) is clicks
    click(client, response)
    assert (Case.objects.count() == 1) is clicks


def test_who_may_not_open_the_complaint_reads_that_there_is_one_and_no_more(client: Any) -> None:
    response = answered(may_link=True)
    Case.objects.update(confidential=True)
    lead = people.make_lead("lead9")
    Involvement.objects.create(
        case=Case.objects.get(), user=lead, part="lead", since=NOW - timedelta(days=1)
    )
    case = convert(response, lead)
    client.force_login(people.make_quality())

    page = page_of(client, response)

    assert ("A complaint was made of it." in page, case.reference in page) == (True, False)
