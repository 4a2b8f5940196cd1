"""What is confirmed before a serious or contested answer goes (annex D)."""

from __future__ import annotations

import pytest

from complaints.backoffice.approval_form import CHECK
from complaints.lifecycle import ACTIONS, Objectivity
from complaints.models import Case
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_actions import action_url, filled
from tests.factories import Staff, make_case

pytestmark = pytest.mark.django_db


def asked(browse: Browse, staff: Staff, case: Case) -> set[str]:
    return set(browse(staff.lead).get(action_url(case, "approve")).context["form"].fields)


@pytest.mark.parametrize("like", [{"severity": 4}, {"contested": True}, {"stage": 2}])
def test_a_serious_or_contested_case_asks_for_the_check(
    like: dict[str, object], browse: Browse, staff: Staff
) -> None:
    case = make_case("deciding")
    Case.objects.filter(pk=case.pk).update(**like)
    needs = {need.name for need in ACTIONS["approve"].needs}
    assert asked(browse, staff, case) == {"version", "submission_id"} | needs


def test_any_other_case_does_not(browse: Browse, staff: Staff) -> None:
    assert asked(browse, staff, make_case("deciding")).isdisjoint(CHECK)


def test_all_seven_points_are_needed_and_the_notes_are_kept(browse: Browse, staff: Staff) -> None:
    case = make_case("deciding")
    Case.objects.filter(pk=case.pk).update(severity=4)
    client, url = browse(staff.lead), action_url(case, "approve")
    data = filled(client.get(url).context["form"], check_notes="The driver was heard.")
    page = client.post(url, data | {"checklist": ["openness", "sensitivity"]})
    form = page.context["form"]
    assert form.errors == {"checklist": ["Confirm every point: the case is serious or contested."]}
    assert form["checklist"].value() == ["openness", "sensitivity"]
    assert form["check_notes"].value() == "The driver was heard."
    client.post(url, data | {"checklist": Objectivity.values, "version": form["version"].value()})
    decision = case.decisions.get()
    assert (decision.checked, decision.check_notes) == (True, "The driver was heard.")
    assert decision.sent_at is not None


def test_an_answer_that_lacks_something_does_not_go(browse: Browse, staff: Staff) -> None:
    case = make_case("deciding")
    case.decisions.update(prevention="")
    client, url = browse(staff.lead), action_url(case, "approve")
    page = client.post(url, filled(client.get(url).context["form"]))
    assert (
        "The answer can’t be sent yet, something is missing: what changes so that it does not "
        "happen again."
    ) in page.content.decode()
    case.refresh_from_db()
    assert (case.state, case.messages.filter(purpose="answer").count()) == ("deciding", 0)


def test_a_proposal_has_the_points_to_consider_beside_it(browse: Browse, staff: Staff) -> None:
    page = browse(staff.handler).get(action_url(make_case("investigating"), "propose"))
    text = page.content.decode()
    for words in (
        "Is every point of the complaint answered?",
        "Is there something to follow up later?",
        "Did the same happen to others who did not complain?",
        "May you promise this, or does somebody above you have to?",
        "Who of us has to know",
    ):
        assert words in text
