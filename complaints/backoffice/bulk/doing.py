"""One action on each of many cases: tried first, then done. Only `perform` does anything."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.access import Actor, is_open_to_action
from complaints.actions.performing import who_did
from complaints.backoffice.action_view import VERSION_DOES_NOT_MATTER
from complaints.backoffice.appearance import person_name
from complaints.lifecycle import Action, Refused, perform
from complaints.models import Case, Message, Notice
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
    #: Colleagues who got a case.
    told: list[tuple[Any, Case]] = field(default_factory=list)

    def data_for(self, case: Case) -> dict[str, Any]:
        return dict(self.values) | {"submission_id": self.submission_id(case)}

    def submission_id(self, case: Case) -> str:
        return f"{self.batch}-{case.pk}"

    # Trying

    def try_all(self, cases: Iterable[Case]) -> list[Outcome]:
        """What would happen to each now: everything is done, looked at, and taken back, so that
        the preview knows each reason for which `perform` refuses."""
        return [self._try(case) for case in cases]

    def _try(self, case: Case) -> Outcome:
        trial = Case(pk=case.pk, site_id=case.site_id)
        trial.site = case.site
        words = ""
        try:
            with transaction.atomic(), staff_mails_gathered():
                perform(
                    trial,
                    self.action.name,
                    actor=self.actor,
                    data=self.data_for(case),
                    seen_version=case.version,
                )
                words = self._effect(case, trial)
                raise _TakenBack
        except _TakenBack:
            return Outcome(case, is_done=True, words=words)
        except Refused as refused:
            return Outcome(case, is_done=False, words=self._why(case, refused))
        except IntegrityError:
            # Back in the browser after it was done: its words are there once.
            return Outcome(case, is_done=False, words=_("This was recorded already."))

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
        """Each in a transaction of its own: one that is refused keeps no other from being done."""
        wanted = list(cases)
        done = self._done_before(wanted)
        outcomes = []
        for case in wanted:
            if self.submission_id(case) in done:
                outcomes.append(Outcome(case, is_done=True, words=_("Done.")))
                continue
            try:
                outcomes.append(self._do(case, versions.get(case.pk, 0)))
            except Exception:
                # One case must not keep the others from being done.
                logger.exception("Case %s could not be attended to with others", case.pk)
                words = _("Something went wrong on our side. Open the case and try it there.")
                outcomes.append(Outcome(case, is_done=False, words=words))
        tell_gathered(self.told, timezone.now())
        return outcomes

    def _done_before(self, cases: list[Case]) -> set[str]:
        """The first of two clicks has written these messages already."""
        ids = [self.submission_id(case) for case in cases]
        found = Message.objects.filter(submission_id__in=ids, author=self.actor.user)
        return set(found.values_list("submission_id", flat=True))  # type: ignore[arg-type]

    def _do(self, case: Case, version: int) -> Outcome:
        seen = None if self.action.name in VERSION_DOES_NOT_MATTER else version
        try:
            with staff_mails_gathered() as told:
                perform(
                    case, self.action.name, actor=self.actor, data=self.data_for(case),
                    seen_version=seen,
                )  # fmt: skip
            self.told.extend(told)
        except Refused as refused:
            return self._refused(case, refused, seen)
        except IntegrityError:
            if self._done_before([case]):
                return Outcome(case, is_done=True, words=_("Done."))
            raise
        return Outcome(case, is_done=True, words=_("Done."))

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


def _way(notice: Notice) -> str:
    """How a message gets to the person."""
    if notice.state == Notice.State.WAITING:
        return _("Goes by e-mail.")
    if notice.state == Notice.State.OTHER_WAY:
        return _("Is kept on the case: tell the person by telephone or letter.")
    return _("Is kept on the case: there is no address to send it to.")
