"""What this app does when something happens elsewhere."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published

from .models.pages import CodeOfConductPage, EditionedPage, PolicyPage
from .reviewing.workflow import page_made


def keep_edition(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A code or policy was published, in any language: keep what readers now rely on."""
    from .editions import record

    if isinstance(instance, EditionedPage):
        record(instance)


def connect() -> None:
    page_published.connect(keep_edition, dispatch_uid="conduct.keep_edition")
    for model in (CodeOfConductPage, PolicyPage):
        post_save.connect(page_made, sender=model, dispatch_uid="conduct.assign_workflow")
