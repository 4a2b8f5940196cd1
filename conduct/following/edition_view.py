"""What readers said of an edition, on its page in the admin."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import InspectView

from conduct.models.clarity import ClarityAnswer
from conduct.models.edition import Edition
from conduct.models.follower import Follower

from .clarity import Clarity, clarity_of

#: The newest of them.
WORDS_SHOWN = 100
FIELDS = ("clarity", "unclear_words", "followers")


class ClarityColumn(Column):
    """For editions that were fetched with `clarity.COUNTS`."""

    def get_value(self, instance: Any) -> Clarity:
        return Clarity(instance.clear_yes, instance.clear_no)


class EditionInspectView(InspectView):
    """An edition with the share of readers who found it clear, and what they missed."""

    object: Edition

    def get_field_label(self, field_name: str, field: Any) -> str:
        labels = {
            "clarity": gettext("Found clear by"),
            "unclear_words": gettext("What was not clear"),
            "followers": gettext("People who follow"),
        }
        return labels.get(field_name) or str(super().get_field_label(field_name, field))

    def get_clarity_display_value(self) -> str:
        return str(clarity_of(self.object))

    def get_unclear_words_display_value(self) -> SafeString:
        answers = ClarityAnswer.objects.filter(edition=self.object).exclude(words="")
        context = {"answers": answers[:WORDS_SHOWN]}
        return render_to_string("conduct/panels/unclear_words.html", context)

    def get_followers_display_value(self) -> int:
        """How many, and no more: nobody sees who."""
        return Follower.objects.confirmed().filter(series=self.object.series).count()
