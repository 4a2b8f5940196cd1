"""How soon an answer is sent once it is decided (7.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import DurationField, ExpressionWrapper, F

from complaints.models import Notice
from complaints.models.case import CaseQuerySet

ANSWER = "answer"


@dataclass(frozen=True)
class Sending:
    """Of the answers decided in a period. `unsent`: still waiting, or nobody could be reached."""

    sent: int
    unsent: int
    median: timedelta | None = None
    longest: timedelta | None = None


def decision_to_sending(cases: CaseQuerySet, *, since: datetime, until: datetime) -> Sending:
    """From the decision, in whose transaction the letter is written, to the mail that left, or to
    the call or letter that somebody recorded."""
    letters = Notice.objects.filter(
        case__in=cases, template=ANSWER, created_at__gte=since, created_at__lt=until
    )
    took = ExpressionWrapper(F("sent_at") - F("created_at"), output_field=DurationField())
    times = list(letters.exclude(sent_at=None).annotate(took=took).values_list("took", flat=True))
    unsent = letters.filter(sent_at=None).count()
    if not times:
        return Sending(0, unsent)
    seconds = [one.total_seconds() for one in times]
    return Sending(len(times), unsent, timedelta(seconds=median(seconds)), max(times))
