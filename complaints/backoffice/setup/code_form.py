"""One question: whether to start with the one-page code (ISO 10001:2018, C)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from complaints.actions.performing import FILL_IN
from conduct.models import CodeOfConductPage
from conduct.samples.loading import start

YES, NO = "yes", "no"


def code_of(site: Site) -> CodeOfConductPage | None:
    """The first code on a site, published or not."""
    below = CodeOfConductPage.objects.descendant_of(site.root_page)
    return below.order_by("-live", "pk").first()


class CodeForm(forms.Form):
    start = forms.ChoiceField(
        label=_("Would you like a one-page code of conduct to start with?"),
        help_text=_(
            "Three promises, one contact and one rule for what customers get, in every language "
            "of your site. Nobody sees it until you have changed and published it."
        ),
        choices=[
            (YES, _("Yes, put it under “Pages” as a draft")),
            (NO, _("No, we write our own")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": FILL_IN},
    )

    def __init__(self, *args: Any, site: Site, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.user = site, user

    def clean_start(self) -> str:
        wanted = str(self.cleaned_data["start"])
        may_add = self.site.root_page.permissions_for_user(self.user).can_add_subpage()
        if wanted == YES and not may_add:
            raise ValidationError(
                _("You may not make pages here. Choose “No”, and ask an editor to do it.")
            )
        return wanted

    def save(self) -> None:
        """Twice makes one. Raises CanNotLoad where the site speaks a language without a sample."""
        if self.cleaned_data["start"] == YES and code_of(self.site) is None:
            start(self.site, owner=self.user)
