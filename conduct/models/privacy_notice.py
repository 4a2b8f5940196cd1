"""What people are told about their data, and every wording of it that was ever shown (GDPR 13)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.lint import odr

from .frozen import Frozen, FrozenQuerySet
from .site_settings import RememberedSiteSetting


def _words(verbose_name: Any, help_text: Any) -> models.TextField:
    return models.TextField(verbose_name=verbose_name, help_text=help_text, blank=True)


class PrivacyNotice(RememberedSiteSetting):
    """The words that editors change. Readers get them as the newest `PrivacyNoticeVersion`.

    What is left empty in every language says the usual words of `conduct.privacy_notice`.
    """

    #: In the order that readers see them.
    TRANSLATED = (
        "controller",
        "purposes",
        "legal_basis",
        "recipients",
        "retention",
        "rights",
        "officer",
        "authority",
    )

    controller = _words(_("who is responsible"), _("Your organisation, and how to reach it."))
    purposes = _words(_("what the data is used for"), _("Each purpose in plain words."))
    legal_basis = _words(
        _("why you may use it"),
        _("A legal duty, a contract, a legitimate interest; a permission for what is optional."),
    )
    recipients = _words(
        _("who gets to see it"),
        _("Who works on it, who works for you, and the outside body that settles disputes."),
    )
    retention = _words(_("how long it is kept"), _("And what happens to it then."))
    rights = _words(_("people's rights"), _("And how to use them, at any age."))
    officer = _words(
        _("contact for data protection"),
        _("Your data protection officer, or whoever answers questions about people's data."),
    )
    authority = _words(
        _("where to complain about it"), _("The data protection authority, and how to reach it.")
    )

    class Meta:
        verbose_name = _("Privacy notice")

    def clean(self) -> None:
        super().clean()
        odr.refuse_link(self)

    def __str__(self) -> str:
        return str(_("Privacy notice"))


class NoticeVersionQuerySet(FrozenQuerySet):
    def newest(self, site: Any) -> PrivacyNoticeVersion | None:
        return self.filter(site=site).order_by("-number").first()


class PrivacyNoticeVersion(Frozen):
    """One wording in every language, numbered from 1 for each site; cases name its number.

    A corrected spelling makes a new one as well: the notice is evidence of what people were told.
    """

    NEVER_CHANGED = "A version of a privacy notice is never changed: save the notice for a new one."
    NEVER_DELETED = "A version of a privacy notice is never deleted: cases name it."

    site = models.ForeignKey(
        to="wagtailcore.Site", verbose_name=_("site"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(verbose_name=_("number"))
    #: {language: {field: words}}, only languages that have words for a field.
    texts = models.JSONField(verbose_name=_("words"), default=dict)
    digest = models.CharField(
        verbose_name=_("digest"), max_length=64, help_text=_("SHA-256 of all the words.")
    )
    since = models.DateTimeField(verbose_name=_("since"), default=timezone.now)

    objects = NoticeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the privacy notice")
        verbose_name_plural = _("versions of the privacy notice")
        default_permissions = ()
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["site", "number"], name="conduct_notice_number"),
        )

    def __str__(self) -> str:
        return str(self.number)
