"""What this app knows that needs a role: promises, pages, workflow steps and indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Task, WorkflowTask

from conduct import indicators
from conduct.models.indicator_role import IndicatorRole
from conduct.models.pages import CodeOfConductPage, PolicyPage
from conduct.models.promise import Promise, PromiseState

from .accountability import Answerable, register_source, roles_in

EDIT_PROMISE = "wagtailsnippets_conduct_promise:edit"
EDIT_INDICATOR = "wagtailsnippets_conduct_indicatorrole:edit"
ADD_INDICATOR = "wagtailsnippets_conduct_indicatorrole:add"
BINDING = (PromiseState.LIVE, PromiseState.PILOT, PromiseState.SUSPENDED)


def promises() -> Iterator[Answerable]:
    for promise in Promise.objects.filter(state__in=BINDING).select_related("owner"):
        yield Answerable(
            kind=_("Promise"),
            name=f"{promise.code} {promise.statement}",
            roles=roles_in(promise.accountable_role),
            person=_name(promise.owner),
            mend=reverse(EDIT_PROMISE, args=[promise.pk]),
        )


def pages() -> Iterator[Answerable]:
    """Once for all languages: the role is entered where the text was written."""
    for model in (CodeOfConductPage, PolicyPage):
        seen = set()
        known = model.objects.filter(alias_of=None).select_related("accountable").order_by("pk")
        for page in known.defer("body"):
            if page.translation_key in seen:
                continue
            seen.add(page.translation_key)
            yield Answerable(
                kind=str(model._meta.verbose_name),
                name=page.title,
                roles=roles_in(page.accountable_role),
                person=_name(page.accountable),
                mend=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            )


def workflow_steps() -> Iterator[Answerable]:
    """Each task of a workflow in use. The group that has to approve is the role."""
    in_use = WorkflowTask.objects.filter(task=OuterRef("pk"), workflow__active=True)
    groups = {
        task.pk: tuple(group.name for group in task.groups.all())
        for task in GroupApprovalTask.objects.prefetch_related("groups")
    }
    for task in Task.objects.filter(Exists(in_use), active=True).order_by("name"):
        yield Answerable(
            kind=_("Step of a workflow"),
            name=task.name,
            roles=groups.get(task.pk, ()),
            mend=reverse("wagtailadmin_workflows:edit_task", args=[task.pk]),
        )


def measured_by() -> Iterator[Answerable]:
    """Each indicator that measures a promise which binds."""
    roles = dict(IndicatorRole.objects.values_list("indicator", "role"))
    rows = dict(IndicatorRole.objects.values_list("indicator", "pk"))
    used = (
        Promise.objects.filter(state__in=BINDING)
        .exclude(indicator="")
        .order_by("indicator")
        .values_list("indicator", flat=True)
        .distinct()
    )
    for key in used:
        known = indicators.get(key)
        yield Answerable(
            kind=_("Indicator"),
            name=str(known.name) if known else key,
            roles=roles_in(roles.get(key, "")),
            mend=_mend_indicator(key, rows.get(key)),
        )


def _mend_indicator(key: str, pk: int | None) -> str:
    if pk is not None:
        return reverse(EDIT_INDICATOR, args=[pk])
    return f"{reverse(ADD_INDICATOR)}?{urlencode({'indicator': key})}"


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user is not None else ""


def register_sources() -> None:
    register_source("promises", promises)
    register_source("pages", pages)
    register_source("workflow_steps", workflow_steps)
    register_source("indicators", measured_by)
