"""The public pages of a survey. They need neither account, cookie nor JavaScript.

An invitation's token is the only key there is: nothing here trusts a session, so that a forged
request from another site (CSRF) could do nothing in anybody's name.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from complaints.intake.guarded import Earlier, Files, GuardedFormView
from feedback.models import Invitation, Response, Survey
from feedback.questionnaire import OpenQuestionnaireForm, QuestionnaireForm
from feedback.recording import record_invited, record_open

TEMPLATES = "conduct_feedback"


def active_language() -> str:
    return translation.get_language() or ""


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class SurveyPage(View):
    """What both ways to a survey have in common."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        # The address holds the token: no other site may learn it from a link.
        response["Referrer-Policy"] = "same-origin"
        return response

    def page(self, template: str, status: int = 200, **context: Any) -> TemplateResponse:
        return TemplateResponse(
            self.request, f"{TEMPLATES}/{template}.html", context, status=status
        )


class InvitedSurvey(SurveyPage):
    """`survey/<token>/`: questions, or why there are none (any more)."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation, refusal = self.find(token)
        if refusal is not None or invitation is None:
            return refusal or self.page("unknown", 404)
        if not invitation.survey.asks_here:
            return self.page(
                "elsewhere", survey=invitation.survey, external_url=self.link(invitation)
            )
        return self.ask(invitation, QuestionnaireForm(survey=invitation.survey))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation, refusal = self.find(token)
        if refusal is not None or invitation is None:
            return refusal or self.page("unknown", 404)
        form = QuestionnaireForm(request.POST, survey=invitation.survey)
        if not form.is_valid():
            return self.ask(invitation, form)
        record_invited(
            invitation,
            form.given(),
            language=active_language(),
            may_link=form.cleaned_data["may_link"],
            wants_contact=form.cleaned_data["wants_contact"],
        )
        return redirect(request.path)

    def find(self, token: str) -> tuple[Invitation | None, HttpResponse | None]:
        """The invitation, or the page that says in a friendly way why it can't be answered."""
        invitation = Invitation.objects.by_token(token)
        if invitation is None:
            return None, self.page("unknown", 404)
        if invitation.answered_at is not None:
            survey = invitation.survey
            return None, self.page("thanks", survey=survey, external_url=self.link(invitation))
        if invitation.is_expired(timezone.now()) or not invitation.survey.is_active:
            return None, self.page("over", 410, survey=invitation.survey)
        return invitation, None

    def ask(self, invitation: Invitation, form: QuestionnaireForm) -> HttpResponse:
        status = 422 if form.errors else 200
        return self.page("survey", status, survey=invitation.survey, form=form)

    def link(self, invitation: Invitation) -> str:
        return invitation.survey.external_link(active_language())


class OpenSurvey(GuardedFormView):
    """`surveys/<slug>/`: for everyone who has the link."""

    template_name = f"{TEMPLATES}/survey.html"
    limit_scope = "survey"

    @cached_property
    def survey(self) -> Survey:
        return find_open_survey(self.request, self.kwargs["slug"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.survey.asks_here:
            link = self.survey.external_link(active_language())
            context = {"survey": self.survey, "external_url": link}
            return TemplateResponse(request, f"{TEMPLATES}/elsewhere.html", context)
        return super().get(request, *args, **kwargs)

    def get_form(self, data: Any = None) -> OpenQuestionnaireForm:
        return OpenQuestionnaireForm(data, survey=self.survey)

    def get_context(self) -> dict[str, Any]:
        return {"survey": self.survey}

    def earlier(self, token_id: str, form: forms.Form) -> Earlier:
        known = Response.objects.filter(submission_id=token_id).exists()
        return Earlier.SAME if known else Earlier.UNUSED

    def store(self, form: forms.Form, *, token_id: str, files: Files) -> HttpResponse:
        assert isinstance(form, OpenQuestionnaireForm)
        record_open(
            self.survey,
            form.given(),
            submission_id=token_id,
            language=active_language(),
            email=form.cleaned_data["email"] if form.cleaned_data["wants_contact"] else "",
        )
        return redirect(reverse("conduct_feedback:open_thanks", args=[self.survey.slug]))


class OpenSurveyThanks(SurveyPage):
    """`surveys/<slug>/thanks/`"""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        survey = find_open_survey(request, slug)
        return self.page(
            "thanks", survey=survey, external_url=survey.external_link(active_language())
        )


def find_open_survey(request: HttpRequest, slug: str) -> Survey:
    """An active open survey of the request's site, else 404; one on invitation is never found."""
    site = Site.find_for_request(request)
    surveys = Survey.objects.open_to_everyone(site) if site else Survey.objects.none()
    survey = surveys.select_related("site").filter(slug=slug).first()
    if survey is None:
        raise Http404
    return survey
