"""The promises of the demo's organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from conduct.models import Promise
from demo.texts import set_words

#: code -> (topic, target in per cent, indicator, days to claim, given without asking)
PROMISES: dict[str, tuple[str, str, str, int | None, bool]] = {
    "D1": ("delivery", "95", "", None, True),
    "D2": ("delivery", "99", "", None, True),
    "D3": ("delivery", "90", "", 7, False),
    "A1": ("complaint_handling", "98", "acknowledged_on_time", None, True),
    "A2": ("complaint_handling", "90", "answered_on_time", None, True),
    "A3": ("complaint_handling", "80", "satisfaction_handling", None, True),
    "R1": ("returns", "95", "", None, True),
    "P1": ("personal_data", "100", "", None, True),
    "S1": ("service", "90", "", 30, False),
}
FIELDS = ("statement", "limits", "conditions", "remedy", "metric", "evidence")


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
        )
        set_words(promise, "promises", code, **{field: field for field in FIELDS})
        promise.save()
        promises[code] = promise
    return promises
