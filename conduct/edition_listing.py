"""Editions in the Wagtail admin: to look at, never to change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from .following.clarity import COUNTS
from .following.edition_view import FIELDS, ClarityColumn, EditionInspectView
from .models.edition import Edition


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view editions may view them; nobody may add, change or delete one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, "view"))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        if self.user_has_any_permission(user, actions):
            return Edition.objects.all()
        return Edition.objects.none()


class EditionViewSet(SnippetViewSet):
    model = Edition
    icon = "history"
    menu_label = _("Editions")
    list_display = [
        "__str__",
        "effective_from",
        Column(
            "source_language",
            label=capfirst(_("written in")),
            accessor=lambda row: (
                dict(settings.LANGUAGES).get(row.source_language) or row.source_language
            ),
        ),
        "review_date",
        "created_at",
        ClarityColumn("clarity", label=_("Found clear by")),
    ]
    list_filter = ["kind", "site"]
    ordering = ["-effective_from", "-number"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "kind",
        "number",
        "site",
        "source_language",
        "effective_from",
        "review_date",
        "created_at",
        "digest",
        *FIELDS,
    ]
    inspect_view_class = EditionInspectView
    copy_view_enabled = False
    panels: list[Any] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return Edition.objects.annotate(**COUNTS)

    @cached_property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(Edition)


def keep_editions(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """A hook: Wagtail's bulk deletion asks for the model's permission, which a superuser has."""
    if not any(isinstance(instance, Edition) for instance in instances):
        return None
    return _refuse(request)


def _refuse(request: HttpRequest) -> HttpResponse:
    messages.error(
        request, _("Editions are never deleted: people rely on what was promised in them.")
    )
    return redirect(EditionViewSet().get_url_name("list"))


def keep_editions_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> HttpResponse | None:
    """The same for Wagtail 8, which leaves out what may not be deleted and deletes the rest."""
    is_deleting = action_type == "delete" and action.model is Edition
    return _refuse(request) if is_deleting else None


def register_policy() -> None:
    """Tell Wagtail 8, which asks a registry; Wagtail 7.4 asks the viewset."""
    try:
        from wagtail.permissions import register_permission_policy
    except ImportError:
        return
    register_permission_policy(Edition, ReadOnlyPolicy(Edition))
