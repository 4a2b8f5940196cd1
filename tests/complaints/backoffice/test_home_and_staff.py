"""The admin's home page, and accounts that can't be switched off while cases hang on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from complaints.models import Case
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case, submit

pytestmark = pytest.mark.django_db


def home(browse: Browse, user: Any) -> str:
    return str(browse(user).get(reverse("wagtailadmin_home")).content.decode())


def test_home_shows_mine_what_presses_and_what_nobody_has(browse: Browse, staff: Staff) -> None:
    mine = make_case("investigating")
    late = make_case("open", now=timezone.now() - timedelta(days=70))
    unread = make_case()
    page = home(browse, staff.handler)
    for heading in ("My cases, due next (1)", "To moderate (1)", "Handled by nobody yet (1)"):
        assert heading in page
    assert "Overdue or due within a day (1)" in page
    for case in (mine, late, unread):
        assert case.reference in page


def test_home_shows_who_oversees_only_what_presses_and_without_words(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open", now=timezone.now() - timedelta(days=70))
    page = home(browse, people.make_quality())
    assert case.reference in page
    assert "Delivery" in page
    assert "parcel" not in page
    assert "My cases" not in page


def test_home_shows_no_cases_to_editors(browse: Browse, staff: Staff) -> None:
    case = make_case()
    page = home(browse, people.make_editor())
    assert case.reference not in page
    assert "conduct-home" not in page


@pytest.mark.parametrize("amount", [1, 30])
def test_home_costs_the_same_for_one_case_and_for_thirty(
    amount: int, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    for _number in range(amount):
        submit()
        case = submit().case
        act(case, "assign", staff.lead, handler=staff.handler)
    client = browse(staff.handler)
    client.get(reverse("wagtailadmin_home"))
    with django_assert_num_queries(36):
        client.get(reverse("wagtailadmin_home"))


def user_form(client: Any, user: Any) -> dict[str, Any]:
    form = client.get(reverse("wagtailusers_users:edit", args=[user.pk])).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


@pytest.mark.requirement("10002-4.12")
def test_an_account_with_open_cases_stays_active_until_they_are_reassigned(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    client = browse(people.make_admin())
    url = reverse("wagtailusers_users:edit", args=[staff.handler.pk])
    data = user_form(client, staff.handler) | {"last_name": "New"}
    data.pop("is_active")
    page = client.post(url, data, follow=True).content.decode()
    assert "Handler still handles 1 open case. Assign it to somebody else first" in page
    assert f"{reverse('conduct_complaints_admin:list', args=['open'])}?handler=" in page
    handler = get_user_model().objects.get(pk=staff.handler.pk)
    assert (handler.is_active, handler.last_name) == (True, "")
    act(case, "assign", staff.lead, handler=staff.lead)
    client.post(url, data)
    handler.refresh_from_db()
    assert (handler.is_active, handler.last_name) == (False, "New")


def test_other_changes_to_such_an_account_are_saved(browse: Browse, staff: Staff) -> None:
    make_case("investigating")
    client = browse(people.make_admin())
    url = reverse("wagtailusers_users:edit", args=[staff.handler.pk])
    client.post(url, user_form(client, staff.handler) | {"last_name": "New"})
    assert get_user_model().objects.get(pk=staff.handler.pk).last_name == "New"


@pytest.mark.requirement("10002-4.12")
def test_accounts_are_not_switched_off_or_deleted_in_bulk_either(
    browse: Browse, staff: Staff
) -> None:
    make_case("investigating")
    client = browse(people.make_admin())
    for action, data in (("set_active_state", {"mark_as_active": "False"}), ("delete", {})):
        url = reverse("wagtail_bulk_action", args=["auth", "user", action])
        page = client.post(f"{url}?id={staff.handler.pk}", data, follow=True).content.decode()
        assert ("still handles 1 open case" in page) or ("has worked on cases" in page)
    assert get_user_model().objects.get(pk=staff.handler.pk).is_active is True


def test_who_worked_on_a_case_is_never_deleted_and_others_are(browse: Browse, staff: Staff) -> None:
    make_case("closed")
    stranger = people.make_editor()
    client = browse(people.make_admin())
    for user in (staff.handler, stranger):
        client.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    left = get_user_model().objects.filter(pk__in=[staff.handler.pk, stranger.pk])
    assert list(left) == [staff.handler]
    assert Case.objects.count() == 1
