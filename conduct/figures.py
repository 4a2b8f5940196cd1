"""The performance page's figures: for readers, as CSV and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.models import Page

from . import indicators
from .models.organisation import Organisation
from .models.pages import PerformancePage
from .models.promise import Promise
from .performance import Result, last_quarter, quarter_and_year, twelve_months
from .table_cells import harmless


@dataclass(frozen=True)
class Bar:
    """A small chart of one result on a line of 200 units; strings, since SVG knows no commas."""

    share: str
    low: str
    spread: str
    target: str | None


@dataclass(frozen=True)
class Row:
    """A promise with its last quarter and twelve months."""

    promise: Promise
    quarter: Result
    year: Result
    definition: str
    bar: Bar | None


def rows(request: HttpRequest, now: dt.datetime) -> list[Row]:
    promises = list(Promise.objects.live(on=timezone.localdate(now)))
    threshold = Organisation.for_request(request).small_number_threshold
    pairs = quarter_and_year(promises, threshold=threshold, now=now)
    return [
        Row(
            promise=year.promise,
            quarter=quarter,
            year=year,
            definition=_definition(quarter, year),
            bar=_bar(year),
        )
        for quarter, year in pairs
    ]


def context(page: PerformancePage, request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    return {
        "rows": rows(request, now),
        "quarter": last_quarter(now),
        "year": twelve_months(now),
        "threshold": Organisation.for_request(request).small_number_threshold,
    }


def fields() -> dict[str, str]:
    """What each column of the data means, in the active language."""
    return {
        "code": gettext("The lasting name of the promise."),
        "topic": gettext("What the promise is about."),
        "statement": gettext("The promise in words, in the language of the page."),
        "indicator": gettext("The key of the indicator that was measured."),
        "period": gettext("“quarter”: the last complete quarter; “twelve_months”: up to today."),
        "since": gettext("First day of the period."),
        "until": gettext("Last day of the period."),
        "target_is": gettext(
            "Whether the target is a lowest value (at_least) or a highest (at_most)."
        ),
        "target": gettext("The target in per cent."),
        "kept": gettext("How often the promise was kept."),
        "measured": gettext("How often it was measured."),
        "share": gettext("Kept divided by measured, in per cent."),
        "low": gettext("Lower end of the 95 per cent interval (Wilson), in per cent."),
        "high": gettext("Upper end of the 95 per cent interval (Wilson), in per cent."),
        "source": gettext(
            "Where values that are entered by hand come from, in the organisation's own words."
        ),
        "result": gettext(
            "kept, missed, no_target, no_data, not_measured, or too_few: measured too rarely to "
            "publish without risk to people."
        ),
    }


def records(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """One record for each promise and period; withheld figures are empty."""
    for row in rows(request, timezone.now()):
        for result in (row.quarter, row.year):
            yield _record(result)


def data(request: HttpRequest, page_path: str, data_format: str) -> HttpResponse:
    """The data of a performance page. Raises Http404 for any other page and for a private one."""
    parts = [part for part in page_path.split("/") if part]
    route = Page.route_for_request(request, "/".join(parts))
    page = route.page.specific if route else None
    if not isinstance(page, PerformancePage) or page.get_view_restrictions():
        raise Http404
    return serve_csv(page, request) if data_format == "csv" else serve_json(page, request)


def serve_csv(page: PerformancePage, request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.csv"'
    response.write("\ufeff")  # without it spreadsheets misread every script but Latin
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
        "smallest_number_published": organisation.small_number_threshold,
        "records": list(records(request)),
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _record(result: Result) -> dict[str, Any]:
    promise, measurement = result.promise, result.measurement
    interval = result.interval_per_cent
    return {
        "code": promise.code,
        "topic": promise.topic,
        "statement": promise.statement,
        "indicator": promise.indicator,
        "period": result.period.key,
        "since": timezone.localdate(result.period.since),
        "until": result.period.last_day,
        "target_is": promise.operator if promise.target is not None else "",
        "target": None if promise.target is None else float(promise.target),
        "kept": measurement.kept if measurement else None,
        "measured": measurement.measured if measurement else None,
        "share": None if result.per_cent is None else round(result.per_cent, 2),
        "low": round(interval[0], 2) if interval else None,
        "high": round(interval[1], 2) if interval else None,
        "source": measurement.source if measurement else "",
        "result": str(result.state),
    }


def _definition(quarter: Result, year: Result) -> str:
    """What is counted, and who says so where the values are entered by hand."""
    promise = year.promise
    indicator = indicators.get(promise.indicator) if promise.indicator else None
    definition = promise.metric or (str(indicator.definition) if indicator else "")
    measurement = year.measurement or quarter.measurement
    if not measurement or not measurement.source:
        return definition
    # The source is in the organisation's own language, whatever the page's is.
    sentence = format_html(
        gettext("We enter these values by hand. Source: {source}"),
        source=format_html("<bdi>{}</bdi>", measurement.source),
    )
    return format_html("{} {}", definition, sentence)


def _bar(result: Result) -> Bar | None:
    interval = result.interval_per_cent
    if result.per_cent is None or interval is None:
        return None
    low, high = interval
    target = result.promise.target
    return Bar(
        share=f"{result.per_cent * 2:.1f}",
        low=f"{low * 2:.1f}",
        spread=f"{(high - low) * 2:.1f}",
        target=None if target is None else f"{float(target) * 2:.1f}",
    )
