"""Time zones to choose from, and which days are worked where nobody says otherwise."""

from __future__ import annotations

import zoneinfo

MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, SATURDAY_TO_WEDNESDAY = "12345", "12347", "12367"
#: Where the weekend is another than Saturday and Sunday (1 is Monday, 7 is Sunday).
WEEKS = {
    SUNDAY_TO_THURSDAY: frozenset(
        {
            "Africa/Algiers", "Africa/Cairo", "Africa/Khartoum", "Africa/Tripoli", "Asia/Aden",
            "Asia/Amman", "Asia/Baghdad", "Asia/Bahrain", "Asia/Damascus", "Asia/Dhaka",
            "Asia/Gaza", "Asia/Hebron", "Asia/Jerusalem", "Asia/Kuwait", "Asia/Muscat",
            "Asia/Qatar", "Asia/Riyadh", "Indian/Maldives",
        }
    ),
    SATURDAY_TO_WEDNESDAY: frozenset({"Asia/Kabul", "Asia/Tehran"}),
    "123457": frozenset({"Asia/Kathmandu"}),
}  # fmt: skip
REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip


def usual_week(time_zone: str) -> str:
    return next((week for week, zones in WEEKS.items() if time_zone in zones), MONDAY_TO_FRIDAY)


def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """By part of the world, as the names have it; UTC for who wants none."""
    by_region: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in sorted(zoneinfo.available_timezones()):
        region, _slash, place = name.partition("/")
        if place and region in by_region:
            by_region[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", [("UTC", "UTC")]), *by_region.items()]
