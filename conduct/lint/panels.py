"""“What to look at”, above the form of a promise or a page."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Page

from .findings import Finding


class FindingsPanel(Panel):
    """The findings of the last saved draft. After autosaving a page it fetches them anew."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/panels/findings.html"

        @property
        def media(self) -> Media:
            return Media(js=[versioned_static("conduct/js/findings.js")])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return dict(context) | findings_context(self.instance)


def findings_context(instance: Any) -> dict[str, Any]:
    """What the template shows of a promise or a page; nothing yet of one that was never saved."""
    context: dict[str, Any] = {"findings": _findings(instance), "address": ""}
    if isinstance(instance, Page) and instance.pk:
        context["address"] = reverse("conduct_admin:findings", args=[instance.pk])
    return context


def _findings(instance: Any) -> list[Finding]:
    # Models name this panel, so what knows the models comes later.
    from conduct.models.promise import Promise

    from .pages import of_page
    from .promises import of_saved_promise

    if instance.pk is None:
        return []
    if isinstance(instance, Promise):
        return of_saved_promise(instance)
    return of_page(instance, instance.get_site() if instance.path else None)
