"""“How to complain”: one source for the page, the leaflet, the poster and the staff's own version.

Six things have to be said before it may be published (ISO 10002:2018, 7.1): where and how, what to
tell, the steps, the time for each, what can be put right and who helps outside, how to follow it.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

WORDS = ["bold", "italic", "ol", "ul", "link"]


class StepBlock(blocks.StructBlock):
    """What happens, by when, and what staff do meanwhile; the last two are theirs alone."""

    name = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.TextBlock(label=_("What happens"), rows=2)
    # Whether each step has one is asked before publishing, in words.
    time = blocks.CharBlock(
        label=_("How long it takes"),
        max_length=120,
        required=False,
        help_text=_("Such as “within 1 working day”. Needed before you publish."),
    )
    # Searched by everybody, so what only staff may read stays out of the index.
    staff_do = blocks.TextBlock(
        label=_("What staff do"),
        required=False,
        rows=2,
        search_index=False,
        help_text=_("Only staff who have logged in can read it."),
    )
    staff_say = blocks.TextBlock(
        label=_("What staff say"),
        required=False,
        rows=2,
        search_index=False,
        help_text=_("In words they can use. Only staff who have logged in can read it."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")


#: What each of the six needs, in the order in which readers see them; the times are the steps'.
ASKED_FOR = {
    "where": _("Say where and how people can complain."),
    "tell": _("Say what people should tell you."),
    "steps": _("Say what happens, step by step. Add the first step."),
    "remedies": _("Say what you can do to put something right."),
    "outside": _("Say who helps outside, where somebody does not agree with your answer."),
    "follow": _("Say how people find out how their complaint stands."),
}
NO_TIME = _("Say for each step how long it takes. It is missing in: %(steps)s.")


class HowToComplainPageForm(WagtailAdminPageForm):
    """Tells the page whether it is about to be published: a draft may be incomplete."""

    def _post_clean(self) -> None:
        self.instance.is_draft_save = self.is_deferred_validation
        super()._post_clean()


def _needed(verbose_name: Any, help_text: Any) -> RichTextField:
    return RichTextField(verbose_name=verbose_name, help_text=help_text, features=WORDS, blank=True)


class HowToComplainPage(RoutablePageMixin, Page):
    """Public; below it `leaflet/` and `poster/` for paper, and `staff/` for who has logged in."""

    is_draft_save = False
    base_form_class = HowToComplainPageForm
    template = "conduct/how_to_complain/page.html"

    intro = models.TextField(
        verbose_name=_("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences: that it is free, and that nobody suffers for it."),
    )
    where = _needed(
        _("where and how to complain"),
        _("Each way there is: form, letter, telephone, in person, through somebody else."),
    )
    tell = _needed(_("what to tell us"), _("What helps you to help; what is optional."))
    steps = StreamField(
        [("step", StepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("From receipt to closing, with the time for each."),
    )
    remedies = _needed(
        _("what can put it right"), _("Such as an apology, a refund, doing it again.")
    )
    outside = _needed(
        _("who helps outside"),
        _("When people can go there. Name and address come from Settings › Organisation."),
    )
    follow = _needed(_("how to follow it"), _("With the reference and the key, or by asking you."))
    staff_intro = models.TextField(
        verbose_name=_("introduction for staff"),
        blank=True,
        help_text=_("Only staff who have logged in can read it."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ASKED_FOR],
            heading=_("Needed before you publish"),
        ),
        FieldPanel("staff_intro"),
    ]
    # A translated slug would move the page, and with it the address on every poster.
    override_translatable_fields = [SynchronizedField("slug")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        *(index.SearchField(name) for name in ASKED_FOR),
    ]

    class Meta:
        verbose_name = _("how to complain page")
        verbose_name_plural = _("how to complain pages")

    def clean(self) -> None:
        """Refuse to publish what lacks one of the six. Raises ValidationError by field."""
        super().clean()
        if self.is_draft_save or self.alias_of_id:
            return
        found: dict[str, Any] = {
            name: sentence for name, sentence in ASKED_FOR.items() if self._is_empty(name)
        }
        untimed = [step.value["name"] for step in self.steps if not step.value["time"].strip()]
        if untimed:
            found["steps"] = NO_TIME % {"steps": ", ".join(untimed)}
        if found:
            raise ValidationError(found)

    def _is_empty(self, name: str) -> bool:
        value = getattr(self, name)
        return len(value) == 0 if name == "steps" else not strip_tags(value).strip()

    @path("leaflet/")
    def leaflet(self, request: HttpRequest) -> HttpResponse:
        from conduct.how_to_complain.serving import on_paper

        return on_paper(self, request, "leaflet")

    @path("poster/")
    def poster(self, request: HttpRequest) -> HttpResponse:
        from conduct.how_to_complain.serving import on_paper

        return on_paper(self, request, "poster")

    @path("staff/")
    def staff(self, request: HttpRequest) -> HttpResponse:
        from conduct.how_to_complain.serving import for_staff

        return for_staff(self, request)

    @path("staff/leaflet/")
    def staff_leaflet(self, request: HttpRequest) -> HttpResponse:
        from conduct.how_to_complain.serving import staff_on_paper

        return staff_on_paper(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from conduct.how_to_complain.serving import context

        return {**super().get_context(request, *args, **kwargs), **context(self, request)}
