"""The public pages: the code of conduct, the complaints policy, and what was measured."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from conduct.blocks import DocumentBlock
from .edition import Kind


class EditionedPage(RoutablePageMixin, models.Model):
    """A page whose every published state is kept as an edition."""

    kind: Kind

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
            "The day the next edition comes into force. It may lie ahead: until then readers see the "
            "edition in force now."
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
    body = StreamField(DocumentBlock(), verbose_name=_("text"))

    class Meta:
        abstract = True


class CodeOfConductPage(EditionedPage, Page):
    kind = Kind.CODE

    class Meta:
        verbose_name = _("code of conduct page")
        verbose_name_plural = _("code of conduct pages")


class PolicyPage(EditionedPage, Page):
    kind = Kind.POLICY

    class Meta:
        verbose_name = _("complaints policy page")
        verbose_name_plural = _("complaints policy pages")


class PerformancePage(RoutablePageMixin, Page):
    """Promises with what was measured (ISO 10001:2018, 4.4, 8.2)."""

    introduction = models.TextField(verbose_name=_("introduction"), blank=True)

    class Meta:
        verbose_name = _("performance page")
        verbose_name_plural = _("performance pages")
