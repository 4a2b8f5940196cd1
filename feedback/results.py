"""What was answered, counted: distributions, shares with intervals, response rate (7.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise as LazyText

from conduct.intervals import wilson
from feedback.models import Answer, Invitation, Question, Response, Survey

#: Fewer answers than this say little, and are marked.
FEW = 10
#: A rating from here on counts as satisfied.
TOP = 4


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    since: date
    until: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment in it, and the first after it."""
        zone = timezone.get_current_timezone()
        return (
            datetime.combine(self.since, time.min, tzinfo=zone),
            datetime.combine(self.until + timedelta(days=1), time.min, tzinfo=zone),
        )


@dataclass(frozen=True)
class Share:
    """A part of a whole, with Wilson's 95 % interval unless respondents chose themselves."""

    part: int
    whole: int
    has_interval: bool = True

    @property
    def per_cent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """In per cent."""
        found = wilson(self.part, self.whole) if self.has_interval else None
        return None if found is None else (100 * found[0], 100 * found[1])


@dataclass(frozen=True)
class Option:
    """One choice of a question and how often it was chosen."""

    label: str | LazyText
    count: int
    per_cent: float

    @property
    def bar(self) -> str:
        """Its length on a line of 200 units; a string, since SVG knows no decimal comma."""
        return f"{2 * self.per_cent:.1f}"


@dataclass(frozen=True)
class QuestionResult:
    """The answers to one question that is rated or answered by yes or no."""

    question: Question
    options: tuple[Option, ...]
    not_applicable: int
    #: Ratings of 4 and 5, or yes, of all answers that apply.
    top: Share

    @property
    def n(self) -> int:
        return self.top.whole

    @property
    def is_few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True)
class Results:
    survey: Survey
    period: Period
    responses: int
    #: Of those invited in the period, how many answered until now; None where everyone may answer.
    rate: Share | None
    questions: tuple[QuestionResult, ...]


def responses_in(survey: Survey, period: Period) -> QuerySet[Response]:
    since, until = period.bounds
    return Response.objects.filter(survey=survey, at__gte=since, at__lt=until)


def results_of(survey: Survey, period: Period) -> Results:
    """Everything that was counted in a period, in four queries whatever the number of answers."""
    counts = _counts(survey, period)
    return Results(
        survey=survey,
        period=period,
        responses=responses_in(survey, period).count(),
        rate=None if survey.is_open else _response_rate(survey, period),
        questions=tuple(
            _question_result(question, counts[question.pk], survey)
            for question in survey.questions.all()
            if not question.is_comment
        ),
    )


def comments_in(survey: Survey, period: Period) -> QuerySet[Answer]:
    """What was written, newest day first."""
    since, until = period.bounds
    return (
        Answer.objects.filter(
            response__survey=survey, response__at__gte=since, response__at__lt=until
        )
        .exclude(text="")
        .select_related("question", "response")
        .order_by("-response__at", "question_id", "text")
    )


def _counts(survey: Survey, period: Period) -> Mapping[int, Mapping[int | None, int]]:
    since, until = period.bounds
    rows = (
        Answer.objects.filter(
            response__survey=survey, response__at__gte=since, response__at__lt=until, text=""
        )
        .order_by()
        .values_list("question_id", "value")
        .annotate(n=Count("pk"))
    )
    counts: dict[int, dict[int | None, int]] = defaultdict(dict)
    for question_id, value, n in rows:
        counts[question_id][value] = n
    return counts


def _question_result(
    question: Question, counts: Mapping[int | None, int], survey: Survey
) -> QuestionResult:
    n = sum(count for value, count in counts.items() if value is not None)
    options = tuple(
        Option(label, counts.get(value, 0), 100 * counts.get(value, 0) / n if n else 0.0)
        for value, label in question.choices
    )
    lowest_top = 1 if question.kind == Question.Kind.YES_NO else TOP
    top = sum(count for value, count in counts.items() if value is not None and value >= lowest_top)
    return QuestionResult(
        question=question,
        options=options,
        not_applicable=counts.get(None, 0),
        # Who answers an open survey chose to: an interval would pretend to more (7.3.4).
        top=Share(top, n, has_interval=not survey.is_open),
    )


def _response_rate(survey: Survey, period: Period) -> Share:
    since, until = period.bounds
    counted = Invitation.objects.filter(
        survey=survey, created_at__gte=since, created_at__lt=until
    ).aggregate(whole=Count("pk"), part=Count("pk", filter=Q(answered_at__isnull=False)))
    return Share(counted["part"], counted["whole"], has_interval=False)
