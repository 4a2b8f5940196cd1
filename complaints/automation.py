"""What happens by itself as time passes: reminders, the silence rule and warnings (4.15, 7.8, 7.9).

`manage.py run_clocks` runs it. Safe to run twice, and on two machines at once: a case's row is
locked, then it is looked up whether the thing was done already, then it is done. What was told is
found again as a `Notice`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import (
    CharField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Exact
from django.utils import timezone

from complaints.absences import hand_over_due
from complaints.access import Actor
from complaints.deadlines import OURS, Clocks
from complaints.digests import send_digests
from complaints.doomed_files import sweep as delete_doomed_files
from complaints.intake.drafting import drafts
from complaints.intake.staging import sweep
from complaints.kept_writing import sweep as sweep_writing
from complaints.lifecycle import Refused, State, perform
from complaints.look_back import remind_to_look_back
from complaints.models import Case, Clock, ClockName, Involvement, Notice, Remedy
from complaints.notices.kept_apart import forget_addresses
from complaints.notices.outbox import queue_notice, queue_staff_notice
from complaints.notices.sending import send_due
from complaints.notices.staff import heads, leads, owing, responsible
from complaints.scanning.quarantine import scan_waiting
from complaints.search.indexing import mend
from complaints.signals import clocks_run
from conduct.consulting.freezing import open_due
from conduct.following.sweeping import sweep as attend_to_followers
from conduct.reviewing.reminding import remind as remind_of_reviews

logger = logging.getLogger(__name__)

REMINDER = "silence_reminder"
LEFT_TO_STAFF = "staff_silence"
#: The clock's name follows: each clock warns for itself.
DUE_SOON = "staff_due_soon:"
OVERDUE = "staff_overdue:"
ESCALATED = "staff_escalated:"
#: No working day ends sooner after the one before, also where summer time begins.
SHORTEST_DAY = timedelta(hours=23)
#: A reminder that goes out late leaves this long to reply, or half of the time where that is
#: shorter.
AFTER_REMINDER = timedelta(days=7)
NOT_DELIVERED = (
    Notice.State.FAILED,
    Notice.State.NO_ADDRESS,
    Notice.State.OTHER_WAY,
    # By telephone or letter: whether it arrived, a person knows.
    Notice.State.TOLD,
)
LAST_RUN = "conduct_complaints.clocks_ran_at"


@dataclass
class Counts:
    """What one run did; `failed` counts cases on which it could not be done."""

    sent: int = 0
    reminded: int = 0
    closed: int = 0
    left_to_staff: int = 0
    due_soon: int = 0
    overdue: int = 0
    escalated: int = 0
    handed_over: int = 0
    digests: int = 0
    followers: int = 0
    scanned: int = 0
    indexed: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{field.name} {getattr(self, field.name)}" for field in fields(self))


def run_clocks(now: datetime | None = None) -> Counts:
    """Do everything that is due by `now` (by default the present), and remember that it ran."""
    counts = Counts(sent=send_due(now))
    sweep(now=now)
    now = now or timezone.now()
    drafts.sweep(now)
    sweep_writing(now)
    forget_addresses(now)
    for name, due, act in (
        ("reminded", clocks_to_remind, remind),
        ("closed", clocks_to_close, close_silent),
        ("left_to_staff", clocks_left_to_staff, leave_to_staff),
        ("due_soon", clocks_due_soon, warn_due_soon),
        ("overdue", clocks_overdue, warn_overdue),
        ("escalated", clocks_to_escalate, escalate),
    ):
        # Their ids at once: what is due is few, and every one is written to in a transaction of
        # its own.
        done = _each(list(due(now).values_list("pk", flat=True)), act, now, counts)
        setattr(counts, name, done)
    counts.handed_over = hand_over_due(now)
    remind_to_look_back(now)
    counts.digests = send_digests(now)
    _attend_to_promises(now, counts)
    clocks_run.send_robust(sender=None, now=now)
    delete_doomed_files()
    counts.indexed = mend()
    # Last, because a scanner that hangs must not keep the clocks waiting.
    counts.scanned = scan_waiting(now)
    cache.set(LAST_RUN, now, None)
    return counts


def _attend_to_promises(now: datetime, counts: Counts) -> None:
    """What the layer below has to do by itself. Nothing of it may keep the cases waiting."""
    for work in (_tell_followers, _open_consultations, _remind_of_reviews):
        try:
            work(now, counts)
        except Exception:
            logger.exception("%s failed", work.__name__)
            counts.failed += 1


def _tell_followers(now: datetime, counts: Counts) -> None:
    counts.followers = attend_to_followers(now)


def _open_consultations(now: datetime, counts: Counts) -> None:
    open_due(now)


def _remind_of_reviews(now: datetime, counts: Counts) -> None:
    remind_of_reviews(now)


def last_run() -> datetime | None:
    """The heartbeat: when `run_clocks` last came to its end (known where the cache is shared)."""
    last: datetime | None = cache.get(LAST_RUN)
    return last


Act = Callable[[Case, Clock, datetime], bool]


def _each(pks: Iterable[int], act: Act, now: datetime, counts: Counts) -> int:
    done = 0
    for pk in pks:
        try:
            done += _locked(pk, act, now)
        except Exception:
            # One case must not keep the others waiting.
            logger.exception("Clock %s could not be attended to", pk)
            counts.failed += 1
    return done


def _locked(pk: int, act: Act, now: datetime) -> bool:
    """Do one thing while nobody else can do it; True where something was done."""
    with transaction.atomic():
        case = Case.objects.locked().get(clocks=pk)
        clock = case.clocks.get(pk=pk)
        is_running = clock.is_running and case.state != State.CLOSED
        return is_running and act(case, clock, now)


def _wrote(template: Any, **conditions: Any) -> Exists:
    """Whether such a notice was written since the clock in question started."""
    return Exists(
        Notice.objects.filter(
            case=OuterRef("case"),
            template=template,
            created_at__gte=OuterRef("started_at"),
            **conditions,
        )
    )


def _notices(clock: Clock, template: str) -> QuerySet[Notice]:
    return Notice.objects.filter(
        case=clock.case_id, template=template, created_at__gte=clock.started_at
    )


def _with_time(clocks: QuerySet[Clock], now: datetime) -> QuerySet[Any]:
    """Add how much of the time has passed and how much is left."""
    moment = Value(now)
    return clocks.annotate(
        passed=ExpressionWrapper(moment - F("started_at"), output_field=DurationField()),
        left=ExpressionWrapper(F("due_at") - moment, output_field=DurationField()),
    )


# The silence rule: an answer to which nothing is said stands, after one reminder.


def _silence() -> QuerySet[Clock]:
    return Clock.objects.filter(
        name=ClockName.SILENCE,
        stopped_at=None,
        case__state=State.ANSWERED,
        case__contested=False,
    )


#: Something promised, or somebody it is about who has not been told how it ended.
OWED = Exists(
    Remedy.objects.filter(case=OuterRef("case"), verified_at=None, promised_at__isnull=False)
) | Exists(
    Involvement.objects.filter(case=OuterRef("case"), part=Involvement.Part.NAMED, told_at=None)
)


def clocks_to_remind(now: datetime) -> QuerySet[Clock]:
    """Half of the time is over and no reminder was written."""
    return _with_time(_silence(), now).filter(~_wrote(REMINDER), passed__gte=F("left"))


def remind(case: Case, clock: Clock, now: datetime) -> bool:
    """Ask once more: by the time that the answer stated or, where this is late, with time left to
    reply."""
    if _notices(clock, REMINDER).exists():
        return False
    queue_notice(
        case,
        REMINDER,
        now=now,
        context={
            "decision": case.decisions.order_by("-number").first(),
            "reply_until": max(clock.due_at, now + _grace(clock)),
        },
    )
    return True


def _grace(clock: Clock) -> timedelta:
    return min(AFTER_REMINDER, (clock.due_at - clock.started_at) / 2)


def clocks_to_close(now: datetime) -> QuerySet[Clock]:
    """The time is over, answer and reminder were sent, nothing is owed."""
    return _silence().filter(
        ~OWED,
        _wrote("answer", state=Notice.State.SENT),
        _wrote(REMINDER, state=Notice.State.SENT, created_at__lte=now),
        due_at__lte=now,
    )


def close_silent(case: Case, clock: Clock, now: datetime) -> bool:
    """Close by the rule that the answer stated: the only thing a machine closes."""
    reminder = _notices(clock, REMINDER).filter(state=Notice.State.SENT).first()
    if case.contested or reminder is None or now < reminder.created_at + _grace(clock):
        return False
    try:
        perform(case, "close", actor=Actor.system(), now=now)
    except Refused as refused:
        logger.warning("Case %s was not closed: %s", case.pk, refused.code)
        return False
    return True


def clocks_left_to_staff(now: datetime) -> QuerySet[Clock]:
    """The time is over, but something is owed, or the person may not have got our mails."""
    undelivered = _wrote("answer", state__in=NOT_DELIVERED) | _wrote(
        REMINDER, state__in=NOT_DELIVERED
    )
    return _silence().filter(OWED | undelivered, ~_wrote(LEFT_TO_STAFF), due_at__lte=now)


def leave_to_staff(case: Case, clock: Clock, now: datetime) -> bool:
    if case.contested or _notices(clock, LEFT_TO_STAFF).exists():
        return False
    return _tell(responsible(case), case, LEFT_TO_STAFF, now)


# Warnings: at three quarters of the time to the handler, at its end to the leads, a working day
# later to the head of the function; each once for each run of a clock.


def _ours(now: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(name__in=OURS, stopped_at=None, paused_at=None).exclude(
        case__state=State.CLOSED
    )


def _warning(prefix: str) -> models.Case:
    """The name of the warning; promises of one case are told apart by their run."""
    run = Cast(OuterRef("run"), CharField())
    return models.Case(
        When(
            Exact(OuterRef("name"), ClockName.REMEDY.value),
            then=Concat(Value(prefix), OuterRef("name"), Value(":"), run),
        ),
        default=Concat(Value(prefix), OuterRef("name")),
        output_field=CharField(),
    )


def _warning_of(prefix: str, clock: Clock) -> str:
    of_one = f":{clock.run}" if clock.name == ClockName.REMEDY else ""
    return f"{prefix}{clock.name}{of_one}"


def clocks_due_soon(now: datetime) -> QuerySet[Clock]:
    thrice_left = ExpressionWrapper(F("left") + F("left") + F("left"), output_field=DurationField())
    return _with_time(_ours(now), now).filter(
        ~_wrote(_warning(DUE_SOON)), due_at__gt=now, passed__gte=thrice_left
    )


def warn_due_soon(case: Case, clock: Clock, now: datetime) -> bool:
    return _warn(owing(case, clock), case, clock, DUE_SOON, now)


def clocks_overdue(now: datetime) -> QuerySet[Clock]:
    return _ours(now).filter(
        ~_wrote(_warning(OVERDUE)),
        due_at__lte=now,
        # Says nothing new, but lets the database start from the few open cases that are overdue.
        case__due_at__lte=now,
    )


def warn_overdue(case: Case, clock: Clock, now: datetime) -> bool:
    return _warn(leads(case), case, clock, OVERDUE, now)


def clocks_to_escalate(now: datetime) -> QuerySet[Clock]:
    """Ran out long enough ago that a working day may have passed since."""
    return _ours(now).filter(
        ~_wrote(_warning(ESCALATED)),
        due_at__lte=now - SHORTEST_DAY,
        case__due_at__lte=now - SHORTEST_DAY,
    )


def escalate(case: Case, clock: Clock, now: datetime) -> bool:
    if Clocks(case).calendar.add(clock.due_at, 1) > now:
        return False
    return _warn(heads(case), case, clock, ESCALATED, now)


def _warn(people: list[Any], case: Case, clock: Clock, prefix: str, now: datetime) -> bool:
    template = _warning_of(prefix, clock)
    if _notices(clock, template).exists():
        return False
    return _tell(people, case, template, now, clock=clock.name, due_at=clock.due_at)


def _tell(people: list[Any], case: Case, template: str, now: datetime, **context: Any) -> bool:
    for user in people:
        queue_staff_notice(case, user, template, now=now, context=context)
    return bool(people)
