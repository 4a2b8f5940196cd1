"""Exactly one role answers for each promise, page, workflow step and indicator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Task, Workflow, WorkflowTask

from conduct.governance import accountability, answerable
from conduct.governance.accountability import Answerable
from conduct.governance.indicator_roles import IndicatorRoleViewSet
from conduct.models import CodeOfConductPage, IndicatorRole, PolicyPage, Promise
from conduct.promise_editing import PromiseViewSet


def roles(items: Any) -> dict[str, tuple[str, ...]]:
    return {item.name: item.roles for item in items}


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    return client


@pytest.mark.requirement("ETH-3", "10001-4.8")
def test_every_promise_that_binds_needs_one_role(make_promise: Callable[..., Promise]) -> None:
    make_promise("A1", accountable_role="Head of delivery")
    make_promise("A2", accountable_role=" ")
    make_promise("A3", accountable_role="Head of delivery; Head of sales", state="suspended")
    make_promise("A4", state="draft")
    make_promise("A5", state="withdrawn")

    found = list(answerable.promises())

    words = "We deliver within 3 working days."
    assert roles(found) == {
        f"A1 {words}": ("Head of delivery",),
        f"A2 {words}": (),
        f"A3 {words}": ("Head of delivery", "Head of sales"),
    }
    assert [item.has_one for item in found] == [True, False, False]
    assert accountability.without_owner(found) == 2


@pytest.mark.requirement("ETH-3", "10001-4.8")
def test_every_code_and_policy_needs_one_role(
    code_draft: CodeOfConductPage, policy_draft: PolicyPage
) -> None:
    policy_draft.accountable_role = "Head of customer care"
    policy_draft.accountable = get_user_model().objects.create_user("kim", first_name="Kim")
    policy_draft.is_draft_save = True
    policy_draft.save()

    found = list(answerable.pages())

    assert roles(found) == {
        "Code of conduct": (),
        "Complaints policy": ("Head of customer care",),
    }
    assert [item.person for item in found] == ["", "Kim"]
    assert found[0].mend == reverse("wagtailadmin_pages:edit", args=[code_draft.pk])


@pytest.mark.requirement("ETH-3")
@pytest.mark.django_db
def test_every_step_of_a_workflow_in_use_needs_one_group() -> None:
    WorkflowTask.objects.all().delete()
    workflow = Workflow.objects.create(name="Code")
    legal, editors = Group.objects.create(name="Legal"), Group.objects.get(name="Editors")
    for order, (name, groups) in enumerate(
        {"Legal check": [legal], "Review": [legal, editors], "Approve": []}.items()
    ):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(groups)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    GroupApprovalTask.objects.create(name="In no workflow")

    found = list(answerable.workflow_steps())

    assert {name: len(named) for name, named in roles(found).items()} == {
        "Approve": 0,
        "Legal check": 1,
        "Review": 2,
    }
    approve = Task.objects.get(name="Approve")
    assert found[0].mend == reverse("wagtailadmin_workflows:edit_task", args=[approve.pk])


@pytest.mark.requirement("ETH-3")
def test_every_indicator_in_use_needs_one_role(
    admin: Client, make_promise: Callable[..., Promise]
) -> None:
    make_promise("A1", indicator="entered")
    make_promise("A2", indicator="gone", state="draft")
    (item,) = answerable.measured_by()
    assert (item.name, item.roles) == ("Entered by hand", ())

    form = admin.get(item.mend).content.decode()
    saved = admin.post(item.mend, {"indicator": "entered", "role": "Head of quality"})

    assert '<option value="entered" selected>Entered by hand</option>' in form
    assert saved.status_code == 302
    (mended,) = answerable.measured_by()
    assert mended.roles == ("Head of quality",)
    row = IndicatorRole.objects.get()
    assert mended.mend == reverse(IndicatorRoleViewSet().get_url_name("edit"), args=[row.pk])


@pytest.mark.requirement("ETH-3", "10001-4.8")
def test_the_report_counts_what_nobody_answers_for_and_leads_there(
    admin: Client, make_promise: Callable[..., Promise], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accountability, "_sources", {"promises": answerable.promises})
    owned = make_promise("A1", accountable_role="Head of delivery")
    missing = make_promise("A2")
    address = reverse("conduct_admin:accountability")

    before = admin.get(address).content.decode()
    home = admin.get(reverse("wagtailadmin_home")).content.decode()
    missing.accountable_role = "Head of sales"
    missing.save()
    after = admin.get(address).content.decode()

    mend = reverse(PromiseViewSet().get_url_name("edit"), args=[missing.pk])
    other = reverse(PromiseViewSet().get_url_name("edit"), args=[owned.pk])
    assert "1 thing has no role, or several, that answer for it." in before
    assert before.index(mend) < before.index(other)
    assert "1 thing has no role, or several, that answer for it." in home
    assert "Exactly one role answers for everything." in after


def test_a_source_is_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accountability, "_sources", {})
    item = Answerable("x", "y", ("Head",), "/")
    for _time in range(2):
        accountability.register_source("one", lambda: [item])

    assert accountability.everything() == [item]


def test_the_number_of_things_costs_no_more_queries(
    code_draft: CodeOfConductPage,
    make_promise: Callable[..., Promise],
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(12) as few:
        accountability.everything()
    for number in range(30):
        make_promise(f"M{number}", indicator="entered")

    with django_assert_max_num_queries(12) as many:
        accountability.everything()

    assert len(many) == len(few)


REPORTS = ("translations", "accountability", "certificates")


@pytest.mark.parametrize(
    ("group", "status"),
    [
        ("Editors", 200),
        ("Moderators", 200),
        ("Quality managers", 200),
        ("Case handlers", 302),
        ("Auditors", 302),
    ],
)
@pytest.mark.parametrize("name", REPORTS)
def test_who_may_see_the_reports(
    client: Client, db: None, group: str, status: int, name: str
) -> None:
    user = get_user_model().objects.create_user("who", "w@example.org", "x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    for params in ({}, {"format": "csv"}):
        assert client.get(reverse(f"conduct_admin:{name}"), params).status_code == status


@pytest.mark.parametrize("name", REPORTS)
def test_who_is_not_signed_in_is_asked_to(client: Client, db: None, name: str) -> None:
    response = client.get(reverse(f"conduct_admin:{name}"))

    assert response["Location"].startswith(reverse("wagtailadmin_login"))
