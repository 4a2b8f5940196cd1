"""Who makes the promises, how to reach them, and where the public pages are (one row a site)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct import telephone
from conduct.lint import odr

from .site_settings import RememberedSiteSetting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _page_link(
    verbose_name: str | _StrPromise, help_text: str | _StrPromise = ""
) -> models.ForeignKey:
    return models.ForeignKey(
        to="wagtailcore.Page",
        verbose_name=verbose_name,
        help_text=help_text,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )


class Organisation(RememberedSiteSetting):
    """The organisation behind a site.

    Pages are chosen in the site's main language; links follow the reader's.
    """

    TRANSLATED = ("name", "address", "external_body_name", "external_body_contact")

    name = models.CharField(verbose_name=_("name"), max_length=200, blank=True)
    email = models.EmailField(
        verbose_name=_("e-mail"),
        blank=True,
        help_text=_("Where customers may write to with questions."),
    )
    phone = models.CharField(verbose_name=_("phone"), max_length=60, blank=True)
    address = models.TextField(verbose_name=_("address"), blank=True)
    external_body_name = models.CharField(
        verbose_name=_("outside body"),
        max_length=200,
        blank=True,
        help_text=_(
            "Who customers can turn to, free of us, if they don't agree with our answer: an "
            "ombudsman, a dispute-resolution provider, a regulator or a court."
        ),
    )
    external_body_url = models.URLField(
        verbose_name=_("address of the outside body on the web"), blank=True
    )
    external_body_contact = models.TextField(
        verbose_name=_("how to reach the outside body"), blank=True
    )
    code_page = _page_link(_("code of conduct"))
    policy_page = _page_link(_("complaints policy"))
    how_to_complain_page = _page_link(_("how to complain"))
    complaint_page = _page_link(_("page to complain"), _("The page that holds the complaint form."))
    feedback_page = _page_link(_("page to give feedback and ask"))
    performance_page = _page_link(_("how we keep our promises"))
    accessibility_page = _page_link(_("accessibility statement"))
    privacy_page = _page_link(_("privacy notice"))
    small_number_threshold = models.PositiveSmallIntegerField(
        verbose_name=_("smallest number to publish"),
        default=10,
        validators=[MinValueValidator(1)],
        help_text=_("Figures about fewer cases than this are not published, to protect people."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """No number that costs extra: complaining is free of charge at each step (10002, 4.8)."""
        super().clean()
        odr.refuse_link(self)
        refusal = telephone.REFUSALS.get(telephone.cost_of(self.phone)) if self.phone else None
        if refusal is not None:
            raise ValidationError({"phone": refusal})
