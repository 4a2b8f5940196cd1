"""The promises of the demo's organisation."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from conduct.models import IndicatorRole, MeasuredValue, Promise
from demo.texts import SOURCE, content, set_words

#: code -> (topic, target in per cent, indicator, days to claim, given without asking)
PROMISES: dict[str, tuple[str, str, str, int | None, bool]] = {
    "D1": ("delivery", "95", "entered", None, True),
    "D2": ("delivery", "99", "entered", None, True),
    "D3": ("delivery", "90", "entered", 7, False),
    "A1": ("complaint_handling", "98", "acknowledged_on_time", None, True),
    "A2": ("complaint_handling", "90", "answered_on_time", None, True),
    "A3": ("complaint_handling", "80", "satisfaction_handling", None, True),
    "R1": ("returns", "95", "entered", None, True),
    "P1": ("personal_data", "100", "entered", None, True),
    "S1": ("service", "90", "entered", 30, False),
}
#: code -> (measured in a usual month, broken of 1,000 in a usual month, and in the worst month,
#: how many months ago that was). Refunds (R1) are below their target of 95 per cent.
COUNTED: dict[str, tuple[int, int, int, int]] = {
    "D1": (41_800, 31, 118, 4),
    "D2": (41_800, 6, 8, 9),
    "D3": (64, 55, 75, 7),
    "R1": (390, 77, 96, 6),
    "P1": (60, 0, 17, 11),
    "S1": (5_230, 68, 187, 8),
}
MONTHS = 14
#: How months differ from the usual one, in per cent; a dozen would repeat with the calendar.
MORE_OR_LESS = (0, 4, -3, 7, -6, 2, -1, 9, -4, 3, -8)
FIELDS = Promise.TRANSLATED
#: Who answers for the promises of a topic.
ROLES = {"delivery": "Head of delivery", "personal_data": "Data protection officer"}
#: What the words promise as a figure: code -> (figure, what it counts).
THRESHOLDS = {
    "D1": (3, "working days"),
    "D3": (10, "working days"),
    "A1": (1, "working days"),
    "A2": (20, "working days"),
    "R1": (5, "working days"),
    "S1": (10, "minutes"),
}


def make_promises(owner: Any, today: date) -> dict[str, Promise]:
    """All of them live; A3 joined with the third edition."""
    promises = {}
    for order, (code, row) in enumerate(PROMISES.items()):
        topic, target, indicator, window, automatic = row
        promise = Promise(
            code=code,
            order=order,
            topic=topic,
            state="draft" if code == "A3" else "live",
            target=target,
            indicator=indicator,
            claim_window_days=window,
            remedy_how="automatic" if automatic else "on_claim",
            owner=owner,
            evidence_date=today - timedelta(days=40),
            review_on=today + timedelta(days=200),
            legal_checked_on=today - timedelta(days=60),
            accountable_role=ROLES.get(topic, "Head of customer care"),
            threshold=THRESHOLDS.get(code, (None, ""))[0],
            unit=THRESHOLDS.get(code, (None, ""))[1],
        )
        set_words(promise, "promises", code, **{field: field for field in FIELDS})
        promise.save()
        promises[code] = promise
    for indicator in {row[2] for row in PROMISES.values() if row[2]}:
        role = "Quality manager" if indicator == "entered" else "Head of customer care"
        IndicatorRole.objects.create(indicator=indicator, role=role)
    for code in COUNTED:
        _enter_values(promises[code], owner, today)
    return promises


def _enter_values(promise: Promise, owner: Any, today: date) -> None:
    """What the organisation counted itself in the last full months, the same in every demo."""
    usual, broken, broken_worst, worst = COUNTED[promise.code]
    evidence = content(SOURCE)["promises"][promise.code]["evidence"].strip()
    following = today.replace(day=1)
    for ago in range(1, MONTHS + 1):
        last = following - timedelta(days=1)
        vary = MORE_OR_LESS[(ago + usual) % len(MORE_OR_LESS)]
        measured = usual * (100 + vary) // 100
        share = broken_worst if ago == worst else broken * (100 - 2 * vary) // 100
        entered_on = min(following + timedelta(days=3), today)
        MeasuredValue.objects.create(
            promise=promise,
            starts_on=last.replace(day=1),
            ends_on=last,
            measured=measured,
            kept=measured - round(measured * share / 1000),
            source=evidence,
            entered_by=owner,
            entered_at=timezone.make_aware(datetime.combine(entered_on, time(9))),
        )
        following = last.replace(day=1)
