"""The site's own pages. Code of conduct, policies and forms come from the apps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from conduct.lint.panels import FindingsPanel
from conduct.models import CheckedPage

from .blocks import BodyBlock


class HomePage(CheckedPage, Page):
    """The first screen: what to do, that it is free, what happens next."""

    statement = models.CharField(
        verbose_name=_("statement"),
        max_length=160,
        blank=True,
        help_text=_(
            "One calm sentence, shown large. The page's title is used where this is empty."
        ),
    )
    intro = models.TextField(
        verbose_name=_("introduction"),
        max_length=400,
        blank=True,
        help_text=_("What people can do here, in two or three short sentences."),
    )
    reassurance = models.CharField(
        verbose_name=_("reassurance"),
        max_length=160,
        blank=True,
        help_text=_(
            "Small line below the buttons, for example that it is free and how long it takes."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "home/home_page.html"
    content_panels: ClassVar[list[Any]] = [
        FindingsPanel(heading=_("What to look at")),
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("statement"), FieldPanel("intro"), FieldPanel("reassurance")],
            heading=_("First screen"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("statement"),
        index.SearchField("intro"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(CheckedPage, Page):
    """A page of text, notices and forms, such as the accessibility statement."""

    intro = models.TextField(
        verbose_name=_("introduction"),
        max_length=400,
        blank=True,
        help_text=_("What this page tells, in one or two sentences."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "home/standard_page.html"
    # A translated slug would move the page, and with it every address that people know.
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug")]
    content_panels: ClassVar[list[Any]] = [
        FindingsPanel(heading=_("What to look at")),
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
