"""One invented case: its moments, and the rows of every table that tell of them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Model

from complaints.events import FIRST_HASH
from complaints.invented import words
from complaints.invented.bulk import stored_moment
from complaints.invented.histories import History
from complaints.lifecycle import HIGH_SEVERITY, Channel, Priority, Role, State
from complaints.models import (
    NEVER,
    Case,
    Clock,
    ClockEntry,
    Decision,
    Event,
    Involvement,
    Issue,
    Message,
    Party,
    Remedy,
    SearchEntry,
)
from complaints.references import hash_key
from complaints.search.analyser import words_of
from complaints.search.indexing import digest_of, joined
from complaints.search.texts import text_of_case, text_of_issue

if TYPE_CHECKING:
    from complaints.invented.making import Maker

#: The columns that differ from row to row, in the order in which they are added below.
COLUMNS: dict[type[Model], str] = {
    Party: "name email email_hash",
    Case: "reference key_hash version site_id kind state came_from outcome contested received_at "
    "stored_at channel language notice_version complainant_id subject description original_hash "
    "severity priority proposed_priority first_priority complexity impact team_id handler_id plan "
    "cause moderated_at acknowledged_at assessed_at answered_at closed_at due_at changed_at",
    Issue: "case_id number category_id finding reasons",
    Involvement: "case_id user_id part since",
    Message: "case_id direction purpose body language author_id at",
    Decision: "case_id answer proposed_by_id proposed_at approved_by_id approved_at sent_at "
    "sent_text sent_hash accepted_at rejected_at",
    Remedy: "case_id kind_id amount currency owner_id promised_at delivered_at delivered_by_id "
    "proof verified_at verified_by_id",
    Clock: "case_id name run remedy_id days started_at due_at stopped_at",
    ClockEntry: "clock_id what at due_at days detail",
    Event: "case_id number at action actor_role actor_id from_state to_state data previous_hash "
    "hash",
    SearchEntry: "case_id words digest",
}
ANSWER_HASH = hashlib.sha256(words.ANSWER.encode()).hexdigest()
HASH_OF_TEXT: dict[str, str] = {}


@lru_cache(maxsize=20_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


class CaseOf:
    """One invented case while its rows are built."""

    def __init__(
        self, maker: Maker, history: History, received_at: datetime, language: str
    ) -> None:
        self.maker, self.history, self.language = maker, history, language
        self.received_at = received_at
        self.rnd, self.rows = maker.random, maker.rows
        self.category, self.team = self.rnd.choice(maker.categories)
        handlers, self.lead = maker.staff[self.team]
        self.handler = self.rnd.choice(handlers)
        self.actors = {Role.HANDLER.value: self.handler, Role.LEAD.value: self.lead}

    def build(self) -> None:
        self._moments()
        self.case = self.rows[Case].id
        due = self._clocks()
        self._words()
        self._case(due)
        self._events()
        if "propose" in self.at:
            self._decision()
        self._search_entry()

    def _moments(self) -> None:
        """When each step is done; `at` has it for reckoning, `on` as the database stores it."""
        rnd, now = self.rnd, self.maker.now
        # Slow handlers exist: one case in seven takes three times as long.
        pace = 3.0 if rnd.random() < 0.15 else rnd.uniform(0.3, 1.2)
        self.at: dict[str, datetime] = {}
        self.on: dict[str, str] = {}
        moment = self.received_at
        for step in self.history.steps:
            if step.days:
                delay = timedelta(days=step.days * pace * (0.5 + rnd.random()))
                moment = min(moment + delay, now)
            self.at[step.action] = moment
            self.on[step.action] = stored_moment(moment)
        closing = {State.CLOSED: self.history.steps[-1].action}.get(State(self.history.state), "")
        self.closed, self.closed_on = self.at.get(closing), self.on.get(closing)

    def _clocks(self) -> datetime:
        """Write the clocks; the soonest due date of what is owed."""
        at, on, settings = self.at, self.on, self.maker.settings
        answered = on.get("approve") or self.closed_on
        self._clock("acknowledge", settings.acknowledge_days, "receive", on["acknowledge"])
        due = self._clock("answer", settings.answer_days, "receive", answered)
        if "approve" in at:
            ended = on.get("accept") or on.get("reject") or self.closed_on
            self._clock("silence", settings.silence_days, "approve", ended)
        return min(NEVER if answered else due, self._messages(answered), self._promised())

    def _messages(self, answered: str | None) -> datetime:
        """Each message to the complainant starts the time until the next one anew."""
        days, told = self.maker.settings.update_days, "acknowledge"
        run = 1
        if "update" in self.on:
            self._clock("update", days, told, self.on["update"])
            run, told = 2, "update"
        due = self._clock("update", days, told, answered, run=run)
        return NEVER if answered else due

    def _promised(self) -> datetime:
        if "approve" not in self.on or not self.history.remedy:
            return NEVER
        done = self.on.get("verify_remedy")
        days, remedy = self.maker.settings.remedy_days, self.rows[Remedy].id
        due = self._clock("remedy", days, "approve", done, remedy=remedy)
        return NEVER if done else due

    def _clock(
        self,
        name: str,
        days: int,
        starts_with: str,
        stop: str | None,
        *,
        run: int = 1,
        remedy: int | None = None,
    ) -> datetime:
        maker, start = self.maker, self.on[starts_with]
        due = maker.due(self.at[starts_with].astimezone(maker.calendar.zone).date(), days)
        due_on = stored_moment(due.at)
        clock = self.rows[Clock].add(self.case, name, run, remedy, days, start, due_on, stop)
        entries = self.rows[ClockEntry]
        entries.add(clock, "start", start, due_on, days, due.detail)
        if stop is not None:
            entries.add(clock, "stop", stop, due_on, days, due.detail)
        return due.at

    def _case(self, due: datetime) -> None:
        maker, rnd, on, history = self.maker, self.rnd, self.on, self.history
        assessed, assigned = "assess" in on, "assign" in on
        severity = rnd.choices((1, 2, 3, 4, 5), cum_weights=(15, 50, 85, 97, 100))[0]
        scale = "low" if assessed else ""
        last = on[history.steps[-1].action]
        self.rows[Case].add(
            maker.reference(self.case), hash_key(str(self.case)), len(history.steps),
            maker.site.pk, history.kind, history.state,
            State.INVESTIGATING.value if history.state == State.DECIDING else "",
            history.outcome, history.contested, on["receive"],
            on["receive"], Channel.FORM.value, self.language, "1", self._person(),
            self.text[:80], self.text, self.text_hash,
            severity if assessed else None, Priority.NORMAL.value,
            *(2 * [Priority.NORMAL.value if assessed else ""]), scale, scale, self.team,
            self.handler if assigned else None,
            words.PLAN if severity >= HIGH_SEVERITY and "investigate" in on else "",
            "Handling in the depot" if history.finding == "upheld" else "",
            on.get("moderate"), on["acknowledge"], on.get("assess"),
            on.get("approve") or self.closed_on, self.closed_on, stored_moment(due), last,
        )  # fmt: skip
        finding = history.finding
        self.rows[Issue].add(self.case, 1, self.category, finding, words.REASONS if finding else "")
        if assigned:
            self.rows[Involvement].add(self.case, self.handler, "handler", on["assign"])

    def _search_entry(self) -> None:
        """What `complaints.search.indexing` would keep, from the words of each text made once."""
        own = text_of_case(subject=self.text[:80], name=self.name, description=self.text)
        texts = [own, text_of_issue(), *self.said]
        found = _words(self.text).union(*map(_words, (self.text[:80], self.name, *self.said)))
        self.rows[SearchEntry].add(self.case, joined(found), digest_of(texts))

    def _person(self) -> int:
        self.name = name = self.rnd.choice(words.NAMES[self.language])
        return self.rows[Party].add(name, *self.rnd.choice(self.maker.addresses))

    def _events(self) -> None:
        add, case, on = self.rows[Event].add, self.case, self.on
        previous, state = FIRST_HASH, ""
        for number, step in enumerate(self.history.steps, start=1):
            action, role, to, at = step.action, step.role, step.to, on[step.action]
            actor = self.actors.get(role)
            # What `event_hash` hashes, without building and encoding a list for each event.
            content = (
                f'[{case},{number},"{at[:10]}T{at[11:]}+00:00","{action}","{role}",'
                f'{"null" if actor is None else actor},"{state}","{to}",{{}},"{previous}"]'
            )
            link = hashlib.sha256(content.encode()).hexdigest()
            add(case, number, at, action, role, actor, state, to, "{}", previous, link)
            previous, state = link, to

    def _words(self) -> None:
        rnd, on, said = self.rnd, self.on, self.rows[Message]
        case, language = self.case, self.language
        sentences = words.SENTENCES[language]
        self.text = " ".join(rnd.choices(sentences, k=rnd.randint(1, 3)))
        self.text_hash = HASH_OF_TEXT.get(self.text) or HASH_OF_TEXT.setdefault(
            self.text, Case.hash_original(self.text)
        )
        self.said = [self.text]
        said.add(case, "in", "original", self.text, language, None, on["receive"])
        for action, direction in (("note", "internal"), ("update", "out")):
            if action in on:
                body = words.REMARK[action]
                said.add(case, direction, action, body, language, self.handler, on[action])
                self.said.append(body)
        if "approve" in on:
            said.add(case, "out", "answer", words.ANSWER, language, self.lead, on["approve"])
            self.said.append(words.ANSWER)

    def _decision(self) -> None:
        on, sent, get = self.on, self.on.get("approve"), self.on.get
        self.rows[Decision].add(
            self.case, words.ANSWER, self.handler, on["propose"],
            self.lead if sent else None, sent, sent, words.ANSWER if sent else "",
            ANSWER_HASH if sent else "", get("accept"), get("reject"),
        )  # fmt: skip
        if self.history.remedy:
            delivered = "deliver_remedy" in on
            self.rows[Remedy].add(
                self.case, self.maker.remedy_kind, self.rnd.choice((5, 10, 20, 50)),
                self.maker.settings.currency, self.handler, sent, get("deliver_remedy"),
                self.handler if delivered else None, "Bank slip" if delivered else "",
                get("verify_remedy"), self.lead if "verify_remedy" in on else None,
            )  # fmt: skip
