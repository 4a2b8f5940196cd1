"""Editions: what was in force when, kept word for word (ISO 10001:2018, 4.4, 8.4).

Rows are written once, by `conduct.editions`, and never changed: the model refuses, and so does
the database.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Site

from .frozen import Frozen, FrozenQuerySet, WrittenOnce
from .promise import Operator, RemedyHow, TargetPeriod, Topic, promise_anchor


class EditionsAreImmutable(WrittenOnce):
    """Someone tried to change or delete what has been published."""


class Kind(models.TextChoices):
    CODE = "code", pgettext_lazy("kind of edition", "Code of conduct")
    POLICY = "policy", pgettext_lazy("kind of edition", "Complaints policy")


class EditionQuerySet(FrozenQuerySet):
    def in_force(self, *, kind: str, site: Site, at: dt.datetime | None = None) -> Edition | None:
        """The edition of a site's code ("code") or complaints policy ("policy") at an instant."""
        from conduct.samples import all_series

        from .organisation import Organisation

        organisation = Organisation.for_site(site)
        of_code = kind == Kind.CODE
        page_id = organisation.code_page_id if of_code else organisation.policy_page_id
        editions = self.filter(site=site, kind=kind)
        if page_id is not None:
            # Only its key is needed: asked along with the edition.
            series = Page.objects.filter(pk=page_id).values("translation_key")
            editions = editions.filter(series__in=series)
        else:
            # A sample beside it is nobody's promise.
            editions = editions.exclude(series__in=all_series(site.pk))
        return editions.at(at or timezone.now())

    def of_page(self, page: Any) -> EditionQuerySet:
        """Every edition of a page and its translations, newest first."""
        return self.filter(series=page.translation_key)

    def at(self, moment: dt.datetime) -> Edition | None:
        """The one in force at an instant: the highest number that has come into force by then.

        A later edition may come into force before an earlier, postponed one; the postponed one then
        never does, since the later text was written on top of it.
        """
        return self.filter(effective_from__lte=moment).order_by("-number").first()


class PartOfEdition(Frozen):
    """A row of an edition, or the edition itself."""

    refusal = EditionsAreImmutable
    NEVER_CHANGED = "An edition is never changed. Publish the page for a new one."
    NEVER_DELETED = "An edition is never deleted: people rely on what it promised."

    class Meta:
        abstract = True


class Edition(PartOfEdition):
    """One numbered edition, in every language it was published in (`texts`), with its promises."""

    # Not a foreign key: the edition outlives its page. Equals `translation_key` of the page.
    series = models.UUIDField(verbose_name=_("series"))
    site = models.ForeignKey(
        to="wagtailcore.Site", verbose_name=_("site"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(verbose_name=_("kind"), max_length=20, choices=Kind.choices)
    number = models.PositiveIntegerField(verbose_name=_("number"))
    source_language = models.CharField(verbose_name=_("written in"), max_length=20)
    effective_from = models.DateTimeField(verbose_name=_("in force from"))
    review_date = models.DateField(verbose_name=_("review date"), null=True)
    replaces = models.ForeignKey(
        to="self",
        verbose_name=_("replaces"),
        on_delete=models.PROTECT,
        null=True,
        related_name="replaced_by",
    )
    approved_by_name = models.CharField(verbose_name=_("approved by"), max_length=200, blank=True)
    approved_by_role = models.CharField(verbose_name=_("their role"), max_length=200, blank=True)
    approved_on = models.DateField(verbose_name=_("approved on"), null=True)
    change_theme = models.CharField(
        verbose_name=_("complaints behind the change"), max_length=300, blank=True
    )
    accountable_role = models.CharField(
        verbose_name=_("role that answers for it"), max_length=200, blank=True
    )
    inputs_considered = models.TextField(verbose_name=_("what was considered"), blank=True)
    digest = models.CharField(
        verbose_name=_("digest"),
        max_length=64,
        help_text=_("SHA-256 of the text in the source language and of the promises."),
    )
    created_at = models.DateTimeField(verbose_name=_("published at"), default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ("view",)
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["series", "number"], name="conduct_edition_number"),
        )
        indexes = (models.Index(fields=["site", "kind"], name="conduct_edition_site_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def text_in(self, language: str) -> EditionText | None:
        """The text in a language, as last corrected; None where it was never translated."""
        return self.texts.filter(language=language).order_by("-version").first()


class EditionText(PartOfEdition):
    """The words of an edition in one language. A corrected translation is a further `version`."""

    edition = models.ForeignKey(
        to=Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="texts"
    )
    language = models.CharField(verbose_name=_("language"), max_length=20)
    version = models.PositiveSmallIntegerField(verbose_name=_("version"), default=1)
    title = models.CharField(verbose_name=_("title"), max_length=255)
    scope = models.TextField(verbose_name=_("what it covers"), blank=True)
    exclusions = models.TextField(verbose_name=_("what it does not cover"), blank=True)
    purpose = models.TextField(verbose_name=_("purpose"), blank=True)
    what_changed = models.TextField(verbose_name=_("what changed"), blank=True)
    impact = models.TextField(verbose_name=_("what it means for customers"), blank=True)
    # Of who approved the edition; empty, that of the edition is shown.
    approved_by_role = models.CharField(verbose_name=_("their role"), max_length=200, blank=True)
    #: A later version of the language the edition was written in: only its spelling differs.
    is_correction = models.BooleanField(verbose_name=_("only corrects spelling"), default=False)
    # A list of parts as `conduct.blocks` freezes them.
    parts = models.JSONField(verbose_name=_("text"), default=list, encoder=DjangoJSONEncoder)
    # {promise code: {"language": ..., field name: words}}
    promise_texts = models.JSONField(
        verbose_name=_("words of the promises"), default=dict, encoder=DjangoJSONEncoder
    )
    digest = models.CharField(verbose_name=_("digest"), max_length=64)
    created_at = models.DateTimeField(verbose_name=_("published at"), default=timezone.now)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of an edition")
        verbose_name_plural = _("texts of editions")
        default_permissions = ()
        ordering = ("edition", "language", "version")
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "language", "version"], name="conduct_edition_text_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition} ({self.language})"


class EditionPromise(PartOfEdition):
    """A promise as it was when the edition was published, in every language it then had."""

    edition = models.ForeignKey(
        to=Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="promises"
    )
    code = models.CharField(verbose_name=_("code"), max_length=20)
    order = models.PositiveIntegerField(verbose_name=_("order"), default=0)
    topic = models.CharField(verbose_name=_("topic"), max_length=30, choices=Topic.choices)
    remedy_how = models.CharField(
        verbose_name=_("how they get it"), max_length=20, choices=RemedyHow.choices
    )
    claim_window_days = models.PositiveSmallIntegerField(
        verbose_name=_("days to claim it"), null=True
    )
    threshold = models.DecimalField(
        verbose_name=_("limit that is promised"), max_digits=12, decimal_places=2, null=True
    )
    unit = models.CharField(verbose_name=_("unit"), max_length=60, blank=True)
    operator = models.CharField(
        verbose_name=_("target is"), max_length=20, choices=Operator.choices
    )
    target = models.DecimalField(
        verbose_name=_("target in per cent"), max_digits=5, decimal_places=2, null=True
    )
    period = models.CharField(
        verbose_name=_("target is judged over"),
        max_length=20,
        choices=TargetPeriod.choices,
        default=TargetPeriod.TWELVE_MONTHS,
    )
    indicator = models.CharField(verbose_name=_("indicator"), max_length=100, blank=True)
    starts_on = models.DateField(verbose_name=_("starts on"), null=True)
    ends_on = models.DateField(verbose_name=_("ends on"), null=True)
    # {language: {field name: words}}, only languages that had words.
    texts = models.JSONField(verbose_name=_("words"), default=dict, encoder=DjangoJSONEncoder)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise of an edition")
        verbose_name_plural = _("promises of editions")
        default_permissions = ()
        ordering = ("edition", "order", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "code"], name="conduct_edition_promise_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition} {self.code}"

    @property
    def anchor(self) -> str:
        return promise_anchor(self.code)
