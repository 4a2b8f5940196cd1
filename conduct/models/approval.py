"""The last stage of the workflow: nobody can approve what top management has not (10001, 4.2)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page

from .pages import EditionedPage


class ManagementApprovalTask(AbstractGroupApprovalTask):
    """A group approval that is offered once the page says who in top management approved it.

    Stages before it need no approval yet, so that the text can change until then.
    """

    class Meta:
        verbose_name = _("approval by top management")
        verbose_name_plural = _("approvals by top management")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        # Some of Wagtail's views have the page as no more than a page.
        page = obj.specific if isinstance(obj, Page) else obj
        if not actions or not isinstance(page, EditionedPage):
            return actions
        # The page in the database is what readers know; what waits is its latest draft.
        draft = page.get_latest_revision_as_object()
        return [action for action in actions if action[0] != "approve" or not _problems(draft)]

    @classmethod
    def get_description(cls) -> str:
        return str(
            _(
                "Members of the chosen groups can approve, once the page says who in top "
                "management approved the edition"
            )
        )


def _problems(draft: EditionedPage) -> list[str]:
    from conduct.publishing import problems

    return problems(draft, draft.get_site())
