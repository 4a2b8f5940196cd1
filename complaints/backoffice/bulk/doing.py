"""One action on each of many cases: tried first, then done, both as `perform` does it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.access import Actor, is_open_to_action
from complaints.actions.performing import who_did
from complaints.actions.performing_many import TOGETHER, Result, Wish, perform_on_many
from complaints.backoffice.action_view import VERSION_DOES_NOT_MATTER
from complaints.backoffice.appearance import person_name
from complaints.lifecycle import Action, Refused
from complaints.models import Case, Event, Message, Notice
from complaints.notices.gathering import staff_mails_gathered
from complaints.notices.together import tell_gathered

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What happens, or has happened, to one case, in words."""

    case: Case
    is_done: bool
    words: str


class _TakenBack(Exception):
    """Ends a trial: the database forgets what it did."""


@dataclass(frozen=True)
class Bulk:
    """One action with its values, by one person."""

    action: Action
    actor: Actor
    values: Mapping[str, Any]
    batch: str

    def data_for(self, case: Case) -> dict[str, Any]:
        return dict(self.values) | {"submission_id": self.submission_id(case)}

    def submission_id(self, case: Case) -> str:
        return f"{self.batch}-{case.pk}"

    @property
    def wish(self) -> Wish:
        """As of now, which for the last of many cases is later than for the first."""
        return Wish(self.action, self.actor, self.data_for)

    # Trying

    def try_all(self, cases: Iterable[Case]) -> list[Outcome]:
        """What would happen to each now: everything is done, looked at, and taken back, so that
        the preview knows each reason for which `perform` refuses."""
        return [outcome for part in parted(cases) for outcome in self._try(part)]

    def _try(self, cases: list[Case]) -> list[Outcome]:
        trials = [_copy(case) for case in cases]
        seen = {case.pk: case.version for case in cases}
        outcomes: list[Outcome] = []
        try:
            with transaction.atomic(), staff_mails_gathered():
                results = perform_on_many(trials, self.wish, seen_versions=seen)
                outcomes = [
                    self._tried(case, trial, results[case.pk])
                    for case, trial in zip(cases, trials, strict=True)
                ]
                raise _TakenBack
        except _TakenBack:
            return outcomes

    def _tried(self, case: Case, trial: Case, result: Result) -> Outcome:
        if isinstance(result, Event):
            return Outcome(case, is_done=True, words=self._effect(case, trial))
        if isinstance(result, Refused):
            return Outcome(case, is_done=False, words=self._why(case, result))
        if isinstance(result, IntegrityError):
            # Back in the browser after it was done: its words are there once.
            return Outcome(case, is_done=False, words=_("This was recorded already."))
        raise result

    def _why(self, case: Case, refused: Refused) -> str:
        """The words of the refusal; shorter where it would list all that is possible instead."""
        if refused.code == "not_possible" and not is_open_to_action(case, self.action):
            state = case.get_state_display()
            return _("Not possible now: the case is %(state)s.") % {"state": state}
        return str(refused.message)

    def _effect(self, before: Case, after: Case) -> str:
        """What changes, in words, looked up while it is done."""
        if self.action.name == "assign":
            old = person_name(before.handler) if before.handler else _("nobody yet")
            return _("Handler: %(old)s → %(new)s") % {
                "old": old,
                "new": person_name(self.values["handler"]),
            }
        if after.state != before.state:
            return _("State: %(old)s → %(new)s") % {
                "old": before.get_state_display(),
                "new": after.get_state_display(),
            }
        if self.action.name == "update":
            notice = after.notices.order_by("-pk").first()
            return _way(notice) if notice else ""
        return str(self.action.label)

    # Doing

    def do_all(self, cases: Iterable[Case], versions: Mapping[int, int]) -> list[Outcome]:
        """Some at a time in one transaction: what was done stays done whatever comes after, and
        one that is refused keeps no other from being done."""
        wanted = list(cases)
        done = self._done_before(wanted)
        waiting = [case for case in wanted if self.submission_id(case) not in done]
        outcomes = {case.pk: Outcome(case, is_done=True, words=_("Done.")) for case in wanted}
        for part in parted(waiting):
            outcomes |= {one.case.pk: one for one in self._do(part, versions)}
        return list(outcomes.values())

    def _done_before(self, cases: list[Case]) -> set[str]:
        """The first of two clicks has written these messages already."""
        ids = [self.submission_id(case) for case in cases]
        found = Message.objects.filter(submission_id__in=ids, author=self.actor.user)
        return set(found.values_list("submission_id", flat=True))  # type: ignore[arg-type]

    def _do(self, cases: list[Case], versions: Mapping[int, int]) -> list[Outcome]:
        any_version = self.action.name in VERSION_DOES_NOT_MATTER
        seen = {case.pk: None if any_version else versions.get(case.pk, 0) for case in cases}
        # With the mail to whoever got them: one without the other can't be left by a stop between.
        with transaction.atomic():
            with staff_mails_gathered() as told:
                results = perform_on_many(cases, self.wish, seen_versions=seen)
            # Once for each, and not for what was taken back in the end.
            done = {(user.pk, case.pk): (user, case) for user, case in told}
            got = [one for one in done.values() if isinstance(results[one[1].pk], Event)]
            tell_gathered(got, timezone.now())
        return [self._outcome(case, results[case.pk], seen[case.pk]) for case in cases]

    def _outcome(self, case: Case, result: Result, seen: int | None) -> Outcome:
        if isinstance(result, Refused):
            return self._refused(case, result, seen)
        if isinstance(result, Event) or (
            isinstance(result, IntegrityError) and self._done_before([case])
        ):
            return Outcome(case, is_done=True, words=_("Done."))
        # One case must not keep the others from being done.
        logger.error("Case %s could not be attended to with others", case.pk, exc_info=result)
        words = _("Something went wrong on our side. Open the case and try it there.")
        return Outcome(case, is_done=False, words=words)

    def _refused(self, case: Case, refused: Refused, seen: int | None) -> Outcome:
        if refused.code != "changed":
            return Outcome(case, is_done=False, words=self._why(case, refused))
        last = case.events.select_related("actor").order_by("-number").first()
        version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
        by_me = (
            last is not None
            and self.actor.user is not None
            and ((last.action, last.actor_id) == (self.action.name, self.actor.user.pk))
        )
        if by_me and seen is not None and version == seen + 1 and not self._writes():
            # The one change since is this one: a double click.
            return Outcome(case, is_done=True, words=_("Done."))
        words = _("It has changed since the preview. Look at it again.")
        if last is not None:
            words = _("It has changed since the preview: %(who)s %(what)s. Look at it again.") % {
                "who": who_did(last),
                "what": last.says,
            }
        return Outcome(case, is_done=False, words=words)

    def _writes(self) -> bool:
        """Leaves a message that tells a double click from another time."""
        return any(self.values.get(name) for name in ("text", "reason"))


def parted(cases: Iterable[Case]) -> Iterator[list[Case]]:
    """So many at a time as are done in one transaction."""
    rest = list(cases)
    for start in range(0, len(rest), TOGETHER):
        yield rest[start : start + TOGETHER]


def _copy(case: Case) -> Case:
    """To be changed, while the case stays what the list showed."""
    trial = Case(pk=case.pk, site_id=case.site_id)
    trial.site = case.site
    return trial


def _way(notice: Notice) -> str:
    """How a message gets to the person."""
    if notice.state == Notice.State.WAITING:
        return _("Goes by e-mail.")
    if notice.state == Notice.State.OTHER_WAY:
        return _("Is kept on the case: tell the person by telephone or letter.")
    return _("Is kept on the case: there is no address to send it to.")
