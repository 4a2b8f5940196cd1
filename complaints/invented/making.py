"""Making invented cases: people and teams first, then histories in batches."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from complaints.deadlines import WorkingCalendar
from complaints.events import FIRST_HASH
from complaints.invented import words
from complaints.invented.bulk import columns_of, forward_sequences, next_id, write_rows
from complaints.invented.histories import HISTORIES, History
from complaints.lifecycle import Channel, Priority, Role, State
from complaints.models import (
    NEVER,
    Case,
    Category,
    Clock,
    ClockEntry,
    Decision,
    Event,
    HandlingSettings,
    Involvement,
    Issue,
    Message,
    Party,
    Remedy,
    RemedyKind,
    Team,
    TeamMember,
)
from complaints.models.event import event_hash
from complaints.privacy.encryption import encrypt, lookup_hash
from complaints.references import hash_key, new_reference

BATCH = 2_000
MODELS = (Party, Case, Issue, Involvement, Message, Clock, ClockEntry, Decision, Remedy, Event)
ADDRESSES = 500


class Rows:
    """Rows of one model, built from its columns' defaults and what differs."""

    def __init__(self, model: type[Any]) -> None:
        self.model = model
        self.id = next_id(model)
        self.columns = columns_of(model)
        self.index = {name: i for i, name in enumerate(self.columns)}
        blank = model()
        self.defaults = [
            json.dumps(value) if isinstance(value, dict) else value
            for value in (getattr(blank, name) for name in self.columns)
        ]
        self.rows: list[list[Any]] = []

    def add(self, **values: Any) -> int:
        row, index = self.defaults.copy(), self.index
        row[0] = self.id
        for name, value in values.items():
            row[index[name]] = value
        self.rows.append(row)
        self.id += 1
        return self.id - 1

    def flush(self) -> None:
        write_rows(self.model, self.rows)
        self.rows = []


class Maker:
    """Makes cases of one site. The same seed makes the same cases, but for ids and references."""

    def __init__(self, *, now: datetime | None = None, seed: int = 1) -> None:
        self.now = now or datetime.now(UTC)
        self.random = random.Random(seed)  # noqa: S311 - nothing secret is made here
        self.site = Site.objects.get(is_default_site=True)
        self.settings = HandlingSettings.for_site(self.site)
        self.calendar = WorkingCalendar.from_settings(self.settings)
        self.categories = self._categories()
        self.staff = self._staff()
        self.remedy_kind = RemedyKind.objects.first() or RemedyKind.objects.create(
            code="refund", name="Refund", family=RemedyKind.Family.MONEY
        )
        addresses = [f"customer{i}@example.com" for i in range(ADDRESSES)]
        self.addresses = [(encrypt(a), lookup_hash(a)) for a in addresses]
        self.due = lru_cache(maxsize=20_000)(self._due)
        self.detail = lru_cache(maxsize=20_000)(self._detail)
        self.references = set(Case.objects.values_list("reference", flat=True))
        self.rows = {model: Rows(model) for model in MODELS}

    def make(self, count: int, progress: Callable[[int], None] = lambda done: None) -> None:
        """Make `count` cases, a batch at a time, each batch whole or not at all."""
        done = 0
        while done < count:
            size = min(BATCH, count - done)
            for _number in range(size):
                self._case()
            with transaction.atomic():
                for rows in self.rows.values():
                    rows.flush()
            done += size
            progress(done)
        forward_sequences(MODELS)

    def _categories(self) -> list[tuple[int, int]]:
        """(category, team) ids; a few are made where there are none."""
        if not Category.objects.exclude(team=None).exists():
            for number, name in enumerate(("Delivery", "Billing", "Service"), start=1):
                team = Team.objects.create(name=f"{name} team")
                Category.objects.create(code=name.lower(), name=name, team=team, order=number)
        return list(Category.objects.exclude(team=None).values_list("pk", "team_id"))

    def _staff(self) -> dict[int, tuple[list[int], int]]:
        """Team -> (handlers' ids, lead's id); made where a team has none."""
        staff = {}
        for team in {team for _category, team in self.categories}:
            members = TeamMember.objects.filter(team=team, user__is_active=True)
            leads = list(members.filter(is_lead=True).values_list("user_id", flat=True))
            handlers = list(members.filter(is_lead=False).values_list("user_id", flat=True))
            if not leads:
                leads = [self._person(f"trial-lead-{team}", "Team leads", team, is_lead=True)]
            if not handlers:
                handlers = [
                    self._person(f"trial-handler-{team}-{i}", "Case handlers", team)
                    for i in range(4)
                ]
            staff[team] = (handlers, leads[0])
        return staff

    def _person(self, username: str, group: str, team: int, **fields: Any) -> int:
        user, _created = get_user_model().objects.get_or_create(username=username)
        user.groups.add(Group.objects.get(name=group))
        TeamMember.objects.get_or_create(user=user, team_id=team, defaults=fields)
        return user.pk

    def _due(self, day: datetime, days: int) -> datetime:
        return self.calendar.add(day, days).astimezone(UTC)

    def _detail(self, start: date, due: datetime) -> str:
        begin = datetime.combine(start, time(12), tzinfo=UTC)
        skipped = self.calendar.holidays_between(begin, due)
        return json.dumps({"holidays": [d.isoformat() for d in skipped], "paused_days": 0})

    def _case(self) -> None:
        rnd = self.random
        # Most cases are old: an organisation answers within weeks and keeps records for years.
        recent = rnd.random() < 0.08
        age = rnd.uniform(0.1, 25) if recent else rnd.uniform(40, 700)
        weights = [h.recent if recent else h.old for h in HISTORIES]
        (history,) = rnd.choices(HISTORIES, weights)
        language = rnd.choices(*zip(*words.SHARES, strict=True))[0]
        CaseOf(self, history, self.now - timedelta(days=age), language).build()

    def reference(self) -> str:
        """A free one: among a million some would meet by chance."""
        while (reference := new_reference()) in self.references:
            pass
        self.references.add(reference)
        return reference


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
        self.at: dict[str, datetime] = {}
        # Slow handlers exist: one case in seven takes three times as long.
        self.pace = 3.0 if self.rnd.random() < 0.15 else self.rnd.uniform(0.3, 1.2)

    def build(self) -> None:
        moment = self.received_at
        for step in self.history.steps:
            moment = min(
                moment + timedelta(days=step.days * self.pace * self.rnd.uniform(0.5, 1.5)),
                self.maker.now,
            )
            self.at[step.action] = moment
        self.case = self.rows[Case].id
        due = self._clocks()
        self._case(due)
        self._events()
        self._words()
        if "propose" in self.at:
            self._decision()

    def _clocks(self) -> datetime:
        maker, closed = self.maker, self._closed_at()
        acknowledged = self.at["acknowledge"]
        silence_end = self.at.get("accept") or self.at.get("reject") or closed
        answered = self.at.get("approve") or closed
        settings = maker.settings
        clocks = [
            ("acknowledge", settings.acknowledge_days, self.received_at, acknowledged),
            ("answer", settings.answer_days, self.received_at, answered),
        ]
        if "approve" in self.at:
            clocks.append(("silence", settings.silence_days, self.at["approve"], silence_end))
        running = NEVER
        for name, days, start, stop in clocks:
            # The day decides, so noon of it may stand for every moment of it.
            due = maker.due(
                start.astimezone(maker.calendar.zone).replace(
                    hour=12, minute=0, second=0, microsecond=0
                ),
                days,
            )
            self._clock(name, days, start, due, stop)
            if stop is None and name != "silence":
                running = min(running, due)
        return running

    def _clock(
        self, name: str, days: int, start: datetime, due: datetime, stop: datetime | None
    ) -> None:
        clock = self.rows[Clock].add(
            case_id=self.case, name=name, days=days, started_at=start, due_at=due, stopped_at=stop
        )
        detail = self.maker.detail(start.date(), due)
        entries = self.rows[ClockEntry]
        entries.add(clock_id=clock, what="start", at=start, due_at=due, days=days, detail=detail)
        if stop is not None:
            entries.add(clock_id=clock, what="stop", at=stop, due_at=due, days=days, detail=detail)

    def _closed_at(self) -> datetime | None:
        return self.at.get("close") or (
            self.at.get("accept") if self.history.state == State.CLOSED else None
        )

    def _case(self, due: datetime) -> None:
        maker, rnd, at = self.maker, self.rnd, self.at
        text = " ".join(rnd.choices(words.SENTENCES[self.language], k=rnd.randint(1, 3)))
        email, email_hash = rnd.choice(maker.addresses)
        person = self.rows[Party].add(
            name=rnd.choice(words.NAMES[self.language]), email=email, email_hash=email_hash
        )
        severity = rnd.choices((1, 2, 3, 4, 5), (15, 35, 35, 12, 3))[0]
        assessed = "assess" in at
        steps = self.history.steps
        self.rows[Case].add(
            reference=maker.reference(),
            key_hash=hash_key(str(self.case)),
            version=len(steps),
            site_id=maker.site.pk,
            kind=self.history.kind,
            state=self.history.state,
            came_from=State.INVESTIGATING if self.history.state == State.DECIDING else "",
            outcome=self.history.outcome,
            contested=self.history.contested,
            received_at=self.received_at,
            stored_at=self.received_at,
            channel=Channel.FORM,
            language=self.language,
            notice_version="1",
            complainant_id=person,
            subject=text[:80],
            description=text,
            original_hash=hashlib.sha256(text.encode()).hexdigest(),
            severity=severity if assessed else None,
            priority=Priority.NORMAL,
            proposed_priority=Priority.NORMAL if assessed else "",
            complexity="low" if assessed else "",
            impact="low" if assessed else "",
            team_id=self.team,
            handler_id=self.handler if "assign" in at else None,
            cause="Handling in the depot" if self.history.finding == "upheld" else "",
            moderated_at=at.get("moderate"),
            acknowledged_at=at["acknowledge"],
            assessed_at=at.get("assess"),
            answered_at=at.get("approve") or self._closed_at(),
            closed_at=self._closed_at(),
            due_at=due,
            changed_at=max(at.values()),
        )
        finding = self.history.finding
        self.rows[Issue].add(
            case_id=self.case,
            number=1,
            category_id=self.category,
            finding=finding,
            reasons=words.REASONS if finding else "",
        )
        if "assign" in at:
            self.rows[Involvement].add(
                case_id=self.case, user_id=self.handler, part="handler", since=at["assign"]
            )
        self.text = text

    def _events(self) -> None:
        events, previous, state = self.rows[Event], FIRST_HASH, ""
        for number, step in enumerate(self.history.steps, start=1):
            user = {Role.HANDLER: self.handler, Role.LEAD: self.lead}.get(Role(step.role))
            at, before = self.at[step.action], previous
            previous = event_hash(
                self.case, number, at, step.action, step.role, user, state, step.to, {}, before
            )
            events.add(
                case_id=self.case,
                number=number,
                at=at,
                action=step.action,
                actor_role=step.role,
                actor_id=user,
                from_state=state,
                to_state=step.to,
                data="{}",
                previous_hash=before,
                hash=previous,
            )
            state = step.to

    def _words(self) -> None:
        said = self.rows[Message]
        common = {"case_id": self.case, "language": self.language}
        said.add(**common, direction="in", purpose="original", body=self.text, at=self.received_at)
        for action, direction in (("note", "internal"), ("update", "out")):
            if action in self.at:
                said.add(
                    **common,
                    direction=direction,
                    purpose=action,
                    body=words.REMARK[action],
                    author_id=self.handler,
                    at=self.at[action],
                )
        if "approve" in self.at:
            said.add(
                **common,
                direction="out",
                purpose="answer",
                body=words.ANSWER,
                author_id=self.lead,
                at=self.at["approve"],
            )

    def _decision(self) -> None:
        at, sent = self.at, self.at.get("approve")
        self.rows[Decision].add(
            case_id=self.case,
            answer=words.ANSWER,
            proposed_by_id=self.handler,
            proposed_at=at["propose"],
            approved_by_id=self.lead if sent else None,
            approved_at=sent,
            sent_at=sent,
            sent_text=words.ANSWER if sent else "",
            sent_hash=hashlib.sha256(words.ANSWER.encode()).hexdigest() if sent else "",
            accepted_at=at.get("accept"),
            rejected_at=at.get("reject"),
        )
        if self.history.remedy:
            self.rows[Remedy].add(
                case_id=self.case,
                kind_id=self.maker.remedy_kind.pk,
                amount=self.rnd.choice((5, 10, 20, 50)),
                currency=self.maker.settings.currency,
                owner_id=self.handler,
                promised_at=sent,
                delivered_at=at.get("deliver_remedy"),
                delivered_by_id=self.handler if "deliver_remedy" in at else None,
                proof="Bank slip" if "deliver_remedy" in at else "",
                verified_at=at.get("verify_remedy"),
                verified_by_id=self.lead if "verify_remedy" in at else None,
            )
