"""Categories, teams, remedies and holidays in the admin."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import translation

from complaints.models import Category, Holiday, RemedyKind, Team
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case, make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

ROWS: dict[str, Any] = {
    "conduct_categories": Category.objects.all(),
    "conduct_teams": Team.objects.all(),
    "conduct_remedy_kinds": RemedyKind.objects.all(),
    "conduct_holidays": Holiday.objects.all(),
}
VIEWSETS = tuple(ROWS)


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_lists_and_forms_open_for_who_may_change_them(
    viewset: str, browse: Browse, staff: Staff
) -> None:
    make_category()
    make_remedy_kind()
    Holiday.objects.create(day="2026-12-25", name="Christmas")
    client = browse(people.make_admin())
    assert client.get(reverse(f"{viewset}:index")).status_code == 200
    page = client.get(reverse(f"{viewset}:add")).content.decode()
    assert "Korean" in page
    assert 'name="name_ko"' in page
    row = ROWS[viewset].first()
    form = client.get(reverse(f"{viewset}:edit", args=[row.pk])).context["form"]
    assert form.instance == row


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_others_are_turned_away_and_don_t_see_the_menu(
    viewset: str, browse: Browse, staff: Staff
) -> None:
    client = browse(staff.handler)
    url = reverse(f"{viewset}:index")
    assert client.get(url)["Location"] == reverse("wagtailadmin_home")
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_group_with_the_permission_gets_the_menu(browse: Browse, staff: Staff) -> None:
    permission = Permission.objects.get(codename="change_category")
    Group.objects.get(name="Auditors").permissions.add(permission)
    client = browse(people.make_auditor())
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("conduct_categories:index") in page
    assert reverse("conduct_teams:index") not in page


def test_a_category_has_a_quicker_way_in_every_language(browse: Browse, staff: Staff) -> None:
    client = browse(people.make_admin())
    data = {"name_en": "Lost card", "code": "card", "order": "1", "is_active": "on"}
    words = {"quick_way_en": "Call 123.", "quick_way_ko": "123번으로 전화하세요."}
    client.post(reverse("conduct_categories:add"), data | words)
    category = Category.objects.get(code="card")
    for language, expected in {"en": "Call 123.", "ko": "123번으로 전화하세요."}.items():
        with translation.override(language):
            assert category.quick_way == expected


@pytest.mark.parametrize("viewset", ["conduct_categories", "conduct_teams", "conduct_remedy_kinds"])
def test_what_cases_use_is_not_deleted(viewset: str, browse: Browse, staff: Staff) -> None:
    case = make_case(category=make_category(team=Team.objects.get()))
    case.remedies.create(kind=make_remedy_kind(), description="Money back")
    row = ROWS[viewset].filter(name_en__in=["Delivery", "Customer care", "Refund"]).get()
    url = reverse(f"{viewset}:delete", args=[row.pk])
    page = browse(people.make_admin()).post(url, follow=True)
    assert page.redirect_chain == [(reverse(f"{viewset}:edit", args=[row.pk]), 302)]
    text = page.content.decode()
    assert f"“{row}” is in use, so it can’t be deleted." in text
    assert ("Switch it off instead." in text) == hasattr(row, "is_active")
    assert row in ROWS[viewset].all()


def test_a_category_has_its_name_in_every_language(browse: Browse, staff: Staff) -> None:
    client = browse(people.make_admin())
    data = {"name_en": "Delivery", "name_ko": "배송", "code": "parcels", "order": "1"}
    client.post(reverse("conduct_categories:add"), data | {"is_active": "on"})
    category = Category.objects.get(code="parcels")
    assert (category.name_en, category.name_ko) == ("Delivery", "배송")  # type: ignore[attr-defined]
    page = client.post(reverse("conduct_categories:add"), data | {"name_en": "", "code": "x"})
    assert "name_en" in page.context["form"].errors


def test_a_team_is_saved_with_its_members(browse: Browse, staff: Staff) -> None:
    client = browse(people.make_admin())
    url = reverse("conduct_teams:add")
    data = {
        "name_en": "Billing",
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "0",
        "members-0-user": staff.handler.pk,
        "members-0-is_lead": "on",
        "members-0-authority_limit": "250",
        "members-1-authority_limit": "0",
    }
    client.post(url, data)
    team = Team.objects.get(name_en="Billing")
    assert list(team.memberships.values_list("user", "is_lead", "authority_limit")) == [
        (staff.handler.pk, True, Decimal(250))
    ]
    # The same person twice: nothing is saved, and it is said.
    page = client.post(url, data | {"name_en": "Twice", "members-1-user": staff.handler.pk})
    assert page.context["members"].is_valid() is False
    assert not Team.objects.filter(name_en="Twice").exists()
