"""The steps of the form, on a draft that is kept on the server (WCAG-TIME, WCAG-FORM).

Every step is a page of its own with an address, so that back and forward work; what was typed is
kept whatever button was pressed, right or wrong. Without the cookie there is no draft.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from complaints.intake.choices import language_choices
from complaints.intake.drafting import drafts
from complaints.intake.drafting.answers import MOST_PROBLEMS, PROBLEM, Raw, raw_from
from complaints.intake.drafting.drafts import ChangedElsewhere, Gone, Opened
from complaints.intake.drafting.files import files_of, kept_questions, take_files
from complaints.intake.drafting.opening import opened_draft
from complaints.intake.drafting.steps import CHECK, Sheet, Step, problem_step, steps_of
from complaints.intake.guarded import CHECKED, HONEYPOT, Guard
from complaints.intake.same_site import is_from_own_site
from complaints.intake.showing import form_context
from complaints.intake.uploads import RefusedFile

LANGUAGE = "language:"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError)


def chosen_language(go: str) -> str:
    """The language that a button names; empty where it names none that is offered."""
    code = go.removeprefix(LANGUAGE) if go.startswith(LANGUAGE) else ""
    return code if code in dict(language_choices()) else ""


def step_url(opened: Opened, slug: str, language: str | None = None) -> str:
    with translation.override(language or translation.get_language()):
        if slug == CHECK:
            return reverse("conduct_complaints:check", args=[opened.draft.public_id])
        return reverse("conduct_complaints:step", args=[opened.draft.public_id, slug])


def private(response: HttpResponseBase) -> HttpResponseBase:
    """What a person wrote is in no cache, and its address goes to no other site."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


@method_decorator(csrf_exempt, name="dispatch")
class DraftView(View):
    """A page of one draft. The cookie is never sent along from other sites (SameSite)."""

    request: HttpRequest
    opened: Opened

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        public_id: UUID = kwargs["public_id"]
        opened = opened_draft(request, public_id, self.now)
        if opened is None:
            return self.unknown()
        self.opened = opened
        if opened.draft.case_id and not self.shows_sent:
            context = {"draft": opened.draft, "case": opened.draft.case}
            return private(render(request, "conduct_complaints/intake/draft_sent.html", context))
        if request.method == "POST" and not is_from_own_site(request):
            return private(redirect(step_url(opened, f"{PROBLEM}1")))
        try:
            _read = request.POST
            return private(super().dispatch(request, *args, **kwargs))
        except Gone:
            return self.unknown()
        except TOO_MUCH:
            page = "conduct_complaints/intake/too_much.html"
            return private(render(request, page, status=413))

    def unknown(self) -> HttpResponseBase:
        page = "conduct_complaints/intake/draft_unknown.html"
        return private(render(self.request, page, status=404))

    #: Also shows what was sent already.
    shows_sent = False

    def sheet(self) -> Sheet:
        files = files_of(self.opened)
        return Sheet(self.opened.answers, site=self.opened.draft.site, kept=kept_questions(files))

    def context(self, step: Step) -> dict[str, Any]:
        steps = steps_of(self.opened.answers)
        slugs = [s.slug for s in steps]
        at = slugs.index(step.slug)
        return form_context(self.request) | {
            "draft": self.opened.draft,
            "step": step,
            "steps": [(s, step_url(self.opened, s.slug)) for s in steps],
            "position": at + 1,
            "total": len(steps),
            "back_url": step_url(self.opened, slugs[at - 1]) if at else "",
            "quick_ways": self.quick_ways() if at else [],
        }

    def quick_ways(self) -> list[Any]:
        """Where something else helps at once, for what was told so far; offered, never forced."""
        from complaints.models import Category

        codes = {
            code
            for n in self.opened.answers.problems
            for code in self.opened.answers.raw(f"{PROBLEM}{n}").get("category", [])[-1:]
            if code.isprintable()
        }
        found = Category.objects.filter(code__in=codes) if codes else ()
        return [category for category in found if category.quick_way]


PROBLEM_SLUGS = frozenset(f"{PROBLEM}{number}" for number in range(2, MOST_PROBLEMS + 1))


class StepView(DraftView):
    """Show a step, keep it, and go where the pressed button leads."""

    def setup_step(self, slug: str) -> Step:
        for step in steps_of(self.opened.answers):
            if step.slug == slug and step.slug != CHECK:
                return step
        number = self.opened.answers.next_problem() if slug in PROBLEM_SLUGS else None
        if number and self.request.method == "POST":
            # It was taken out or moved up in another window: what was written here is not lost.
            return problem_step(number, is_only=False)
        raise Http404

    def get(self, request: HttpRequest, public_id: UUID, slug: str) -> HttpResponseBase:
        step = self.setup_step(slug)
        form = self.sheet().shown(step)
        if slug in request.GET.getlist("mend"):
            form = self.sheet().bound(step)
        return self.show(step, form)

    def post(self, request: HttpRequest, public_id: UUID, slug: str) -> HttpResponseBase:
        step = self.setup_step(slug)
        go = request.POST.get("go", "next")
        raw = raw_from(request.POST)
        is_new = step not in steps_of(self.opened.answers)
        if go == "remove" and is_new:
            return redirect(step_url(self.opened, f"{PROBLEM}1"))
        refused, lost = take_files(self.opened, request, step.number or 1)
        try:
            self.opened = drafts.keep(
                self.opened,
                step.slug,
                raw,
                seen=None if is_new else request.POST.get("seen"),
                now=self.now,
                language=chosen_language(go),
                sign="honeypot" if request.POST.get(HONEYPOT) else "",
            )
        except ChangedElsewhere as changed:
            return self.changed(step, raw, changed.answers, refused=refused, lost=lost, go=go)
        if go == "keep":
            return JsonResponse({"seen": self.opened.answers.digest(step.slug)})
        return self.go_on(step, go, refused, lost=lost)

    def go_on(
        self, step: Step, go: str, refused: list[RefusedFile], *, lost: bool
    ) -> HttpResponseBase:
        """Only "next" insists on what is needed; with every other button it can wait."""
        if go in {"next", "another"}:
            form = self.sheet().bound(step)
            if not form.is_valid():
                return self.show(step, form, refused=refused, lost=lost)
        if refused or lost or go == "files":
            return self.show(step, self.sheet().shown(step), refused=refused, lost=lost)
        return redirect(self.next_url(step, go))

    def next_url(self, step: Step, go: str) -> str:
        opened = self.opened
        slugs = [s.slug for s in steps_of(opened.answers)]
        at = slugs.index(step.slug)
        if go.startswith(LANGUAGE):
            return step_url(opened, step.slug, chosen_language(go))
        match go:
            case "later":
                return reverse("conduct_complaints:later", args=[opened.draft.public_id])
            case "another" if number := opened.answers.next_problem(step.number):
                if number not in opened.answers.problems:
                    drafts.keep(opened, f"{PROBLEM}{number}", {}, seen=None, now=self.now)
                return step_url(opened, f"{PROBLEM}{number}")
            case "remove" if step.number > 1:
                drafts.remove_problem(opened, step.number, now=self.now)
                return step_url(opened, slugs[at - 1])
            case "back" if at:
                return step_url(opened, slugs[at - 1])
            case "check":
                return step_url(opened, CHECK)
        return step_url(opened, slugs[min(at + 1, len(slugs) - 1)])

    def changed(
        self, step: Step, raw: Raw, other: Raw, *, refused: list[RefusedFile], lost: bool, go: str
    ) -> HttpResponseBase:
        """Two windows: what stands here is kept on the screen, what stands there is shown."""
        if go == "keep":
            return JsonResponse({"changed": True}, status=409)
        form = self.sheet().shown(step, raw)
        words = [
            (str(form[name].label), "\n".join(values))
            for name, values in other.items()
            if name in form.fields and values != raw.get(name)
        ]
        return self.show(step, form, refused=refused, lost=lost, elsewhere=words, status=409)

    def show(self, step: Step, form: Any, *, status: int = 0, **more: Any) -> HttpResponse:
        files = files_of(self.opened)
        if step.number:
            mine = [f for f in files if f.issue == step.number and not f.is_authority]
        else:
            mine = [f for f in files if f.is_authority] if step.takes_files else []
        guard = Guard(
            kept=mine,
            refused=more.get("refused") or (),
            files_lost=bool(more.get("lost")),
            has_honeypot=CHECKED not in self.request.POST,
        )
        context = self.context(step) | {
            "form": form,
            "guard": guard,
            "seen": self.opened.answers.digest(step.slug),
            "can_add": self.opened.answers.next_problem(step.number) is not None,
            "action": step_url(self.opened, step.slug),
        }
        template = "conduct_complaints/intake/step.html"
        code = status or (422 if form.is_bound and not form.is_valid() else 200)
        return render(self.request, template, context | more, status=code)
