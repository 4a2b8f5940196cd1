"""The settings page of the code framework, with the workflow that is at work now (5.2)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel

from conduct.models import CodeFramework


class WorkflowPanel(Panel):
    """The stages of the workflow, who is in them, and which stage nobody could do."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/reviewing/workflow.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from .workflow import shipped, stages

            context = super().get_context_data(parent_context)
            workflow = shipped()
            return dict(context) | {
                "workflow": workflow,
                "stages": stages(workflow) if workflow else [],
                "workflows_address": reverse("wagtailadmin_workflows:index"),
            }


def edit_handler() -> ObjectList:
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in CodeFramework.WORDS], heading=_("How codes are made")
            ),
            WorkflowPanel(heading=_("The workflow of codes and policies")),
            MultiFieldPanel(
                [FieldPanel("remind_days"), FieldPanel("block_until_translated")],
                heading=_("Options"),
            ),
        ]
    )
