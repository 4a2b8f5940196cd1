"""Where a stage of the workflow leads after its decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page
from wagtail.permissions import page_permission_policy


def after_a_decision(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An `after_edit_page` hook: to the start page, for those who see no list of pages.

    Whoever only reviews may open the page while it waits for them, and nothing around it.
    """
    if "action-workflow-action" not in request.POST:
        return None
    if page_permission_policy.explorable_root_instance(request.user) is not None:
        return None
    return redirect("wagtailadmin_home")
