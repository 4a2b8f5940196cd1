"""An account can't be switched off while its cases would be left without anybody (4.12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from complaints.backoffice.appearance import person_name
from complaints.models import Access, Case, Event, ExportLog, Involvement


def open_cases_of(user: Any) -> int:
    return Case.objects.open().of(user).count()


def has_worked_on_cases(user: Any) -> bool:
    """Stands in the history of a case or in a log, which must keep its author."""
    return (
        Event.objects.filter(actor=user.pk).exists()
        or Involvement.objects.filter(user=user.pk).exists()
        or Case.objects.of(user).exists()
        or Access.objects.filter(user=user.pk).exists()
        or ExportLog.objects.filter(user=user.pk).exists()
    )


def before_edit_user(request: HttpRequest, user: Any) -> HttpResponseBase | None:
    """Hook: a form that takes away "active" is turned back while open cases are theirs."""
    switches_off = request.method == "POST" and user.is_active and user != request.user
    if switches_off and "is_active" not in request.POST and open_cases_of(user):
        _say_reassign(request, user)
        return redirect("wagtailusers_users:edit", quote(user.pk))
    return None


def before_delete_user(request: HttpRequest, user: Any) -> HttpResponseBase | None:
    """Hook: who worked on cases is never deleted."""
    if not has_worked_on_cases(user):
        return None
    messages.error(request, _delete_words(user))
    return redirect("wagtailusers_users:edit", quote(user.pk))


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponseBase | None:
    """Hook: the same for many accounts at once."""
    from django.contrib.auth import get_user_model

    if get_user_model() not in getattr(action, "models", ()):
        return None
    switches_off = (
        action_type == "set_active_state" and request.POST.get("mark_as_active") != "True"
    )
    for user in objects:
        if switches_off and user.is_active and open_cases_of(user):
            _say_reassign(request, user)
        elif action_type == "delete" and has_worked_on_cases(user):
            messages.error(request, _delete_words(user))
        else:
            continue
        return redirect("wagtailusers_users:index")
    return None


def _delete_words(user: Any) -> str:
    return _(
        "%(person)s has worked on cases, and their history keeps its authors: this account can't "
        "be deleted. Make it inactive instead."
    ) % {"person": person_name(user)}


def _say_reassign(request: HttpRequest, user: Any) -> None:
    count = open_cases_of(user)
    words = ngettext(
        "%(person)s still handles %(count)d open case. Assign it to somebody else first, then "
        "make the account inactive.",
        "%(person)s still handles %(count)d open cases. Assign them to somebody else first, then "
        "make the account inactive.",
        count,
    ) % {"person": person_name(user), "count": count}
    url = f"{reverse('conduct_complaints_admin:list', args=['open'])}?handler={user.pk}"
    messages.error(request, words, buttons=[messages.button(url, _("Show the cases"))])
