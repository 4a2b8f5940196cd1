"""How promises were kept, in short, for any page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class PerformanceBlock(blocks.StructBlock):
    """All live promises, or those that were chosen; the figures are those of the page."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    promises = blocks.ListBlock(
        SnippetChooserBlock("conduct.Promise"),
        label=_("Promises"),
        default=[],
        min_num=0,
        help_text=_("Choose none to show every live promise."),
    )

    class Meta:
        icon = "table"
        label = _("How we keep our promises")
        template = "conduct/blocks/performance.html"

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        from .figures import rows

        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request") or HttpRequest()
        # One that was deleted meanwhile is None.
        chosen = [promise.pk for promise in value["promises"] if promise is not None]
        all_are_gone = bool(value["promises"]) and not chosen
        found = [] if all_are_gone else rows(request, timezone.now(), chosen)
        return context | {"rows": found, "default_heading": gettext("How we keep our promises")}
