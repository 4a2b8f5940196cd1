"""What has happened to a case and what comes next, in the complainant's words.

Only what a complainant may know has a sentence here: notes, assignments, assessments and proposals
among staff have none, and no sentence names a member of staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.clock_words import day_in_words
from complaints.lifecycle import AuthorityResult, ModerationResult, Outcome, Role, State
from complaints.models import Case, Clock, ClockName, Event, Remedy

SENTENCES: Mapping[str, LazyText] = {
    "receive": gettext_lazy("We received it."),
    "acknowledge": gettext_lazy("We confirmed that we have it."),
    "investigate": gettext_lazy("We began to find out what happened."),
    "ask": gettext_lazy("We asked you a question."),
    "reply": gettext_lazy("You wrote to us."),
    "update": gettext_lazy("We told you how it is going."),
    "accept": gettext_lazy("You accepted the answer."),
    "reject": gettext_lazy("You told us that you do not accept the answer."),
    "request_review": gettext_lazy("You asked for a review."),
    "deliver_remedy": gettext_lazy("We did something we had promised."),
    "verify_remedy": gettext_lazy("We checked that what we had promised was done."),
    "resolve_early": gettext_lazy("We put it right with you and closed it."),
    "withdraw": gettext_lazy("You withdrew it."),
    "release": gettext_lazy("Our filter had taken it for advertising. A person has released it."),
    "make_complaint": gettext_lazy("We began to handle it as a complaint."),
    "confirm_complaint": gettext_lazy("You told us that you want it handled as a complaint."),
    "decline_complaint": gettext_lazy("You told us that it was only feedback."),
    "record_told": gettext_lazy("We called you or wrote you a letter."),
    "withdraw_permission": gettext_lazy("You took a permission back."),
    "redact": gettext_lazy("We blacked out words that nobody needs to read."),
    "redact_file": gettext_lazy("We withheld a file that nobody needs to read."),
}
#: By the result of what somebody looked at.
FOUND: Mapping[str, LazyText] = {
    ModerationResult.ACCEPT: gettext_lazy("We read it and opened your case."),
    ModerationResult.OUT_OF_SCOPE: gettext_lazy("We told you where you can go instead."),
    ModerationResult.DUPLICATE: gettext_lazy(
        "We found that it repeats another case and closed it."
    ),
    ModerationResult.ABUSE: gettext_lazy("We took it for spam or abuse and closed it."),
    AuthorityResult.CONFIRMED: gettext_lazy("We checked the permission to act for somebody else."),
    AuthorityResult.REFUSED: gettext_lazy(
        "We asked for what is missing in the permission to act for somebody else."
    ),
}
ENDINGS: Mapping[str, LazyText] = {
    Outcome.UPHELD: gettext_lazy("We found that you were right."),
    Outcome.PARTLY_UPHELD: gettext_lazy("We found that you were right in part."),
    Outcome.NOT_UPHELD: gettext_lazy("We did not find that anything was done wrong."),
    Outcome.NO_FINDING: gettext_lazy("We could not find out what happened."),
    Outcome.RESOLVED_EARLY: gettext_lazy("It was put right with your agreement."),
    Outcome.WITHDRAWN: gettext_lazy("You withdrew it."),
    Outcome.NOTED: gettext_lazy("We have taken note of it. Thank you."),
    Outcome.OUT_OF_SCOPE: gettext_lazy(
        "It is not something we can look into. Our message says where you can go instead."
    ),
    Outcome.DUPLICATE: gettext_lazy("It repeats another case, which we go on with."),
    Outcome.ABUSE: gettext_lazy(
        "We took it for spam or abuse. If we were wrong, ask us to look at it again."
    ),
}


def sentence_for(event: Event) -> str:
    """What the complainant reads about this event; empty where it is the staff's alone."""
    match event.action:
        case "moderate" | "check_authority":
            return str(FOUND.get(event.data.get("result", ""), ""))
        case "propose" | "approve":
            return _("We sent you our answer.") if event.to_state == State.ANSWERED else ""
        case "close":
            if event.actor_role == Role.SYSTEM:
                return _(
                    "It was closed: the time for your reply, which our answer stated, was over."
                )
            return _("We closed it.")
        case "reopen":
            if event.actor_role == Role.COMPLAINANT:
                return _("You asked us to look at it again.")
            return _("We began to look at it again.")
        case action:
            return str(SENTENCES.get(action, ""))


def last_public_number(events: Iterable[Event]) -> int:
    """The number of the last step a complainant can see: tells whether their page is stale.

    The case's version would not do: it also counts what staff do among themselves.
    """
    return max((event.number for event in events if sentence_for(event)), default=0)


def next_step(
    case: Case,
    clocks: Iterable[Clock],
    remedies: Iterable[Remedy],
    *,
    now: datetime,
    reopen_until: datetime | None,
) -> str:
    """What comes next and by when, in one or two sentences."""
    running = {clock.name: clock for clock in clocks if clock.stopped_at is None}
    match case.state:
        case State.WAITING:
            return _("Next: your reply. Until then the time for our answer stands still.")
        case State.ANSWERED:
            return _after_answer(case, running.get(ClockName.SILENCE), now)
        case State.PUTTING_RIGHT:
            return _putting_right(remedies)
        case State.REFERRED:
            return _("Next: the independent body looks into it and tells you and us the result.")
        case State.CLOSED:
            return _after_closing(reopen_until, now)
    acknowledge = running.get(ClockName.ACKNOWLEDGE)
    if acknowledge and acknowledge.due_at >= now:
        return _("Next: someone confirms to you that we have it, by %(date)s.") % {
            "date": day_in_words(acknowledge.due_at)
        }
    clock = running.get(ClockName.REVIEW) or running.get(ClockName.ANSWER)
    return _our_answer(clock, now)


def _our_answer(clock: Clock | None, now: datetime) -> str:
    if clock is None:
        return _("Next: our answer.")
    day = {"date": day_in_words(clock.due_at)}
    if clock.due_at < now:
        return (
            _("Our answer was due by %(date)s. We are late, and we are sorry. It is still coming.")
            % day
        )
    if clock.name == ClockName.REVIEW:
        return _("Next: the result of the review, by %(date)s.") % day
    return _("Next: our answer, by %(date)s.") % day


def _after_answer(case: Case, silence: Clock | None, now: datetime) -> str:
    if case.contested:
        return _(
            "You do not accept the answer, so your case stays open. Below you find what you can "
            "do next, with us and outside."
        )
    if silence is None or silence.due_at < now:
        return _("Next: tell us whether you accept the answer.")
    return _(
        "Next: tell us whether you accept the answer, by %(date)s. If you say nothing until "
        "then, we take it that you accept it."
    ) % {"date": day_in_words(silence.due_at)}


def _putting_right(remedies: Iterable[Remedy]) -> str:
    remedies = list(remedies)
    if all(remedy.verified_at for remedy in remedies):
        return _("Next: we finish what is left to do on our side. You need do nothing more.")
    owed = [r.due_on for r in remedies if r.delivered_at is None and r.due_on]
    if not owed:
        return _("Next: we do what we promised, and check that it was done.")
    return _("Next: we do what we promised, by %(date)s.") % {
        "date": date_format(min(owed), "DATE_FORMAT")
    }


def _after_closing(reopen_until: datetime | None, now: datetime) -> str:
    if reopen_until is None or reopen_until < now:
        return _("Nothing more is planned. If something new has happened, please write to us anew.")
    return _(
        "Nothing more is planned. If it is not settled for you, you can ask us to look at it "
        "again until %(date)s."
    ) % {"date": day_in_words(reopen_until)}
