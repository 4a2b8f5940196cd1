"""What it costs to call a number: complaining is free of charge at each step (ISO 10002:2018, 4.8).

Judged by the numbering plans in `phonenumberslite`, without asking anybody.
"""

from __future__ import annotations

import re
from enum import IntEnum

import phonenumbers
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType


class Cost(IntEnum):
    """From best to worst: of several numbers the worst one counts."""

    FREE = 1
    ORDINARY = 2
    #: A valid country code, but the numbering plan doesn't say what the number is for.
    UNKNOWN = 3
    SHARED = 4
    PREMIUM = 5
    #: No number that could be judged: as a rule the country code is missing.
    UNREADABLE = 6


#: One company-wide number, or one that is diverted, is often charged above the usual rate.
COSTS = {
    PhoneNumberType.TOLL_FREE: Cost.FREE,
    PhoneNumberType.FIXED_LINE: Cost.ORDINARY,
    PhoneNumberType.MOBILE: Cost.ORDINARY,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: Cost.ORDINARY,
    PhoneNumberType.VOIP: Cost.ORDINARY,
    PhoneNumberType.SHARED_COST: Cost.SHARED,
    PhoneNumberType.UAN: Cost.SHARED,
    PhoneNumberType.PERSONAL_NUMBER: Cost.SHARED,
    PhoneNumberType.PREMIUM_RATE: Cost.PREMIUM,
}

#: Why a number can't be kept.
REFUSALS: dict[Cost, LazyText] = {
    Cost.PREMIUM: _(
        "Calls to this number cost extra, and complaining must be free of charge. Give a number at "
        "the ordinary rate or one that is free to call."
    ),
    Cost.UNREADABLE: _(
        "We can't tell what calls to this number cost. Write it with the country code, such as "
        "+44 20 7946 0000."
    ),
}

#: What to look at though it can be kept.
WARNINGS: dict[Cost, LazyText] = {
    Cost.SHARED: _(
        "Calls to this number may cost extra. A number at the ordinary rate, or one that is free "
        "to call, keeps complaining free of charge."
    ),
    Cost.UNKNOWN: _(
        "We could not find out what calls to this number cost. Please make sure that they cost "
        "nothing extra."
    ),
}

# Left-to-right marks and the like come along when a number is copied from a page or a contact.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_FEWEST_DIGITS = 3


def cost_of(number: str, region: str | None = None) -> Cost:
    """What calling costs; `region` ("GB") is where a number without a country code belongs.

    Several numbers in one text count as the worst of them.
    """
    text = _INVISIBLE.sub("", number)
    found = list(PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE))
    rest = text
    for match in reversed(found):
        rest = rest[: match.start] + rest[match.end :]
    costs = [_kind_of(match.number) for match in found]
    if not costs or sum(character.isdigit() for character in rest) >= _FEWEST_DIGITS:
        costs.append(_single(rest if found else text, region))
    return max(costs)


def _single(text: str, region: str | None) -> Cost:
    """A number that the matcher passes over, such as one with letters or too short to call."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return Cost.UNREADABLE
    return _kind_of(number) if phonenumbers.is_possible_number(number) else Cost.UNREADABLE


def _kind_of(number: phonenumbers.PhoneNumber) -> Cost:
    return COSTS.get(phonenumbers.number_type(number), Cost.UNKNOWN)


def warning(number: str) -> LazyText | None:
    """What an editor should look at before giving this number to customers."""
    return WARNINGS.get(cost_of(number)) if number else None
