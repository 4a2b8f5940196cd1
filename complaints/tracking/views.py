"""The complainant's own page: open a case with reference and key, read it, close it again.

These pages are private: they use the session and CSRF tokens, and no cache may keep them.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from complaints.models import Case
from complaints.tracking import session
from complaints.tracking.forms import ActionForm, KeptForm, OpenForm
from complaints.tracking.offers import OFFERS
from complaints.tracking.opening import NotOpenedError, open_case
from complaints.tracking.presenting import CaseView, file_for
from complaints.tracking.tries import LockedError
from conduct.models import Organisation
from conduct.rights import rights_sentence

logger = logging.getLogger(__name__)
TEMPLATES = "conduct_complaints/tracking"
HOME = "conduct_complaints:tracking"
View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """No copy in any cache, no trace in search engines, no address of ours at other sites."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        # Not "no-referrer": browsers would then send `Origin: null`, which CSRF protection refuses.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@private
def tracking(request: HttpRequest) -> HttpResponse:
    """The case that is open in this session, or the form that opens one."""
    now = timezone.now()
    if request.method == "POST":
        return _open(request, now)
    case = session.opened_case(request, now)
    if case is None:
        return opening_page(request, OpenForm())
    return _case_page(request, CaseView(case, now), said=session.take_said(request))


def _case_page(request: HttpRequest, view: CaseView, said: dict[str, Any]) -> HttpResponse:
    with timezone.override(view.zone):
        context = {"view": view, "case": view.case, "said": said, "rights": rights_sentence()}
        return render(request, f"{TEMPLATES}/case.html", context)


def opening_page(
    request: HttpRequest, form: OpenForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    organisation = Organisation.for_request(request)
    context |= {"form": form, "organisation": organisation}
    return render(request, f"{TEMPLATES}/open.html", context, status=status)


def _open(request: HttpRequest, now: datetime) -> HttpResponse:
    form, kept = OpenForm(request.POST), KeptForm(request.POST, prefix="kept")
    words = kept.cleaned_data if kept.is_valid() else {}
    if not form.is_valid():
        return opening_page(request, form, status=422, kept=words)
    try:
        case = open_case(
            form.cleaned_data["reference"],
            form.cleaned_data["key"],
            address=request.META.get("REMOTE_ADDR", ""),
            now=now,
        )
    except NotOpenedError:
        form.add_error(None, _not_opened())
        return opening_page(request, form, status=422, kept=words)
    except LockedError as locked:
        form.add_error(None, _please_wait(locked.until, now))
        response = opening_page(request, form, status=429, kept=words)
        response.headers["Retry-After"] = str(math.ceil((locked.until - now).total_seconds()))
        return response
    session.remember(request, case, now)
    if words.get("action") in OFFERS:
        return _go_on(request, case, words, now)
    return redirect(HOME)


def _go_on(request: HttpRequest, case: Case, kept: dict[str, str], now: datetime) -> HttpResponse:
    """Back to what the person was about to send before their case was closed for being idle."""
    from complaints.tracking.action_views import action_page, refused_page

    view = CaseView(case, now)
    offer = view.offer(kept["action"])
    if offer is None:
        return refused_page(request, view, words=kept["words"])
    form = ActionForm.blank(offer, seen=view.seen, words=kept["words"])
    return action_page(request, view, form, is_kept=True)


def _not_opened() -> str:
    return _(
        "This reference and this key do not open a case together. Look at both again and "
        "compare every letter and digit with our mail or with what you noted."
    )


def _please_wait(until: datetime, now: datetime) -> str:
    minutes = max(1, math.ceil((until - now).total_seconds() / 60))
    if minutes > 120:
        hours = math.ceil(minutes / 60)
        return ngettext(
            "Too many tries did not fit. Please wait %(hours)d hour, then try again.",
            "Too many tries did not fit. Please wait %(hours)d hours, then try again.",
            hours,
        ) % {"hours": hours}
    return ngettext(
        "Too many tries did not fit. Please wait %(minutes)d minute, then try again.",
        "Too many tries did not fit. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


@private
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Nobody can open the case in this browser any more without reference and key."""
    session.forget(request)
    return opening_page(request, OpenForm(), is_closed=True)


def _opened_or_404(request: HttpRequest) -> Case:
    case = session.opened_case(request, timezone.now())
    if case is None:
        raise Http404
    return case


@private
@require_safe
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A file of the case that is open; of any other case there is none."""
    from complaints.intake.downloads import LockedFile, file_response

    attachment = file_for(_opened_or_404(request), public_id)
    if attachment is None:
        raise Http404
    try:
        return file_response(attachment)
    except LockedFile as locked:
        context = {"why": locked.why}
        return render(request, f"{TEMPLATES}/locked_file.html", context, status=404)
    except OSError as error:
        logger.error("File %s can't be read from the storage", attachment.pk)  # noqa: TRY400
        raise Http404 from error


@private
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Everything on the page as plain text, to keep."""
    from complaints.tracking.transcript import transcript

    view = CaseView(_opened_or_404(request), timezone.now())
    with timezone.override(view.zone):
        text = transcript(view)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{view.case.reference}.txt"'
    return response
