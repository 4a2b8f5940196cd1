"""The workflow that codes and policies go through: author, reviewer, legal, approver (5.2).

Made once after migrating, as Wagtail's own objects: an organisation may rename, change, switch off
or delete every part, and nothing is made again.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from conduct.models import MadeOnce, ManagementApprovalTask

WORKFLOW = "workflow"
#: Key, group, task: in the order of their work. The author submits before them.
STAGES = (
    ("reviewer", "Code reviewers", "Review of a code"),
    ("legal", "Legal reviewers", "Legal check of a code"),
    ("approver", "Code approvers", "Approval of a code"),
)
TASKS: dict[str, type[Any]] = {
    "reviewer": GroupApprovalTask,
    "legal": GroupApprovalTask,
    "approver": ManagementApprovalTask,
}
NAME = "Code of conduct approval"


def ship(*, using: str = "default", **kwargs: Any) -> None:
    """Make the groups, the tasks and the workflow where they were never made.

    A receiver of `post_migrate`; safe to run again and again.
    """
    if using != "default" or MadeOnce.objects.filter(key=WORKFLOW).exists():
        return
    create_permissions(apps.get_app_config("wagtailadmin"), verbosity=0, using=using)
    with transaction.atomic():
        workflow = Workflow.objects.create(name=NAME)
        for order, (key, group_name, task_name) in enumerate(STAGES):
            group = _group(key, group_name)
            task = TASKS[key].objects.create(name=task_name)
            task.groups.add(group)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
        MadeOnce.objects.create(key=WORKFLOW, object_id=workflow.pk)


def _group(key: str, name: str) -> Group:
    """The group of a stage: it may open the admin, and by its task the pages that wait for it."""
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    MadeOnce.objects.get_or_create(key=f"group:{key}", defaults={"object_id": group.pk})
    return group


def shipped() -> Workflow | None:
    """The workflow of new codes and policies, whatever its name; None where it is gone or off."""
    pk = MadeOnce.objects.filter(key=WORKFLOW).values_list("object_id", flat=True).first()
    return Workflow.objects.filter(pk=pk, active=True).first() if pk else None


def assign(page: Page) -> None:
    """Let a new code or policy go through the workflow. Its translations follow its original.

    An edition is approved as a whole, so translations are published by those who translate.
    """
    if page.alias_of_id:
        return
    family = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    if family.exists() or (workflow := shipped()) is None:
        return
    WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})
    _let_approvers_publish(workflow, page)


def _let_approvers_publish(workflow: Workflow, page: Page) -> None:
    """Wagtail publishes in the name of who approves last: they need the right on this one page."""
    last = workflow.workflow_tasks.select_related("task").order_by("sort_order").last()
    task: Any = last.task.specific if last else None
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    for group in task.groups.all() if hasattr(task, "groups") else []:
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=publish)


def stages(workflow: Workflow) -> list[tuple[str, list[str], int]]:
    """For the settings page: each stage's name, its groups, and how many people are in them."""
    found = []
    for row in workflow.workflow_tasks.select_related("task").order_by("sort_order"):
        task = row.task.specific
        groups = list(task.groups.all()) if hasattr(task, "groups") else []
        people = get_user_model()._default_manager.filter(groups__in=groups, is_active=True)
        count = people.distinct().count()
        found.append((task.name, [group.name for group in groups], count))
    return found


def page_made(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A receiver of `post_save` of code and policy pages."""
    if created and not raw:
        assign(instance)
