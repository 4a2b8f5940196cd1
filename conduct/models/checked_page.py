"""A page that can't be published with what must not be on any page (`conduct.lint`)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class CheckedPageForm(WagtailAdminPageForm):
    """Tells the page whether it is about to be published, and where a new one will stand."""

    def _post_clean(self) -> None:
        self.instance.is_draft_save = self.is_deferred_validation
        self.instance.intended_parent = self.parent_page
        super()._post_clean()


class CheckedPage(models.Model):
    """Drafts may hold anything. Name it before `Page` among the bases of a page."""

    is_draft_save = False
    intended_parent: Page | None = None
    base_form_class = CheckedPageForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError with a sentence for each thing that has to go."""
        super().clean()
        if self.is_draft_save or getattr(self, "alias_of_id", None):
            return
        found = self.what_stops()
        if found:
            raise ValidationError(found)

    def what_stops(self) -> list[str]:
        """Sentences that say how to mend it; empty where it may be published."""
        from conduct.lint.pages import stopping

        return [finding.sentence for finding in stopping(self)]
