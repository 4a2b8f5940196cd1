"""The staff's pages with the results of surveys, in the Wagtail admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Site

from complaints.lifecycle import Refused
from complaints.models import Case
from feedback.complaining import comments_for, make_complaint, may_make_complaints
from feedback.groups import APP, may_see_results
from feedback.models import Answer, Response, Survey
from feedback.results import FEW, Period, comments_in, responses_in, results_of
from feedback.samples import make_default_survey

COMMENTS_ON_A_PAGE = 50
#: Parameters of an address that choose a period.
PERIOD = {"since", "until"}
ADD_SURVEY = f"{APP}.add_survey"


class PeriodForm(forms.Form):
    """The last twelve months unless somebody chooses otherwise."""

    since = forms.DateField(label=_("From"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=_("To"), required=False, widget=AdminDateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("Choose a day that is not before the first one."))
        return cleaned

    def period(self) -> Period:
        """What was chosen, else twelve months up to today; shown in the fields where left empty."""
        given = self.cleaned_data if self.is_valid() else {}
        until = given.get("until") or timezone.localdate()
        period = Period(given.get("since") or until - timedelta(days=364), until)
        self.initial = {"since": period.since, "until": period.until}
        return period


class ResultsMixin(WagtailAdminTemplateMixin):
    """For those who may see results; the admin's own 403 for the others."""

    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_results(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url = reverse("conduct_feedback_admin:results")
        return [*self.breadcrumbs_items, {"url": url, "label": gettext("Survey results")}]


class ResultsIndex(ResultsMixin, TemplateView):
    """Every survey with the number of its answers; says how to begin where there is none."""

    template_name = "conduct_feedback/results/index.html"
    page_title = _("Survey results")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        surveys = Survey.objects.select_related("site").annotate(answered=Count("responses"))
        context["surveys"] = surveys.order_by("slug")
        context["may_add"] = self.request.user.has_perm(ADD_SURVEY)
        return context


class SurveyResults(ResultsMixin, TemplateView):
    """One survey: numbers with their intervals, then what was written, without names."""

    template_name = "conduct_feedback/results/survey.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_page_title(self) -> str:
        return str(getattr(self, "survey", "") or gettext("Survey results"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.survey = get_object_or_404(Survey, pk=self.kwargs["pk"])
        form = PeriodForm(self.request.GET if PERIOD & set(self.request.GET) else None)
        period = form.period()
        return super().get_context_data(**kwargs) | {
            "survey": self.survey,
            "form": form,
            "few": FEW,
            "results": results_of(self.survey, period),
            "comments": (comments := self._comments(period)),
            "rows": comments_for(self.request.user, comments),
            "may_make_complaints": may_make_complaints(self.request.user),
            "linked": linked_responses(self.survey, period, self.request.user),
        }

    def _comments(self, period: Period) -> Page[Answer]:
        paginator = Paginator(comments_in(self.survey, period), COMMENTS_ON_A_PAGE)
        return paginator.get_page(self.request.GET.get("page"))


def linked_responses(survey: Survey, period: Period, user: Any) -> QuerySet[Response]:
    """Answers whose respondents allowed the link, to cases that this person may see."""
    cases = Case.objects.visible_to(user)
    return (
        responses_in(survey, period)
        .filter(invitation__case__in=cases)
        .select_related("invitation__case")
        .prefetch_related("answers__question")
        .order_by("-wants_contact", "-at", "pk")[:COMMENTS_ON_A_PAGE]
    )


class MakeComplaint(View):
    """One click: a comment is handled as a complaint, as of the day it was written."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not (may_see_results(request.user) and may_make_complaints(request.user)):
            raise PermissionDenied
        response = get_object_or_404(Response, pk=pk)
        try:
            case = make_complaint(response, request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect("conduct_feedback_admin:survey_results", response.survey_id)
        messages.success(
            request,
            gettext("The comment is now complaint %(reference)s. Moderate it next.")
            % {"reference": case.reference},
        )
        return redirect("conduct_complaints_admin:case", case.reference)


class MakeDefaultSurvey(View):
    """Makes the usual survey, for those who may add surveys."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(ADD_SURVEY):
            raise PermissionDenied
        site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
        survey = make_default_survey(site)
        messages.success(
            request,
            gettext("“%(survey)s” is active: it is sent when a complaint is closed.")
            % {"survey": survey.title},
        )
        return redirect("conduct_feedback_admin:results")
