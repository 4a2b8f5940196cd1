"""In which other form people may ask for a text (ISO 10001:2018, 4.5 and Annex D)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class OtherFormat(TextChoices):
    """Part of addresses: values never change."""

    LARGE_PRINT = "large-print", pgettext_lazy("format of a text", "Large print")
    AUDIO = "audio", pgettext_lazy("format of a text", "Read aloud (audio)")
    EASY_READ = "easy-read", pgettext_lazy("format of a text", "Easy to read")
    SIGN_LANGUAGE = "sign-language", pgettext_lazy("format of a text", "Sign language")
    OTHER_LANGUAGE = "other-language", pgettext_lazy("format of a text", "Another language")
