"""What forms need to keep what is typed (`complaints.kept_writing`): an address to keep it at, and
what was typed before as a form takes it. Without JavaScript nothing is kept and nothing breaks.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from complaints.access import sees_personal_data, staff_roles
from complaints.backoffice.entry import CaseStaffMixin, visible_case
from complaints.kept_writing import WRITE, forget, keep, kept, throw_away
from complaints.lifecycle import ACTIONS
from complaints.lifecycle.rows import STAFF
from complaints.models import Case

__all__ = ["TYPING", "WRITE", "DraftView", "draft_url", "forget", "kept", "typed_before"]

TYPING = Media(js=["conduct_complaints/js/typing.js", "conduct_complaints/js/dates.js"])
#: More than any form of ours takes.
LONGEST = 200_000


def typed_before(request: HttpRequest, case: Case, action: str) -> QueryDict | None:
    """What the person chose to go on with (`?draft=use`), as a form takes it; else None."""
    if request.method != "GET" or request.GET.get("draft") != "use":
        return None
    begun = kept(case, request.user, timezone.now())
    draft = next((one for one in begun if one.action == action), None)
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, value in draft.pairs:
        data.appendlist(name, value)
    data["version"], data["submission_id"] = str(case.version), uuid.uuid4().hex
    return data


class DraftView(CaseStaffMixin, View):
    """POST keeps what a form has now, or with `throw_away` deletes it."""

    http_method_names = ("post",)

    def post(
        self, request: HttpRequest, reference: str, action: str, **kwargs: Any
    ) -> HttpResponseBase:
        case = visible_case(request, reference)
        if action != WRITE and action not in ACTIONS:
            raise Http404("No such action.")
        if "throw_away" in request.POST:
            throw_away(case, request.user, action)
            return redirect("conduct_complaints_admin:case", case.reference)
        if not may_write(request.user, case, action):
            raise Http404("Nothing to write here.")
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
        if sum(len(value) for _name, value in pairs) > LONGEST:
            return HttpResponse(status=413)
        keep(case, request.user, action, pairs)
        return HttpResponse(status=204)


def may_write(user: Any, case: Case, action: str = WRITE) -> bool:
    """Has a role that may do this; the boxes of the case page are for who works on it."""
    who = STAFF if action == WRITE else ACTIONS[action].who
    return sees_personal_data(user, case) and bool(staff_roles(user, case) & who)


def draft_url(case: Case, action: str) -> str:
    return reverse("conduct_complaints_admin:draft", args=[case.reference, action])
