"""The promises and pages of a sample, as rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from conduct.models import CodeOfConductPage, Promise
from conduct.models.promise import SAMPLE, PromiseState

from . import facts, spoken, words

WORDS = ("statement", "audience", "limits", "conditions", "remedy", "metric", "data_source")
A_YEAR = dt.timedelta(days=365)
HALF_A_YEAR = dt.timedelta(days=182)


@dataclass(frozen=True)
class Order:
    """What to make: `source` is the language of the samples that the site's own is served by."""

    key: str
    source: str
    owner: Any
    today: dt.date
    #: Published at once, its promises live; else drafts that somebody has to make their own.
    is_live: bool


def make_promises(order: Order) -> dict[str, Promise]:
    """By their code in the sample. Those that are there keep every word they have."""
    rows = facts()[order.key]["promises"]
    codes = _codes(order, list(rows))
    last = Promise.objects.aggregate(last=Max("order"))["last"] or 0
    promises = {}
    for number, (code, row) in enumerate(rows.items(), start=last + 1):
        promise = Promise.objects.filter(code=codes[code]).first()
        promise = promise or _new_promise(order, codes[code], number, row)
        _say(promise, order, code)
        promise.save()
        promises[code] = promise
    return promises


def _codes(order: Order, plain: list[str]) -> dict[str, str]:
    """Codes that can't be the organisation's own; a start takes plain ones where all are free."""
    if not order.is_live and not Promise.objects.filter(code__in=plain).exists():
        return {code: code for code in plain}
    return {code: f"{SAMPLE}{code}" for code in plain}


def _new_promise(order: Order, code: str, number: int, row: dict[str, Any]) -> Promise:
    said = words(order.source)
    promise = Promise(
        code=code,
        order=number,
        state=PromiseState.LIVE if order.is_live else PromiseState.DRAFT,
        indicator="entered",
        owner=order.owner,
        accountable_role=said["accountable_role"],
        review_on=order.today + HALF_A_YEAR,
        # Nobody has any evidence yet where it is to become an organisation's own.
        evidence_date=order.today if order.is_live else None,
        **row | {"unit": said["units"].get(row.get("unit", ""), "")},
    )
    promise.clean()
    return promise


def _say(promise: Promise, order: Order, code: str) -> None:
    """Fill what is empty, in every language of the host that the samples speak."""
    for language in AVAILABLE_LANGUAGES:
        # All others fall back to the default language, so that one is never empty.
        served = spoken(language) or (order.source if language == DEFAULT_LANGUAGE else None)
        if served is None:
            continue
        said = dict(words(served)[order.key]["promises"][code])
        if order.is_live:
            said["evidence"] = words(served)["evidence"]
        for field, text in said.items():
            column = build_localized_fieldname(field, language)
            if not getattr(promise, column):
                setattr(promise, column, text)


def set_words(
    page: CodeOfConductPage, order: Order, language: str, promises: dict[str, Promise]
) -> None:
    """Say the sample in one of its languages on a page."""
    everything = words(language)
    said = everything[order.key]
    for field in ("title", "scope", "exclusions", "purpose"):
        setattr(page, field, said[field])
    page.effective_date = order.today
    page.review_date = order.today + A_YEAR
    page.accountable = order.owner
    page.accountable_role = everything["accountable_role"]
    if order.is_live:
        page.approved_by_name = everything["approver_name"]
        page.approved_by_role = everything["approver_role"]
        page.approved_on = order.today
    page.body = CodeOfConductPage.body.field.stream_block.to_python([])
    for kind, value in _body(everything, order.key, promises):
        page.body.append((kind, page.body.stream_block.child_blocks[kind].normalize(value)))


def _body(
    everything: dict[str, Any], key: str, promises: dict[str, Promise]
) -> list[tuple[str, Any]]:
    said = everything[key]
    body: list[tuple[str, Any]] = [("text", everything["notice"]), ("text", said["introduction"])]
    for heading, codes in zip(said["headings"], facts()[key]["sections"], strict=True):
        body += [
            ("heading", heading),
            ("promises", {"promises": [promises[code] for code in codes]}),
        ]
    body += [("heading", said["remedy_heading"]), ("text", said["remedy"])]
    body.append(("definitions", {"terms": everything["definitions"]}))
    return [*body, ("contact", {"introduction": said["contact"]})]
