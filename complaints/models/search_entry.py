"""What a case can be found by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """The words of one case, made comparable; written by `complaints.search.indexing` only.

    No contact data: that is encrypted at rest, and an index of it would undo this. The database
    keeps an index of `words` by itself, see `complaints.search.database`.
    """

    case = models.OneToOneField(
        "Case", on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    #: Each once, with a space between them.
    words = models.TextField()
    #: Of the texts they were made of: as long as these stay the same, nothing is written.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("words to search in")
        verbose_name_plural = _("words to search in")

    def __str__(self) -> str:
        return f"{self.case_id}"
