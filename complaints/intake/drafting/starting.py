"""From a page with the form to a draft: the first step of several, or "finish later"."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from complaints.intake import limits, staging
from complaints.intake.drafting import drafts
from complaints.intake.drafting.answers import PROBLEM, Answers, raw_from
from complaints.intake.drafting.files import take_files
from complaints.intake.drafting.opening import let_open
from complaints.intake.drafting.step_views import (
    LANGUAGE,
    StepView,
    chosen_language,
    private,
    step_url,
)
from complaints.intake.drafting.steps import problem_step, split, steps_of
from complaints.intake.guarded import (
    HONEYPOT,
    TOKEN,
    Files,
    Guard,
    GuardedFormView,
    Hurdle,
)
from complaints.intake.parts.problem import FirstProblemPart
from complaints.intake.receiving import already_received
from complaints.intake.same_site import is_from_own_site
from complaints.intake.showing import form_context
from complaints.intake.tokens import ID_BYTES, UnreadableToken, new_token, read_token
from complaints.intake.uploads import RefusedFile

logger = logging.getLogger(__name__)


def site_of(request: HttpRequest) -> Site:
    """The site that was asked; 404 where none answers."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def draft_token(request: HttpRequest) -> str:
    """The id of the form's token; a new one where there is none, or where it made a case before."""
    try:
        token_id = read_token(request.POST.get(TOKEN, "")).id
    except UnreadableToken:
        return secrets.token_urlsafe(ID_BYTES)
    return secrets.token_urlsafe(ID_BYTES) if already_received(token_id) else token_id


def begin(request: HttpRequest, go: str) -> HttpResponseBase:
    """Keep everything that the form on one page holds as a draft, and go where `go` leads."""
    now = timezone.now()
    language = translation.get_language() or ""
    steps = split(raw_from(request.POST))
    steps.setdefault(f"{PROBLEM}1", {})
    signs = ["honeypot"] if request.POST.get(HONEYPOT) else []
    opened = drafts.start(
        draft_token(request),
        Answers(steps=steps, signs=signs),
        site=site_of(request),
        language=chosen_language(go) or language,
        now=now,
    )
    # The same form again, as after going back: what is typed now counts.
    for slug, raw in steps.items():
        opened = drafts.keep(opened, slug, raw, seen=None, now=now)
    _move_kept_files(request, opened)
    refused, lost = take_files(opened, request, 1)
    if refused or lost:
        response = _first_step_again(request, opened, refused, lost=lost, now=now)
    else:
        response = redirect(_where(opened, go, now))
    let_open(response, opened, request)
    return private(response)


def _first_step_again(
    request: HttpRequest, opened: drafts.Opened, refused: list[RefusedFile], *, lost: bool, now: Any
) -> HttpResponse:
    """A file was not taken: that is said before anything else."""
    view = StepView()
    view.setup(request)
    view.opened, view.now = opened, now
    step = steps_of(opened.answers)[0]
    return view.show(step, view.sheet().shown(step), refused=refused, lost=lost)


def _move_kept_files(request: HttpRequest, opened: drafts.Opened) -> None:
    """Files that were kept for the form on one page, or uploaded while somebody typed."""
    key = opened.draft.token_id
    removed = set(request.POST.getlist("remove_file"))
    try:
        for file in staging.FORMS.load(key).files:
            if file.stored not in removed:
                staging.DRAFTS.add(key, replace(file, stored=""))
    except OSError:
        # The page that comes next lists the files that are kept.
        logger.exception("The files of a form could not be moved to its draft")
    else:
        staging.FORMS.discard(key)


def _where(opened: drafts.Opened, go: str, now: Any) -> str:
    first = f"{PROBLEM}1"
    if go.startswith(LANGUAGE):
        return step_url(opened, first, chosen_language(go))
    if go == "later":
        return reverse("conduct_complaints:later", args=[opened.draft.public_id])
    if go == "another" and (number := opened.answers.next_problem()):
        if number not in opened.answers.problems:
            drafts.keep(opened, f"{PROBLEM}{number}", {}, seen=None, now=now)
        return step_url(opened, f"{PROBLEM}{number}")
    return step_url(opened, "wish")


class StartView(GuardedFormView):
    """The first step, in any page or here. Nothing is stored before it is filled in."""

    template_name = "conduct_complaints/intake/start_page.html"
    takes_files = True

    def get_form(self, data: Any = None) -> forms.Form:
        initial = {name: self.request.GET.get(name, "") for name in ("promise", "category")}
        return FirstProblemPart(data, initial=initial, site=site_of(self.request))

    def get_context(self) -> dict[str, Any]:
        return form_context(self.request) | {"step": problem_step(1, is_only=True)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.bound_form(request)
        if isinstance(form, HttpResponse):
            return form
        if not is_from_own_site(request):
            return self.show(form, Guard(new_token(), Hurdle.CROSS_SITE, has_honeypot=False))
        go = request.POST.get("go", "next")
        token = self._token()
        if go in {"next", "another"} and not form.is_valid():
            return self._again(form, token, None)
        if not limits.within_limit(request, "draft", 4 * limits.submissions_per_hour()):
            return self._again(form, token, Hurdle.LIMIT)
        return begin(request, go)  # type: ignore[return-value]

    def store(self, form: forms.Form, *, token_id: str, files: Files) -> HttpResponse | None:
        raise NotImplementedError("A first step is kept as a draft.")
