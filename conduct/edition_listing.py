"""Editions in the Wagtail admin: to look at, never to change."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

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
    list_display = ["__str__", "effective_from", "source_language", "review_date", "created_at"]
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
    ]
    copy_view_enabled = False
    panels: list[Any] = []

    @cached_property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(Edition)


def register_policy() -> None:
    """Tell Wagtail 8, which asks a registry; Wagtail 7.4 asks the viewset."""
    try:
        from wagtail.permissions import register_permission_policy
    except ImportError:
        return
    register_permission_policy(Edition, ReadOnlyPolicy(Edition))
