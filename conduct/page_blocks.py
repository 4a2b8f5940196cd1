"""What editors can put into any page: promises, how to complain, contact, who else can help, and
which edition is in force.

Each block shows what is in force or configured when it is read, so that no page repeats, and keeps,
what has changed since. A host adds them to its own StreamFields.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page, Site
from wagtail.snippets.blocks import SnippetChooserBlock

from .links import content_language, localized
from .models.edition import Kind
from .models.organisation import Organisation
from .performance import results_today
from .publication import Reading, current


class InForceBlock(blocks.StructBlock):
    """Shows something of the code or policy in force on the site that is read."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        site = Site.find_for_request(request) if request is not None else None
        if request is None or site is None:
            return context
        return context | self.in_force(value, request, site)

    def in_force(self, value: Any, request: HttpRequest, site: Site) -> dict[str, Any]:
        raise NotImplementedError


class PromisesBlock(InForceBlock):
    """Chosen promises, in the words of the edition in force; others are left out."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    promises = blocks.ListBlock(SnippetChooserBlock("conduct.Promise"), label=_("Promises"))

    class Meta:
        icon = "pick"
        label = _("Promises")
        template = "conduct/blocks/promises.html"

    def in_force(self, value: Any, request: HttpRequest, site: Site) -> dict[str, Any]:
        page, reading = _reading(site, Kind.CODE)
        if page is None or reading is None:
            return {}
        shown = reading.document.shown_promises()
        chosen = [promise.code for promise in value["promises"] if promise is not None]
        return {
            "shown_promises": [shown[code] for code in dict.fromkeys(chosen) if code in shown],
            "results": results_today(request, chosen),
            "code_page": page,
            "reading": reading,
        }


class EditionNoticeBlock(InForceBlock):
    """Which edition of the code or policy is in force, since when, and where to read it."""

    document = blocks.ChoiceBlock(
        label=_("Code or policy"), choices=Kind.choices, default=Kind.CODE
    )

    class Meta:
        icon = "history"
        label = _("Edition in force")
        template = "conduct/blocks/edition_notice.html"

    def in_force(self, value: Any, request: HttpRequest, site: Site) -> dict[str, Any]:
        page, reading = _reading(site, value["document"])
        return {"document_page": page, "reading": reading}


class HowToComplainBlock(blocks.StructBlock):
    """Where and how to complain, in short, with the links that the settings know."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)

    class Meta:
        icon = "warning"
        label = _("How to complain")
        template = "conduct/blocks/how_to_complain.html"


class ContactDetailsBlock(blocks.StructBlock):
    """The contact details kept in the settings, so that they are never out of date."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)

    class Meta:
        icon = "mail"
        label = _("Contact details")
        template = "conduct/blocks/contact_details.html"


class OutsideRouteBlock(blocks.StructBlock):
    """Who customers can turn to outside the organisation, and that their rights stay theirs."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)

    class Meta:
        icon = "link-external"
        label = _("Who else can help")
        template = "conduct/blocks/outside_route.html"


def _reading(site: Site, kind: str) -> tuple[Page | None, Reading | None]:
    """The page of the site's code or policy in the reader's language, and what is in force."""
    organisation = Organisation.for_site(site)
    chosen = organisation.code_page if kind == Kind.CODE else organisation.policy_page
    page = localized(chosen)
    if page is None:
        return None, None
    return page, current(page.translation_key, language=content_language(), now=timezone.now())
