"""The public addresses of consultations. None of them knows a session or a user."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from conduct.links import content_language
from conduct.models import Consultation
from conduct.models.consultation import CommentState, Stage

from . import guard
from .comment_form import CommentForm
from .reading import proposal

PER_PAGE = 25


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`consultations/`: those that people can read, the ones still open first."""
    today = timezone.localdate()
    consultations = list(Consultation.objects.opened().filter(site=_site(request)).counted())
    context = {
        "open": [one for one in consultations if one.stage(today) == Stage.OPEN],
        "closed": [one for one in consultations if one.stage(today) == Stage.CLOSED],
    }
    return render(request, "conduct/consulting/list.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """`consultations/code-2027/`: the draft, the comments, and the form while it is open.

    Exempt from CSRF tokens because session and user are ignored; `guard` stands in for them.
    """
    shown = _get(request, slug)
    if request.method == "POST":
        return _take(request, shown)
    return _show(request, shown, CommentForm(language=content_language()))


@require_safe
def received(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens now; said at an address of its own, so that a reload sends nothing."""
    context = {"consultation": _get(request, slug)}
    return render(request, "conduct/consulting/received.html", context)


def _take(request: HttpRequest, shown: Consultation) -> HttpResponse:
    if not shown.takes_comments:
        # Who wrote until after the last day keeps the words, at least to copy them.
        return _show(request, shown, CommentForm(request.POST), too_late=True)
    form = CommentForm(request.POST)
    hurdle = guard.hurdle_before(request)
    if hurdle == guard.Hurdle.CROSS_SITE or not form.is_valid():
        return _show(request, shown, form, hurdle=hurdle)
    token = guard.token_id(request.POST.get(guard.TOKEN, ""))
    hurdle = guard.hurdle_at_sending(request, token)
    if hurdle or token is None:
        return _show(request, shown, form, hurdle=hurdle)
    _comment, is_ours = form.store(shown, submission_id=token)
    if not is_ours:
        return _show(request, shown, form, hurdle=guard.Hurdle.USED)
    return redirect("conduct:consultation_received", slug=shown.slug)


def _show(
    request: HttpRequest,
    shown: Consultation,
    form: CommentForm,
    *,
    hurdle: guard.Hurdle | None = None,
    too_late: bool = False,
) -> HttpResponse:
    comments = shown.comments.filter(state=CommentState.SHOWN)
    context: dict[str, Any] = {
        # The draft has no address of its own yet, as an edition has.
        "page": None,
        "results": {},
        "consultation": shown,
        "stage": shown.stage(),
        "form": form,
        "hurdle": hurdle,
        "too_late": too_late,
        "token": guard.new_token(),
        "comments": Paginator(comments, PER_PAGE).get_page(request.GET.get("page")),
        **proposal(shown, language=content_language()),
    }
    status = _status(form, hurdle, too_late=too_late)
    response = render(request, "conduct/consulting/consultation.html", context, status=status)
    # It holds a one-time token, and perhaps what somebody wrote.
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    if status == 429:
        response["Retry-After"] = "600"
    return response


def _status(form: CommentForm, hurdle: guard.Hurdle | None, *, too_late: bool) -> int:
    if hurdle:
        return guard.STATUS.get(hurdle, 200)
    return 422 if too_late or (form.is_bound and form.errors) else 200


def _get(request: HttpRequest, slug: str) -> Any:
    found = (
        Consultation.objects.opened()
        .filter(site=_site(request), slug=slug)
        .select_related("compared_with")
        .prefetch_related("texts")
        .counted()
        .first()
    )
    if found is None:
        raise Http404
    return found


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site
