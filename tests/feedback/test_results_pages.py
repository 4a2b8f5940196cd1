"""The staff's pages: who sees them, and what they show of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.lifecycle import State
from feedback.groups import ensure_rights
from feedback.models import Survey
from tests import people
from tests.factories import make_case
from tests.feedback.asking import answer, open_survey, usual_survey

pytestmark = pytest.mark.django_db
MAKERS = {
    "handler": people.make_handler,
    "lead": people.make_lead,
    "quality": people.make_quality,
    "auditor": people.make_auditor,
    "privacy": people.make_privacy,
    "editor": people.make_editor,
    "admin": people.make_admin,
}
SEES = {"lead", "quality", "admin"}
EDITS = {"quality", "admin"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def person(role: str) -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.filter(username=role).first() or MAKERS[role]()


def results_path(survey: Survey) -> str:
    return reverse("conduct_feedback_admin:survey_results", args=[survey.pk])


@pytest.mark.parametrize("role", MAKERS)
def test_who_may_see_and_edit(client: Any, role: str) -> None:
    """Every address of surveys in the admin, against the list of roles above."""
    survey = usual_survey()
    client.force_login(person(role))
    edit, add = (f"wagtailsnippets_conduct_feedback_survey:{name}" for name in ("edit", "add"))
    table = {
        reverse("conduct_feedback_admin:results"): role in SEES,
        results_path(survey): role in SEES,
        reverse("wagtailsnippets_conduct_feedback_survey:list"): role in EDITS,
        reverse(edit, args=[survey.pk]): role in EDITS,
        reverse(add): role in EDITS,
        reverse("wagtailsnippets_conduct_feedback_survey:history", args=[survey.pk]): role in EDITS,
        reverse("wagtailsnippets_conduct_feedback_survey:usage", args=[survey.pk]): role in EDITS,
        reverse("wagtailsnippets_conduct_feedback_survey:delete", args=[survey.pk]): role
        == "admin",
    }
    seen = {address: client.get(address).status_code == 200 for address in table}
    assert seen == table
    made = client.post(reverse("conduct_feedback_admin:make_default"))
    expected = "conduct_feedback_admin:results" if role in EDITS else "wagtailadmin_home"
    assert made["Location"] == reverse(expected)


def test_a_stranger_is_sent_to_sign_in(client: Any) -> None:
    address = results_path(usual_survey())
    assert client.get(address)["Location"].startswith("/admin/login/")


def test_the_menu_offers_results_only_to_those_who_may_see_them(client: Any) -> None:
    from django.test import RequestFactory

    from feedback.wagtail_hooks import register_results

    for role, expected in (("quality", True), ("handler", False)):
        request = RequestFactory().get("/admin/")
        request.user = person(role)
        assert register_results().is_shown(request) is expected


def test_an_empty_page_offers_the_usual_survey(client: Any) -> None:
    client.force_login(person("quality"))
    page = text_of(client.get(reverse("conduct_feedback_admin:results")))
    assert "Start with the usual survey" in page
    after = client.post(reverse("conduct_feedback_admin:make_default"), follow=True)
    assert "How did we handle your complaint?" in text_of(after)
    assert Survey.objects.get().questions.count() == 4
    client.post(reverse("conduct_feedback_admin:make_default"))
    assert Survey.objects.count() == 1


def test_numbers_and_comments_are_shown_without_names(client: Any) -> None:
    survey = usual_survey()
    case = make_case(State.CLOSED, name="Kim Min-ji", email="kim@example.com")
    answer(survey, case, 1, now=timezone.now(), handling=5, comment="<b>Quick</b> & kind")
    client.force_login(person("quality"))
    page = text_of(client.get(results_path(survey)))
    assert "4 or 5: 100.0 % (1 of 1)." in page
    assert "Interval (Wilson, 95 %): 20.7 % to 100.0 %." in page
    assert "Few answers" in page
    assert "a response rate of 100.0 %" in page
    assert "&lt;b&gt;Quick&lt;/b&gt; &amp; kind" in page
    assert (case.reference in page, "Kim" in page, "kim@example.com" in page) == (False,) * 3


def test_an_answer_linked_with_consent_is_shown_to_those_who_may_open_the_case(
    client: Any,
) -> None:
    survey = usual_survey()
    case = make_case(State.CLOSED)
    other_team = people.make_team("Shops")
    outsider = people.make_lead("lead2", team=other_team)
    answer(survey, case, 1, now=timezone.now(), may_link=True, handling=2)
    for user, sees in ((person("lead"), True), (outsider, False)):
        client.force_login(user)
        page = text_of(client.get(results_path(survey)))
        assert (case.reference in page) is sees


def test_an_open_survey_is_labelled(client: Any) -> None:
    client.force_login(person("quality"))
    page = text_of(client.get(results_path(open_survey())))
    assert "Views of those who answered: they chose themselves" in page
    assert "response rate" not in page


def test_the_period_is_the_one_that_was_chosen(client: Any) -> None:
    survey = usual_survey()
    case = make_case(State.CLOSED)
    answer(
        survey, case, 1, now=timezone.now() - timedelta(days=400), handling=5, comment="Old words"
    )
    client.force_login(person("quality"))
    assert "Old words" not in text_of(client.get(results_path(survey)))
    everything = {"since": "2020-01-01", "until": timezone.localdate().isoformat()}
    assert "Old words" in text_of(client.get(results_path(survey), everything))
    wrong = text_of(
        client.get(results_path(survey), {"since": "2026-02-01", "until": "2026-01-01"})
    )
    assert "Choose a day that is not before the first one." in wrong


@pytest.mark.parametrize("respondents", [1, 30])
def test_the_page_costs_the_same_queries_for_1_and_30_respondents(
    client: Any, respondents: int
) -> None:
    survey = usual_survey()
    case = make_case(State.CLOSED)
    for number in range(respondents):
        now = timezone.now() - timedelta(minutes=number)
        answer(survey, case, number, now=now, may_link=True, handling=4, comment=f"Words {number}")
    client.force_login(person("quality"))
    client.get(results_path(survey))
    with CaptureQueriesContext(connection) as context:
        page = text_of(client.get(results_path(survey)))
    # The admin's frame has queries of its own, which are others' business.
    ours = [q["sql"] for q in context.captured_queries if "conduct_feedback_" in q["sql"]]
    assert len([sql for sql in ours if "auth_permission" not in sql]) == 10
    assert f"Words {respondents - 1}" in page


def test_rights_are_given_once_and_stay_as_the_organisation_changed_them() -> None:
    leads = Group.objects.get(name="Team leads")
    right = leads.permissions.get(codename="view_results")
    leads.permissions.remove(right)
    ensure_rights()
    assert not leads.permissions.filter(codename="view_results").exists()
    assert Group.objects.filter(permissions=right).get().name == "Quality managers"
