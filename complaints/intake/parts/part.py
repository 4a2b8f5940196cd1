"""What all parts of the form have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.intake import choices


class Part(forms.Form):
    """Some questions of the form. Nothing is `required` in the browser: we say what is missing."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "complaint-%s")
        super().__init__(*args, **kwargs)

    def offer(self, name: str, offered: Callable[[], choices.Choices]) -> None:
        """Offer a list that is read once, and only if it is shown or an answer is checked."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = cache(offered)
        field.error_messages["invalid_choice"] = _("This is no longer offered. Choose again.")
