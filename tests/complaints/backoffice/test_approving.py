"""What is confirmed before a serious or contested answer goes (annex D)."""

from __future__ import annotations

import pytest
from django.db.models import TextChoices

from complaints.backoffice.approval_form import CHECK, checklist_field
from complaints.lifecycle import ACTIONS, Need
from complaints.models import Case
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_actions import action_url
from tests.factories import Staff, make_case

pytestmark = pytest.mark.django_db


class Points(TextChoices):
    FAIR = "fair", "Fair"
    WHOLE = "whole", "Whole"


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


def test_a_checklist_gives_the_points_that_were_confirmed(staff: Staff) -> None:
    need = Need("checklist", "checklist", "I have checked", required=False, choices=Points)  # type: ignore[arg-type]
    field = checklist_field(need, make_case())
    field.required = False
    assert field.clean(["fair", "whole"]) == {"fair", "whole"}
    assert field.clean([]) == set()
    assert [label for _value, label in field.choices] == ["Fair", "Whole"]  # type: ignore[attr-defined]


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
