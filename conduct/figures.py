"""The performance page's figures: for readers, as CSV and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.models import Page

from . import indicators
from .models.breach_note import BreachNote
from .models.organisation import Organisation
from .models.pages import PerformancePage
from .models.promise import Promise
from .performance import Figures, Result, last_quarter, public_figures, twelve_months
from .table_cells import csv_response, harmless
from .trend_charts import Chart, chart
from .withholding import least


@dataclass(frozen=True)
class Row:
    """A promise with all that readers learn about how it was kept."""

    promise: Promise
    figures: Figures
    definition: str
    chart: Chart | None
    #: The day of the evidence, where it is still in date (4.7).
    evidence_checked_on: dt.date | None
    notes: tuple[BreachNote, ...] = ()

    @property
    def headline(self) -> Result:
        return self.figures.headline


def rows(request: HttpRequest, now: dt.datetime, chosen: Iterable[int] = ()) -> list[Row]:
    """Every live promise, or the chosen ones of them; three queries, however many there are."""
    today = timezone.localdate(now)
    live = Promise.objects.live(on=today)
    keys = list(chosen)
    promises = list(live.filter(pk__in=keys) if keys else live)
    threshold = Organisation.for_request(request).small_number_threshold
    found = public_figures(promises, threshold=threshold, now=now)
    notes = _notes(promises)
    return [
        Row(
            promise=promise,
            figures=found[promise.code],
            definition=_definition(found[promise.code]),
            chart=chart(found[promise.code]),
            evidence_checked_on=promise.evidence_date if promise.is_verified(today) else None,
            notes=tuple(notes.get(promise.pk, ())),
        )
        for promise in promises
    ]


def _notes(promises: list[Promise]) -> dict[int, list[BreachNote]]:
    found: dict[int, list[BreachNote]] = {}
    keys = [promise.pk for promise in promises]
    for note in BreachNote.objects.public().filter(promise__in=keys):
        found.setdefault(note.promise_id, []).append(note)
    return found


def context(page: PerformancePage, request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    found = rows(request, now)
    return {
        "rows": found,
        "shown": _digest(found),
        "quarter": last_quarter(now),
        "year": twelve_months(now),
        "threshold": least(Organisation.for_request(request).small_number_threshold),
    }


def _digest(found: list[Row]) -> str:
    """Another one as soon as anything in the rows is: what was drawn from them is kept by it."""
    facts = [
        (
            _columns(row.promise),
            [(each.period, each.state, each.measurement) for each in _results(row)],
            str(row.definition),
            row.evidence_checked_on,
            [_columns(note) for note in row.notes],
        )
        for row in found
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _results(row: Row) -> tuple[Result, ...]:
    return (*row.figures.spans, row.figures.quarter, row.figures.year)


def _columns(row: Model) -> list[Any]:
    return [row.__dict__.get(field.attname) for field in row._meta.concrete_fields]


def fields() -> dict[str, str]:
    """What each column of the data means, in the active language."""
    return {
        "code": gettext("The lasting name of the promise."),
        "topic": gettext("What the promise is about."),
        "statement": gettext("The promise in words, in the language of the page."),
        "indicator": gettext("The key of the indicator that was measured."),
        "period": gettext(
            "“quarter”: a complete quarter, or several together where each has too few cases; "
            "“twelve_months”: the last four complete quarters; “breach”: a time in which the "
            "promise was broken, with what was done."
        ),
        "since": gettext("First day of the period."),
        "until": gettext("Last day of the period; empty for a breach that goes on."),
        "target_is": gettext(
            "Whether the target is a lowest value (at_least) or a highest (at_most)."
        ),
        "target": gettext("The target in per cent."),
        "target_period": gettext("Over which period the target is judged."),
        "kept": gettext("How often the promise was kept."),
        "measured": gettext("How often it was measured."),
        "share": gettext("Kept divided by measured, in per cent."),
        "low": gettext("Lower end of the 95 per cent interval (Wilson), in per cent."),
        "high": gettext("Upper end of the 95 per cent interval (Wilson), in per cent."),
        "data_source": gettext("Which records are counted, in the organisation's words."),
        "source": gettext(
            "Where values that are entered by hand come from, in the organisation's own words."
        ),
        "evidence_checked_on": gettext(
            "The day on which the evidence for the promise was checked; empty where it is out of "
            "date or missing."
        ),
        "result": gettext(
            "kept, missed, no_target, no_data, not_measured, or too_few: measured too rarely to "
            "publish without risk to people. Empty for a breach."
        ),
        "trend": gettext(
            "rising, falling or steady over the last eight quarters; a change counts where the "
            "intervals of the earlier and of the later half do not touch. Only with twelve_months."
        ),
        "causes": gettext("Why the promise was broken. Only with a breach."),
        "done": gettext("What was done about the breach. Only with a breach."),
    }


def records(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """One record for each promise and period or breach; withheld figures are empty."""
    for row in rows(request, timezone.now()):
        # The last quarter even where nothing was ever measured.
        for result in (*(row.figures.spans or (row.figures.quarter,)), row.figures.year):
            yield _record(row, result)
        for note in row.notes:
            yield _breach(row, note)


def data(request: HttpRequest, page_path: str, data_format: str) -> HttpResponse:
    """The data of a performance page. Raises Http404 for any other page and for a private one."""
    parts = [part for part in page_path.split("/") if part]
    route = Page.route_for_request(request, "/".join(parts))
    page = route.page.specific if route else None
    if not isinstance(page, PerformancePage) or page.get_view_restrictions():
        raise Http404
    return serve_csv(page, request) if data_format == "csv" else serve_json(page, request)


def serve_csv(page: PerformancePage, request: HttpRequest) -> HttpResponse:
    response = csv_response(page.slug)
    writer = csv.DictWriter(response, fieldnames=list(fields()))
    writer.writeheader()
    for record in records(request):
        writer.writerow({name: harmless(value) for name, value in record.items()})
    return response


def serve_json(page: PerformancePage, request: HttpRequest) -> JsonResponse:
    organisation = Organisation.for_request(request)
    content = {
        "organisation": organisation.name,
        "generated_at": timezone.now(),
        "fields": fields(),
        "smallest_number_published": least(organisation.small_number_threshold),
        "records": list(records(request)),
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _record(row: Row, result: Result) -> dict[str, Any]:
    measurement, interval = result.measurement, result.interval_per_cent
    trend = row.figures.trend if result is row.figures.year else None
    return _common(row) | {
        "period": result.period.key,
        "since": result.period.first_day,
        "until": result.period.last_day,
        "kept": measurement.kept if measurement else None,
        "measured": measurement.measured if measurement else None,
        "share": None if result.per_cent is None else round(result.per_cent, 2),
        "low": round(interval[0], 2) if interval else None,
        "high": round(interval[1], 2) if interval else None,
        "source": measurement.source if measurement else "",
        "result": str(result.state),
        "trend": str(trend.direction) if trend else "",
    }


def _breach(row: Row, note: BreachNote) -> dict[str, Any]:
    return _common(row) | {
        "period": "breach",
        "since": note.since,
        "until": note.until,
        "causes": note.causes,
        "done": note.done,
    }


def _common(row: Row) -> dict[str, Any]:
    """A record with every field, of which the same ones are filled for all of a promise's."""
    promise = row.promise
    return dict.fromkeys(fields(), "") | {
        "code": promise.code,
        "topic": promise.topic,
        "statement": promise.statement,
        "indicator": promise.indicator,
        "target_is": promise.operator if promise.target is not None else "",
        "target": None if promise.target is None else float(promise.target),
        "target_period": promise.period if promise.target is not None else "",
        "kept": None,
        "measured": None,
        "share": None,
        "low": None,
        "high": None,
        "data_source": promise.data_source,
        "evidence_checked_on": row.evidence_checked_on,
    }


def _definition(figures: Figures) -> str:
    """What is counted, and who says so where the values are entered by hand."""
    promise = figures.promise
    indicator = indicators.get(promise.indicator) if promise.indicator else None
    definition = promise.metric or (str(indicator.definition) if indicator else "")
    measurement = figures.year.measurement or figures.quarter.measurement
    if not measurement or not measurement.source:
        return definition
    # The source is in the organisation's own language, whatever the page's is.
    sentence = format_html(
        gettext("We enter these values by hand. Source: {source}"),
        source=format_html("<bdi>{}</bdi>", measurement.source),
    )
    return format_html("{} {}", definition, sentence)
