"""One page for each thing a complainant can do: what it means, their words, and the button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from complaints.intake import limits
from complaints.intake.uploads import ACCEPT, RefusedFile, check_uploads
from complaints.lifecycle import Refused
from complaints.tracking import acting, session
from complaints.tracking.forms import ActionForm, OpenForm
from complaints.tracking.offers import OFFERS, Offer
from complaints.tracking.presenting import CaseView
from complaints.tracking.views import HOME, TEMPLATES, opening_page, private
from conduct.rights import rights_sentence


@private
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, action: str) -> HttpResponse:
    """The page of one action; POST does it."""
    if action not in OFFERS:
        raise Http404
    now = timezone.now()
    case = session.opened_case(request, now)
    if case is None:
        return _open_again(request, action)
    view = CaseView(case, now)
    offer = view.offer(action)
    if request.method == "POST":
        return _send(request, view, offer or OFFERS[action], is_offered=offer is not None)
    if offer is None:
        return refused_page(request, view)
    return action_page(request, view, ActionForm.blank(offer, seen=view.seen))


def action_page(
    request: HttpRequest, view: CaseView, form: ActionForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "view": view,
        "case": view.case,
        "offer": form.offer,
        "form": form,
        "accept": ACCEPT,
        "max_files": limits.max_files(),
        "max_file_size": limits.max_file_size(),
        "rights": rights_sentence(),
    }
    with timezone.override(view.zone):
        return render(request, f"{TEMPLATES}/act.html", context, status=status)


def refused_page(
    request: HttpRequest, view: CaseView, *, why: str = "", words: str = ""
) -> HttpResponse:
    """It can't be done: why, what is possible now, and the person's words to copy."""
    context = {"view": view, "case": view.case, "why": why, "words": words}
    with timezone.override(view.zone):
        return render(request, f"{TEMPLATES}/refused.html", context, status=409)


def _open_again(request: HttpRequest, action: str) -> HttpResponse:
    """The case was closed for being idle: what was typed goes along to where it is opened again."""
    if request.method != "POST":
        return redirect(HOME)
    kept = {"action": action, "words": request.POST.get("words", "")}
    return opening_page(request, OpenForm(), kept=kept, is_idle=True)


def _send(request: HttpRequest, view: CaseView, offer: Offer, *, is_offered: bool) -> HttpResponse:
    uploads = request.FILES.getlist("files") if offer.takes_files else []
    form = ActionForm(offer, request.POST, has_files=bool(uploads))
    is_valid = form.is_valid()
    seen = form.cleaned_data.get("seen") or 0
    typed_id = form.cleaned_data.get("submission") or ""
    stored_id = acting.submission_id(view.case, offer, typed_id)
    if acting.was_sent(stored_id):
        return _said(request, offer.done)
    if acting.was_done_since(view.events, offer, seen):
        return _said(request, offer.already)
    if not is_offered:
        return refused_page(request, view, words=request.POST.get("words", ""))
    if not is_valid:
        return action_page(request, view, form, status=422, chose_files=bool(uploads))
    return _do(request, view, form, uploads, stored_id)


def _do(
    request: HttpRequest,
    view: CaseView,
    form: ActionForm,
    uploads: list[UploadedFile],
    stored_id: str | None,
) -> HttpResponse:
    offer, words = form.offer, form.cleaned_data.get("words", "")
    if offer.takes_files and not limits.within_limit(
        request, "reply", limits.submissions_per_hour()
    ):
        form.add_error(
            "words",
            _("You have sent very many messages in the last hour. Please send this one later."),
        )
        return action_page(request, view, form, status=429, chose_files=bool(uploads))
    files, refused = check_uploads(uploads)
    if offer.required and not words and not files:
        form.add_error("words", _("Write a few words: no file could be taken."))
        return action_page(request, view, form, status=422, refused_files=_reasons(refused))
    try:
        sent = acting.send(
            view.case,
            offer,
            words=words,
            files=files,
            stored_id=stored_id,
            seen=form.cleaned_data.get("seen") or 0,
            now=view.now,
        )
    except acting.ChangedError:
        return _look_again(request, view, form, words)
    except Refused as refusal:
        return _refused(request, view, form, refusal, words)
    why = _("We could not store it. Please send it again.")
    return _said(
        request, offer.done, [*_reasons(refused), *([name, why] for name in sent.lost_files)]
    )


def _reasons(refused: Sequence[RefusedFile]) -> list[list[str]]:
    return [[file.name, file.reason] for file in refused]


def _said(request: HttpRequest, text: Any, files: Sequence[list[str]] = ()) -> HttpResponse:
    """Back to the case, which says what was done and which files were not taken."""
    session.say_next(request, {"text": str(text), "files": list(files)})
    return redirect(HOME)


def _look_again(request: HttpRequest, view: CaseView, sent: ActionForm, words: str) -> HttpResponse:
    """Something happened that the person has not seen: say so, keep their words, and ask again."""
    fresh = _fresh(view)
    if _was_just_done(fresh, sent):
        return _said(request, sent.offer.already)
    still = fresh.offer(sent.offer.name)
    if still is None:
        return refused_page(request, fresh, words=words)
    form = ActionForm.blank(still, seen=fresh.seen, words=words)
    return action_page(request, fresh, form, status=409, has_changed=True)


def _refused(
    request: HttpRequest, view: CaseView, sent: ActionForm, refusal: Refused, words: str
) -> HttpResponse:
    fresh = _fresh(view)
    if _was_just_done(fresh, sent):
        return _said(request, sent.offer.already)
    # What the life of a case says about states and changes is meant for staff and may name them.
    still_offered = fresh.offer(sent.offer.name) is not None
    why = str(refusal.message) if still_offered and refusal.code == "not_possible" else ""
    return refused_page(request, fresh, why=why, words=words)


def _fresh(view: CaseView) -> CaseView:
    view.case.refresh_from_db()
    return CaseView(view.case, view.now)


def _was_just_done(fresh: CaseView, sent: ActionForm) -> bool:
    """By the other of two clicks at once."""
    return acting.was_done_since(fresh.events, sent.offer, sent.cleaned_data.get("seen") or 0)
