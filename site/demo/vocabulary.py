"""Categories, remedies, holidays and rules of the demo's organisation."""

from __future__ import annotations

from datetime import date

from wagtail.models import Site

from complaints.models import Category, HandlingSettings, Holiday, RemedyKind, Team
from demo.questions import make_questions
from demo.replies import make_replies
from demo.texts import set_words

#: code -> (parent, team)
CATEGORIES = {
    "delivery": ("", "delivery"),
    "late": ("delivery", "delivery"),
    "damaged": ("delivery", "delivery"),
    "place": ("delivery", "delivery"),
    "counter": ("", "care"),
    "manner": ("counter", "care"),
    "waiting": ("counter", "care"),
    "money": ("", "billing"),
    "invoice": ("money", "billing"),
    "refund": ("money", "billing"),
    "information": ("", "care"),
    "privacy": ("", "care"),
    "accessibility": ("", "care"),
    "handling": ("", "care"),
    "other": ("", "care"),
}
#: What something else than a complaint solves at once.
QUICK_WAYS = ("late", "privacy")
FAMILIES = {
    "refund": "money",
    "part_refund": "money",
    "compensation": "money",
    "replacement": "thing",
    "repair": "thing",
    "deliver": "thing",
    "cancel": "contract",
    "apology": "words",
    "explanation": "words",
    "correct_record": "words",
    "help": "help",
    "referral": "help",
    "goodwill": "goodwill",
    "change": "change",
}
HOLIDAYS = {
    "new_year": (1, 1),
    "labour_day": (5, 1),
    "christmas": (12, 25),
    "second_christmas": (12, 26),
}


def make_vocabulary(site: Site, teams: dict[str, Team], today: date) -> None:
    for order, (code, (parent, team)) in enumerate(CATEGORIES.items()):
        category = Category(code=code, order=order, team=teams[team])
        category.parent = Category.objects.get(code=parent) if parent else None
        set_words(category, "categories", name=code)
        if code in QUICK_WAYS:
            set_words(category, "quick_ways", quick_way=code)
        category.save()
    make_questions()
    make_replies()
    for order, (code, family) in enumerate(FAMILIES.items()):
        kind = RemedyKind(code=code, family=family, order=order)
        set_words(kind, "remedies", name=code)
        kind.save()
    for year in range(today.year - 2, today.year + 3):
        for code, (month, day) in HOLIDAYS.items():
            holiday = Holiday(day=date(year, month, day))
            set_words(holiday, "holidays", name=code)
            holiday.save()
    handling = HandlingSettings.for_site(site)
    handling.time_zone = "Europe/London"
    handling.currency = "EUR"
    set_words(handling, "organisation", emergency_advice="emergency_advice")
    handling.save()
