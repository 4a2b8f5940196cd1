"""What editors are told on the page itself: a review that is overdue, what approval needs."""

from __future__ import annotations

from typing import Any

from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.panels import Panel


class ReviewDuePanel(Panel):
    """A warning above the fields of a code or policy whose review date is past; else nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/panels/warning.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.warning is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return dict(context) | {"warning": self.warning}

        @cached_property
        def warning(self) -> str | None:
            from .due import review_of

            if not self.instance.pk:
                return None
            day = review_of(self.instance)
            if day is None or day >= timezone.localdate():
                return None
            return gettext(
                "The review of this text was due on %(date)s. Look at it again, and write down "
                "what you found under Code of conduct › Review records."
            ) % {"date": formats.date_format(day)}


class ApprovalPanel(Panel):
    """Tells the approver at the last stage what is missing before approval; else nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/reviewing/approval.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.problems)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return dict(context) | {"problems": self.problems}

        @cached_property
        def problems(self) -> list[str]:
            from conduct.models import ManagementApprovalTask
            from conduct.publishing import problems

            page = self.instance
            if not page.pk or not isinstance(page.current_workflow_task, ManagementApprovalTask):
                return []
            return problems(page, page.get_site())
