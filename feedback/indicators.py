"""The indicator "satisfied with the handling": the ratings of those whose case was closed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from conduct import indicators
from conduct.indicators import Indicator, Measurement
from conduct.models import Promise

SATISFIED = 4


def measure_handling(
    *, promise: Promise, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Measurement:
    """Ratings of 4 and 5 among the ratings given.

    Open surveys don't count: their respondents chose themselves.
    """
    from feedback.models import Answer, Question
    from feedback.models.survey import Trigger

    counted = Answer.objects.filter(
        question__measures=Question.Measures.HANDLING,
        question__is_core=True,
        question__kind=Question.Kind.RATING,
        response__survey__trigger=Trigger.CASE_CLOSED,
        response__at__gte=since,
        response__at__lt=until,
    ).aggregate(
        kept=Count("pk", filter=Q(value__gte=SATISFIED)),
        measured=Count("pk", filter=Q(value__isnull=False)),
    )
    return Measurement(**counted)


SATISFACTION_WITH_HANDLING = Indicator(
    key="satisfaction_handling",
    name=_("Satisfied with the handling"),
    definition=_(
        "Of all ratings of how a case was handled, given by those who were asked after it was "
        "closed, the share that are 4 or 5 on a scale from 1 to 5. Whoever did not answer is not "
        "counted."
    ),
    measure=measure_handling,
)


def register() -> None:
    indicators.register(SATISFACTION_WITH_HANDLING)
