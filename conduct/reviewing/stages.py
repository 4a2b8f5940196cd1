"""What a page must have to go on: everything at the last stage, less before it (4.2, 5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Task, Workflow

SUBMITTING = ("action-submit", "action-restart-workflow")


def goes_on_without_approval(page: Any, data: Mapping[str, Any]) -> bool:
    """Whether what an editor pressed leaves the approval by top management to a later stage.

    Only where a later stage asks for it (`ManagementApprovalTask`): else it is asked for now.
    """
    if any(name in data for name in SUBMITTING):
        workflow = _workflow_of(page)
        return workflow is not None and _ends_with_approval(workflow)
    if "action-workflow-action" not in data:
        return False
    state, task = page.current_workflow_state, page.current_workflow_task
    if state is None or task is None or not _ends_with_approval(state.workflow):
        return False
    is_last = _last_task(state.workflow).pk == task.pk
    return not is_last or data.get("workflow-action-name") != "approve"


def _workflow_of(page: Any) -> Workflow | None:
    from .workflow import shipped

    # A page that is being made gets its workflow when it is stored.
    return page.get_workflow() if page.pk else shipped()


def _last_task(workflow: Workflow) -> Task:
    return workflow.workflow_tasks.order_by("sort_order").last().task


def _ends_with_approval(workflow: Workflow) -> bool:
    from conduct.models import ManagementApprovalTask

    rows = workflow.workflow_tasks.order_by("sort_order")
    return rows.exists() and isinstance(rows.last().task.specific, ManagementApprovalTask)
