"""Every promise against its target, for staff: nothing withheld, by code (10001:2018, 8.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from complaints.analysis.promise_complaints import PromiseComplaints, promise_complaints
from complaints.models.case import CaseQuerySet
from conduct.gaps import Gap, gap_of
from conduct.measuring import Measured, measured_quarters
from conduct.models import BreachNote, Edition, Promise
from conduct.models.edition import EditionPromise, Kind
from conduct.performance import Figures, ResultState, figures_of
from conduct.periods import quarters, twelve_months
from conduct.trend_charts import Chart, chart


@dataclass(frozen=True)
class PromiseReport:
    """One promise: figures, drawing, breaches and what complaints say about the causes."""

    promise: Promise
    figures: Figures
    chart: Chart | None
    gap: Gap | None
    notes: list[BreachNote]
    complaints: PromiseComplaints | None
    is_verified: bool


@dataclass(frozen=True)
class CodeReport:
    """The promises of a code in force; `edition` None: live promises that stand in none."""

    edition: Edition | None
    promises: list[PromiseReport]

    def count(self, *states: ResultState) -> int:
        return sum(row.figures.headline.state in states for row in self.promises)

    @property
    def met(self) -> int:
        return self.count(ResultState.KEPT)

    @property
    def missed(self) -> int:
        return self.count(ResultState.MISSED)

    @property
    def without_data(self) -> int:
        return sum(row.gap is not None for row in self.promises)

    @property
    def verified(self) -> int:
        return sum(row.is_verified for row in self.promises)


def code_reports(cases: CaseQuerySet, *, now: datetime) -> list[CodeReport]:
    """Live promises by the code they stand in; complaints of `cases` in the last twelve months."""
    today = timezone.localdate(now)
    promises = list(Promise.objects.live(on=today))
    measured = measured_quarters(promises, quarters(now), now=now)
    year = twelve_months(now)
    lines = promise_complaints(cases, since=year.since, until=year.until)
    complaints = {line.promise.pk: line for line in lines if line.promise is not None}
    notes: dict[int, list[BreachNote]] = {}
    for note in BreachNote.objects.filter(promise__in=promises):
        notes.setdefault(note.promise_id, []).append(note)
    rows = {
        promise.code: _report(promise, measured.get(promise.code), notes, complaints, now)
        for promise in promises
    }
    return _by_code(rows, now)


def _report(
    promise: Promise,
    measured: Measured | None,
    notes: dict[int, list[BreachNote]],
    complaints: dict[int, PromiseComplaints],
    now: datetime,
) -> PromiseReport:
    figures = figures_of(promise, quarters(now), measured, 1, now)
    return PromiseReport(
        promise,
        figures,
        chart(figures),
        gap_of(promise, measured, now=now),
        notes.get(promise.pk, []),
        complaints.get(promise.pk),
        promise.is_verified(timezone.localdate(now)),
    )


def _by_code(rows: dict[str, PromiseReport], now: datetime) -> list[CodeReport]:
    in_force: dict[object, Edition] = {}
    editions = Edition.objects.filter(kind=Kind.CODE, effective_from__lte=now)
    for edition in editions.order_by("-number"):
        in_force.setdefault(edition.series, edition)
    codes: dict[int, set[str]] = {}
    frozen = EditionPromise.objects.filter(edition__in=list(in_force.values()))
    for edition_pk, code in frozen.values_list("edition", "code"):
        codes.setdefault(edition_pk, set()).add(code)
    found = [
        CodeReport(edition, _chosen(rows, codes.get(edition.pk, set())))
        for edition in in_force.values()
    ]
    nowhere = set(rows) - set().union(*codes.values())
    return [
        report for report in [*found, CodeReport(None, _chosen(rows, nowhere))] if report.promises
    ]


def _chosen(rows: dict[str, PromiseReport], codes: Iterable[str]) -> list[PromiseReport]:
    wanted = set(codes)
    return [row for code, row in rows.items() if code in wanted]
