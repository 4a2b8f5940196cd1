"""What a small form in a cached page is checked for before anything is kept.

The page has neither session nor CSRF token, so the form goes to a view of its own (as the complaint
form does, `complaints.intake.guarded`). These forms need no one-time token: sent twice, they change
nothing.
"""

from __future__ import annotations

from enum import StrEnum

from django.http import HttpRequest

from conduct.same_site import is_from_own_site
from conduct.senders import within_limit

#: Looks like a field to a program that fills in everything; people don't meet it.
HONEYPOT = "further_subject"
#: A person has pressed the button once more.
CHECKED = "checked"


class Hurdle(StrEnum):
    """Why a form that is filled in properly comes back once more. `hurdle.html` has the words."""

    CROSS_SITE = "cross_site"
    PERSON = "person"
    LIMIT = "limit"


STATUS = {Hurdle.CROSS_SITE: 403, Hurdle.PERSON: 200, Hurdle.LIMIT: 429}


def hurdle_of(request: HttpRequest, scope: str, per_hour: int) -> Hurdle | None:
    """What keeps this POST from being taken; counts it for its sender's network."""
    if not is_from_own_site(request):
        return Hurdle.CROSS_SITE
    if request.POST.get(HONEYPOT) and CHECKED not in request.POST:
        return Hurdle.PERSON
    return None if within_limit(request, scope, per_hour) else Hurdle.LIMIT
