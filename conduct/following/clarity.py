"""“Was this clear?”: what readers say of an edition, counted with how sure that is (10001, 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from conduct.intervals import wilson
from conduct.models.clarity import ClarityAnswer
from conduct.models.edition import Edition
from conduct.performance import number, percentage

WORDS_LIMIT = 500
YES, NO = "yes", "no"


class ClarityForm(forms.Form):
    """Yes or no, and one sentence if the reader likes."""

    use_required_attribute = False

    is_clear = forms.ChoiceField(
        label=_("Was this clear and useful?"),
        choices=[
            (YES, pgettext_lazy("was it clear", "Yes")),
            (NO, pgettext_lazy("was it clear", "No")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose yes or no."),
            "invalid_choice": _("Choose yes or no."),
        },
    )
    words = forms.CharField(
        label=_("What was not clear, or is missing?"),
        help_text=_(
            "One sentence. Please name nobody: we don't know who you are and can't answer here."
        ),
        max_length=WORDS_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={
            "max_length": _(
                "This text has %(show_value)s characters; %(limit_value)s can be sent. Shorten it."
            )
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="clarity-%s")
        # Said in words: browsers would cut a pasted text without a word.
        self.fields["words"].widget.attrs.pop("maxlength", None)


@dataclass(frozen=True)
class Clarity:
    """How many readers of an edition found it clear, and how many did not."""

    yes: int
    no: int

    @property
    def n(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> float | None:
        """0 to 1; None where nobody has answered."""
        return self.yes / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 per cent interval of the share, 0 to 1; None where nobody has answered."""
        return wilson(self.yes, self.n)

    def __str__(self) -> str:
        if self.share is None or self.interval is None:
            return gettext("No answers yet")
        low, high = self.interval
        return gettext("%(share)s of %(count)s (95 per cent interval: %(low)s to %(high)s)") % {
            "share": percentage(self.share * 100, 0),
            "count": number(self.n),
            "low": percentage(low * 100, 0),
            "high": percentage(high * 100, 0),
        }


#: For a list of editions: one query for all of them (`Edition.objects.annotate(**COUNTS)`).
COUNTS = {
    "clear_yes": Count("clarity_answers", filter=Q(clarity_answers__is_clear=True)),
    "clear_no": Count("clarity_answers", filter=Q(clarity_answers__is_clear=False)),
}


def clarity_of(edition: Edition) -> Clarity:
    """What readers said of an edition, in all languages together. One query."""
    answers = ClarityAnswer.objects.filter(edition=edition)
    counts = answers.aggregate(
        yes=Count("pk", filter=Q(is_clear=True)), no=Count("pk", filter=Q(is_clear=False))
    )
    return Clarity(**counts)


def record(edition: Edition, *, language: str, is_clear: bool, words: str) -> ClarityAnswer:
    """Keep one answer, tied to nobody."""
    return ClarityAnswer.objects.create(
        edition=edition, language=language, is_clear=is_clear, words=words
    )
