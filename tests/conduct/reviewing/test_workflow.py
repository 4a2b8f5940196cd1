"""The workflow that ships: author, reviewer, legal, approver, each in the admin's own views."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from conduct.models import (
    CodeOfConductPage,
    Edition,
    ManagementApprovalTask,
    Organisation,
    PolicyPage,
    Promise,
)
from conduct.reviewing.workflow import NAME, ship
from tests.people import make_user

GROUPS = ("Code reviewers", "Legal reviewers", "Code approvers")


def framework_address(organisation: Organisation) -> str:
    where = ["conduct", "codeframework", organisation.site_id]
    return reverse("wagtailsettings:edit", args=where)


def login(name: str, *groups: str) -> Client:
    client = Client()
    client.force_login(make_user(name, *groups))
    return client


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return {
        "author": login("author", "Editors"),
        "reviewer": login("reviewer", "Code reviewers"),
        "legal": login("lawyer", "Legal reviewers"),
        "approver": login("approver", "Code approvers"),
    }


def form(**changes: Any) -> dict[str, Any]:
    data = {
        "title": "Our code",
        "slug": "our-code",
        "scope": "All parcels.",
        "exclusions": "Letters.",
        "purpose": "So that you know.",
        "effective_date": "2025-03-01",
        "review_date": "2027-03-01",
        "what_changed": "",
        "approved_by_name": "",
        "approved_by_role": "",
        "approved_on": "",
        "body": streamfield(
            [("text", rich_text("<p>Hello</p>")), ("promises_of_topic", {"topic": ""})]
        ),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
    }
    return dict(nested_form_data(data | changes))


APPROVAL = {
    "approved_by_name": "Dana Okafor",
    "approved_by_role": "Managing director",
    "approved_on": "2025-02-20",
}


def submit(author: Client, home: Page) -> CodeOfConductPage:
    address = reverse("wagtailadmin_pages:add", args=("conduct", "codeofconductpage", home.pk))
    response = author.post(address, form() | {"action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return CodeOfConductPage.objects.get()


def stage(page: Page) -> str | None:
    """The name of the task that a page waits at."""
    task = Page.objects.get(pk=page.pk).specific.current_workflow_task
    return task.name if task else None


def approve(client: Client, page: Page) -> int:
    """Press "Approve" without editing, as on the admin's home page."""
    state = Page.objects.get(pk=page.pk).specific.current_workflow_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk if state else 0)
    )
    return client.post(address).status_code


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.requirement("10001-5.2")
def test_a_code_goes_from_its_author_through_every_stage_and_only_the_last_one_publishes(
    people: dict[str, Client], home: Page, organisation: Organisation, promise: Promise
) -> None:
    page = submit(people["author"], home)
    passed = [stage(page)]
    for who in ("reviewer", "legal"):
        approve(people[who], page)
        passed.append(stage(page))
        assert (Page.objects.get(pk=page.pk).live, Edition.objects.count()) == (False, 0)
    data = form(**APPROVAL)
    people["approver"].post(edit(page), data)  # saves the draft
    data |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = people["approver"].post(edit(page), data)

    assert response.status_code == 302, response.context["form"].errors
    assert passed == ["Review of a code", "Legal check of a code", "Approval of a code"]
    assert (stage(page), Page.objects.get(pk=page.pk).live) == (None, True)
    assert Edition.objects.get().approved_by_name == "Dana Okafor"


@pytest.mark.requirement("10001-5.2")
def test_nobody_does_the_work_of_another_stage(
    people: dict[str, Client], home: Page, organisation: Organisation, promise: Promise
) -> None:
    page = submit(people["author"], home)
    order = ("author", "reviewer", "legal", "approver")
    for number, mine in enumerate(("reviewer", "legal"), start=1):
        here = stage(page)
        for who in order:
            if who != mine:
                approve(people[who], page)
                people[who].post(edit(page), form() | {"action-publish": "1"})
        assert stage(page) == here
        approve(people[mine], page)
        assert stage(page) != here, number
    for who in order[:3]:
        approve(people[who], page)
        people[who].post(edit(page), form(**APPROVAL) | {"action-publish": "1"})
    assert (stage(page), Page.objects.get(pk=page.pk).live) == ("Approval of a code", False)


@pytest.mark.requirement("10001-4.2")
def test_without_the_name_of_who_approved_it_the_last_stage_cannot_approve(
    people: dict[str, Client], home: Page, organisation: Organisation, promise: Promise
) -> None:
    page = submit(people["author"], home)
    approve(people["reviewer"], page)
    approve(people["legal"], page)

    approve(people["approver"], page)
    seen = people["approver"].get(edit(page)).content.decode()

    assert Page.objects.get(pk=page.pk).live is False
    assert "Before you can approve this edition, fill in what is missing" in seen
    people["approver"].post(edit(page), form(**APPROVAL))
    approve(people["approver"], page)
    assert Page.objects.get(pk=page.pk).live is True


def test_each_stage_can_send_it_back(
    people: dict[str, Client], home: Page, organisation: Organisation, promise: Promise
) -> None:
    page = submit(people["author"], home)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "reject", state.pk))

    people["reviewer"].post(address, {"comment": "Too long."})

    page = CodeOfConductPage.objects.get()
    assert page.current_workflow_state.status == "needs_changes"
    assert page.live is False


def test_every_new_code_and_policy_gets_it_and_no_translation_does(
    code_draft: CodeOfConductPage, policy_draft: PolicyPage, korean_home: Page
) -> None:
    code_draft.copy_for_translation(korean_home.locale)

    rows = WorkflowPage.objects.filter(workflow__name=NAME)
    assert {row.page_id for row in rows} == {code_draft.pk, policy_draft.pk}


def test_it_is_shipped_with_a_group_for_each_stage(db: None) -> None:
    workflow = Workflow.objects.get(name=NAME)

    tasks = [row.task.specific for row in workflow.workflow_tasks.order_by("sort_order")]
    assert [type(task) for task in tasks] == [
        GroupApprovalTask,
        GroupApprovalTask,
        ManagementApprovalTask,
    ]
    assert [task.groups.get().name for task in tasks] == list(GROUPS)


def test_what_was_renamed_or_deleted_is_not_made_again(
    home: Page, organisation: Organisation, page_fields: dict[str, Any]
) -> None:
    workflow = Workflow.objects.get(name=NAME)
    workflow.name = "Our way"
    workflow.save()
    Group.objects.get(name="Legal reviewers").delete()

    ship()
    ship()

    assert Group.objects.filter(name="Legal reviewers").exists() is False
    page = home.add_child(instance=CodeOfConductPage(title="A", slug="a", **page_fields))
    assert page.get_workflow().name == "Our way"

    WorkflowPage.objects.all().delete()
    workflow.delete()
    ship()
    other = home.add_child(instance=CodeOfConductPage(title="B", slug="b", **page_fields))
    assert WorkflowPage.objects.filter(page_id=other.pk).exists() is False


@pytest.mark.requirement("10001-5.2")
def test_the_settings_page_names_the_framework_and_the_stages_that_nobody_is_in(
    home: Page, organisation: Organisation
) -> None:
    login("lawyer", "Legal reviewers")
    client = login("moderator", "Moderators")
    address = framework_address(organisation)

    page = client.get(address).content.decode()
    response = client.post(
        address,
        {
            "decision_body": "The board",
            "roles": "Author, reviewer, lawyer, board",
            "kinds_of_code": "One, for customers",
            "approval_steps": "Four",
            "objectives": "Trust",
            "remind_days": "45",
        },
    )

    assert response.status_code == 302, response.context["form"].errors
    assert page.count("nobody is in it yet") == 2
    from conduct.models import CodeFramework

    framework = CodeFramework.objects.get(site=organisation.site_id)
    assert (framework.decision_body, framework.remind_days) == ("The board", 45)


@pytest.mark.parametrize(("group", "status"), [("Moderators", 200), ("Editors", 302)])
def test_who_may_change_the_framework(organisation: Organisation, group: str, status: int) -> None:
    client = login("somebody", group)

    address = framework_address(organisation)
    assert client.get(address).status_code == status


def test_who_sees_no_list_of_pages_comes_back_to_the_start_page(
    people: dict[str, Client], home: Page, organisation: Organisation, promise: Promise
) -> None:
    page = submit(people["author"], home)
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve"}

    response = people["reviewer"].post(edit(page), form() | decision, follow=True)

    assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert stage(page) == "Legal check of a code"
    (message,) = response.context["messages"]
    assert "has been updated" in str(message)
