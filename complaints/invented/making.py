"""Making invented cases: people and teams first, then histories in batches."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate

from django.db import transaction
from wagtail.models import Site

from complaints.invented import words
from complaints.invented.bulk import ROWS_PER_CASE, Rows, forward_sequences, trust_foreign_keys
from complaints.invented.case_rows import COLUMNS, CaseOf
from complaints.invented.histories import HISTORIES, History
from complaints.invented.staffing import a_remedy_kind, categories_with_team, staff_of
from complaints.models import Case, HandlingSettings
from complaints.privacy.encryption import encrypt, lookup_hash
from complaints.references import ALPHABET, reference_of
from complaints.working_calendar import WorkingCalendar

BATCH = 2_000
ADDRESSES = 5_000
#: 32 to the power of 7: so many references there are.
REFERENCES = 32**7
#: Odd, so that counting up by it meets every reference once before any comes back.
STRIDE = 0x4F1BBCDC5
OLD = tuple(accumulate(h.old for h in HISTORIES))
RECENT = tuple(accumulate(h.recent for h in HISTORIES))
LANGUAGES = tuple(language for language, _share in words.SHARES)
SHARES = tuple(accumulate(share for _language, share in words.SHARES))


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock that started on a day is due, and what the ledger says of it (JSON)."""

    at: datetime
    detail: str


class Maker:
    """Makes cases of one site. The same seed makes the same cases, but for ids and references."""

    def __init__(self, *, now: datetime | None = None, seed: int = 1) -> None:
        self.now = now or datetime.now(UTC)
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311 - nothing secret is made here
        self.site = Site.objects.get(is_default_site=True)
        self.settings = HandlingSettings.for_site(self.site)
        self.calendar = WorkingCalendar.from_settings(self.settings)
        self.categories = categories_with_team()
        self.staff = staff_of({team for _category, team in self.categories})
        self.remedy_kind = a_remedy_kind()
        addresses = [f"customer{i}@example.com" for i in range(ADDRESSES)]
        self.addresses = [(encrypt(a), lookup_hash(a)) for a in addresses]
        self.due = lru_cache(maxsize=20_000)(self._due)
        self.references = set(Case.objects.values_list("reference", flat=True))

    def make(
        self,
        count: int,
        progress: Callable[[int], None] = lambda done: None,
        *,
        first: int = 0,
        skip: int = 0,
    ) -> None:
        """Make `count` cases, a batch at a time, each batch whole or not at all.

        `first`: the number of the first batch; `skip`: how many cases' ids others use.
        """
        skipped = skip * ROWS_PER_CASE
        self.rows = {m: Rows(m, names, skip=skipped) for m, names in COLUMNS.items()}
        for number, start in enumerate(range(0, count, BATCH), start=first):
            # Batches are alike whoever makes them.
            self.random.seed(f"{self.seed}/{number}")
            size = min(BATCH, count - start)
            for _number in range(size):
                self._case()
            with transaction.atomic():
                trust_foreign_keys()
                for rows in self.rows.values():
                    rows.flush()
            progress(start + size)
        forward_sequences(self.rows)

    def _due(self, start: date, days: int) -> Due:
        # The day decides, so noon of it may stand for every moment of it.
        noon = datetime.combine(start, time(12), tzinfo=self.calendar.zone)
        at = self.calendar.add(noon, days).astimezone(UTC)
        skipped = self.calendar.holidays_between(noon, at)
        detail = {"holidays": [day.isoformat() for day in skipped], "paused_days": 0}
        return Due(at, json.dumps(detail))

    def _case(self) -> None:
        rnd = self.random
        # Most cases are old: an organisation answers within weeks and keeps records for years.
        recent = rnd.random() < 0.08
        age = rnd.uniform(0.1, 25) if recent else rnd.uniform(40, 700)
        history: History = rnd.choices(HISTORIES, cum_weights=RECENT if recent else OLD)[0]
        language = rnd.choices(LANGUAGES, cum_weights=SHARES)[0]
        CaseOf(self, history, self.now - timedelta(days=age), language).build()

    def reference(self, case: int) -> str:
        """One for this id alone, and not an existing one's."""
        number = case
        while (reference := _reference_of(number)) in self.references:
            # Further than any id.
            number += REFERENCES // 2
        return reference


def _reference_of(number: int) -> str:
    rest = number * STRIDE % REFERENCES
    return reference_of("".join([ALPHABET[rest >> shift & 31] for shift in range(0, 35, 5)]))
