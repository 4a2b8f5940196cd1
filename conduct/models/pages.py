"""The public pages: the code of conduct, the complaints policy, and what was measured."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from conduct.blocks import DocumentBlock
from conduct.lint.panels import FindingsPanel
from conduct.reviewing.banner import ApprovalPanel, ReviewDuePanel
from conduct.reviewing.stages import goes_on_without_approval

from .checked_page import CheckedPage, CheckedPageForm
from .edition import Kind


class EditionedPageForm(CheckedPageForm):
    """Knows, too, whether the workflow asks for the approval later."""

    def _post_clean(self) -> None:
        self.instance.is_on_its_way = goes_on_without_approval(self.instance, self.data)
        super()._post_clean()


#: What belongs to the edition in every language, and is entered once. The role of who approved it
#: is translated; the edition keeps the original.
OF_THE_EDITION = (
    "change_theme",
    "approved_by_name",
    "approved_on",
    "accountable",
    "accountable_role",
)


class EditionedPage(RoutablePageMixin, CheckedPage):
    """A page whose published states are kept as editions; readers see the one in force."""

    kind: Kind
    #: Its workflow asks for the approval by top management at a later stage.
    is_on_its_way = False
    base_form_class = EditionedPageForm

    scope = models.TextField(
        verbose_name=_("what it covers"),
        help_text=_("Products, services, places, channels and groups of customers."),
    )
    exclusions = models.TextField(
        verbose_name=_("what it does not cover"),
        help_text=_("If it covers everything, say so: “Nothing is left out.”"),
    )
    purpose = models.TextField(verbose_name=_("purpose"))
    effective_date = models.DateField(
        verbose_name=_("in force from"),
        null=True,
        help_text=_(
            "The day the next edition comes into force. It may lie ahead: until then readers see "
            "the edition in force now. Leave the last date to put it in force when you publish."
        ),
    )
    review_date = models.DateField(
        verbose_name=_("review date"), null=True, help_text=_("When you will look at it again.")
    )
    what_changed = models.TextField(
        verbose_name=_("what changed"),
        blank=True,
        help_text=_("For readers of the last edition: what is different in this one, and why."),
    )
    impact = models.TextField(
        verbose_name=_("what it means for customers"),
        blank=True,
        help_text=_("What customers will notice, and what happens to what was promised before."),
    )
    change_theme = models.CharField(
        verbose_name=_("complaints behind the change"),
        max_length=300,
        blank=True,
        help_text=_("For staff: the theme of complaints or the review that led to it, if any."),
    )
    is_correction = models.BooleanField(
        verbose_name=_("only corrects spelling"),
        default=False,
        help_text=_(
            "Nothing that customers can rely on changes: the edition keeps its number, and readers "
            "can see what was corrected."
        ),
    )
    approved_by_name = models.CharField(
        verbose_name=_("approved by"),
        max_length=200,
        blank=True,
        help_text=_("Who in top management approved this edition. Readers see the name."),
    )
    approved_by_role = models.CharField(
        verbose_name=_("their role"), max_length=200, blank=True, help_text=_("Such as director.")
    )
    approved_on = models.DateField(verbose_name=_("approved on"), null=True, blank=True)
    accountable = models.ForeignKey(
        to=settings.AUTH_USER_MODEL,
        verbose_name=_("person who answers for it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Gets the reminders to review it."),
    )
    accountable_role = models.CharField(
        verbose_name=_("role that answers for it"),
        max_length=200,
        blank=True,
        help_text=_("Exactly one, such as Head of customer care. It stays when people change."),
    )
    body = StreamField(DocumentBlock(), verbose_name=_("text"))

    content_panels = [
        ReviewDuePanel(),
        FindingsPanel(heading=_("What to look at")),
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("scope"), FieldPanel("exclusions"), FieldPanel("purpose")],
            heading=_("What it is for"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("effective_date"),
                FieldPanel("review_date"),
                FieldPanel("what_changed"),
                FieldPanel("impact"),
                FieldPanel("change_theme"),
                FieldPanel("is_correction"),
            ],
            heading=_("Next edition"),
        ),
        MultiFieldPanel(
            [
                ApprovalPanel(),
                FieldPanel("approved_by_name"),
                FieldPanel("approved_by_role"),
                FieldPanel("approved_on"),
            ],
            heading=_("Approval of the next edition"),
        ),
        MultiFieldPanel(
            [FieldPanel("accountable"), FieldPanel("accountable_role")],
            heading=_("Who answers for it"),
        ),
        FieldPanel("body"),
    ]
    # A translated slug would move the page, and with it every address that people cite.
    override_translatable_fields = [
        SynchronizedField("slug"),
        SynchronizedField("effective_date", overridable=False),
        SynchronizedField("review_date", overridable=False),
        *(SynchronizedField(name, overridable=False) for name in OF_THE_EDITION),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("scope"),
        index.SearchField("purpose"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def what_stops(self) -> list[str]:
        """What is missing or must not be there. Drafts may be incomplete."""
        from conduct.publishing import problems

        return problems(self, self._site())

    def _site(self) -> Site | None:
        parent = self.intended_parent
        if not self.path and parent is not None:
            return parent.get_site()
        return self.get_site() if self.path else None

    @path("")
    def in_force(self, request: HttpRequest) -> HttpResponse:
        from conduct.reading import show_in_force

        return show_in_force(self, request)

    @path("editions/")
    def editions(self, request: HttpRequest) -> HttpResponse:
        from conduct.reading import list_editions

        return list_editions(self, request)

    @path("editions/feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from conduct.reading import show_feed

        return show_feed(self, request)

    @path("follow/")
    def follow(self, request: HttpRequest) -> HttpResponse:
        from conduct.following.asking import FollowForm

        return self._show(request, "conduct/following/follow.html", form=FollowForm())

    @path("follow/asked/")
    def follow_asked(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, "conduct/following/asked.html")

    @path("clear/thanks/")
    def clear_thanks(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, "conduct/following/thanks.html")

    def _show(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        return self.render(request, template=template, context_overrides=context)

    @path("editions/<int:number>/")
    def edition(self, request: HttpRequest, number: int) -> HttpResponse:
        from conduct.reading import show_edition

        return show_edition(self, request, number)

    @path("editions/compare/")
    def compare(self, request: HttpRequest) -> HttpResponse:
        from conduct.edition_comparing import compare

        return compare(self, request)

    @path("editions/<int:number>/changes/")
    def changes(self, request: HttpRequest, number: int) -> HttpResponse:
        from conduct.edition_comparing import show_changes

        return show_changes(self, request, number)

    @path("editions/<int:number>/changes/<int:since>/")
    def changes_since(self, request: HttpRequest, number: int, since: int) -> HttpResponse:
        from conduct.edition_comparing import show_changes

        return show_changes(self, request, number, since)

    @path("editions/<int:number>/corrections/")
    def corrections(self, request: HttpRequest, number: int) -> HttpResponse:
        from conduct.edition_comparing import show_corrections

        return show_corrections(self, request, number)

    @path("editions/<int:number>/promises/<str:code>/")
    def promise_of_edition(self, request: HttpRequest, number: int, code: str) -> HttpResponse:
        from conduct.promise_reading import show_promise

        return show_promise(self, request, code, number)

    @path("promises/<str:code>/")
    def promise(self, request: HttpRequest, code: str) -> HttpResponse:
        from conduct.promise_reading import show_promise

        return show_promise(self, request, code)

    @path("pdf/")
    def pdf(self, request: HttpRequest) -> HttpResponse:
        from conduct.reading import serve_pdf

        return serve_pdf(self, request)


class CodeOfConductPage(EditionedPage, Page):
    """The code: scope, promises with their limits, and where to go (ISO 10001:2018, 6.4)."""

    kind = Kind.CODE
    template = "conduct/document_page.html"

    class Meta:
        verbose_name = _("code of conduct page")
        verbose_name_plural = _("code of conduct pages")


class PolicyPage(EditionedPage, Page):
    """The complaints policy (ISO 10002:2018, 5.3)."""

    kind = Kind.POLICY
    template = "conduct/document_page.html"

    inputs_considered = models.TextField(
        verbose_name=_("what was considered"),
        blank=True,
        help_text=_(
            "For the record: which law, which financial, operational and organisational needs, and "
            "which views of customers and staff went into it."
        ),
    )
    content_panels = [*EditionedPage.content_panels, FieldPanel("inputs_considered")]
    override_translatable_fields = [
        *EditionedPage.override_translatable_fields,
        SynchronizedField("inputs_considered", overridable=False),
    ]

    class Meta:
        verbose_name = _("complaints policy page")
        verbose_name_plural = _("complaints policy pages")


class PerformancePage(Page):
    """Promises with what was measured (ISO 10001:2018, 4.4, 8.2). Its data: `conduct.urls`."""

    introduction = models.TextField(verbose_name=_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        verbose_name = _("performance page")
        verbose_name_plural = _("performance pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from conduct.figures import context

        return {**super().get_context(request, *args, **kwargs), **context(self, request)}
