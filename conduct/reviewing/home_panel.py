"""The admin's home page for editors: what is past its date, and which comments wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from conduct.models import ConsultationComment, LaunchTask
from conduct.models.consultation import CommentState

from .due import past

SHOWN = 8


class ConductPanel(Component):
    """Reviews and evidence past their date, launch tasks overdue, comments not answered."""

    name = "conduct-code"
    template_name = "conduct/reviewing/home_panel.html"
    order = 60

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        due = past()
        return {
            "panel": self,
            "due": due[:SHOWN],
            "further": len(due) - SHOWN,
            "lines": [line for line in (*self._comments(), *self._tasks()) if line],
        }

    def _comments(self) -> list[tuple[str, str] | None]:
        if not self.user.has_perm("conduct.change_consultationcomment"):
            return []
        waiting = ConsultationComment.objects.filter(state=CommentState.WAITING).count()
        unanswered = ConsultationComment.objects.unanswered().count()
        address = reverse("wagtailsnippets_conduct_consultationcomment:list")
        return [
            (
                ngettext(
                    "%(number)d comment waits for a decision",
                    "%(number)d comments wait for a decision",
                    waiting,
                )
                % {"number": waiting},
                f"{address}?state={CommentState.WAITING}",
            )
            if waiting
            else None,
            (
                ngettext(
                    "%(number)d comment is not answered",
                    "%(number)d comments are not answered",
                    unanswered,
                )
                % {"number": unanswered},
                address,
            )
            if unanswered
            else None,
        ]

    def _tasks(self) -> list[tuple[str, str] | None]:
        if not self.user.has_perm("conduct.change_launchtask"):
            return []
        overdue = LaunchTask.objects.overdue(timezone.localdate()).count()
        words = ngettext(
            "%(number)d launch task is overdue", "%(number)d launch tasks are overdue", overdue
        )
        address = reverse("wagtailsnippets_conduct_launchtask:list")
        return [(words % {"number": overdue}, f"{address}?standing=overdue") if overdue else None]


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """A hook. Only for those who work on the code."""
    if request.user.has_perm("conduct.change_promise"):
        panels.append(ConductPanel(request.user))
