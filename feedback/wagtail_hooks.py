"""What this app adds to the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from feedback.groups import APP, may_see_results
from feedback.models import Survey
from feedback.survey_editing import SurveyViewSet, refuse_deletion

register_snippet(SurveyViewSet)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    return [path("surveys/", include("feedback.admin_urls"))]


class ResultsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_results(request.user)


@hooks.register("register_reports_menu_item")
def register_results() -> MenuItem:
    return ResultsMenuItem(
        _("Survey results"),
        reverse_lazy("conduct_feedback_admin:results"),
        name="survey-results",
        icon_name="form",
        order=800,
    )


@hooks.register("register_snippet_listing_buttons")
def results_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(snippet, Survey) and may_see_results(user):
        yield Button(
            _("Results"),
            url=reverse("conduct_feedback_admin:survey_results", args=[snippet.pk]),
            icon_name="table",
            priority=5,
        )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offer the right to see results when editing a group."""
    return Permission.objects.filter(content_type__app_label=APP, codename="view_results")


@hooks.register("before_delete_snippet")
def keep_surveys_in_use(request: HttpRequest, surveys: Iterable[Any]) -> HttpResponse | None:
    return refuse_deletion(request, [one for one in surveys if isinstance(one, Survey)])
