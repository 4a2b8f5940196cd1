"""The button “Propose a translation”: asks the service that the organisation has set up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from complaints.access import Actor, sees_personal_data, staff_roles
from complaints.backoffice.entry import CaseStaffMixin, visible_case
from complaints.backoffice.translations import viewers_language
from complaints.lifecycle import ACTIONS
from complaints.models import Case
from complaints.translating import NotTranslated, is_switched_on, propose_translation


def may_translate(user: Any, case: Case) -> bool:
    """Those who work on the case; who only reads or oversees does not write beside it."""
    may = staff_roles(user, case) & ACTIONS["translate"].who
    return sees_personal_data(user, case) and bool(may)


class ProposeTranslationView(CaseStaffMixin, View):
    """POST only: nothing is sent to a service by looking."""

    http_method_names = ("post",)

    def post(
        self, request: HttpRequest, reference: str, pk: int, **kwargs: Any
    ) -> HttpResponseBase:
        case = visible_case(request, reference)
        message = case.messages.filter(pk=pk).first()
        if message is None or not is_switched_on() or not may_translate(request.user, case):
            raise Http404("No such message.")
        try:
            propose_translation(message, viewers_language(), actor=Actor.staff(request.user))
        except NotTranslated as trouble:
            messages.error(request, trouble.why)
        else:
            messages.success(
                request, _("A machine has translated it. Check it before you rely on it.")
            )
        anchor = "said" if message.purpose == "original" else f"message-{message.pk}"
        url = reverse("conduct_complaints_admin:case", args=[case.reference])
        return redirect(f"{url}#{anchor}")
