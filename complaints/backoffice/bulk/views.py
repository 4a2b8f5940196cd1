"""The steps: what is needed, what will happen to each, and what was done."""

from __future__ import annotations

import copy
from collections import Counter
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import Actor, sees_personal_data
from complaints.backoffice.appearance import language
from complaints.backoffice.bulk.chosen import Chosen, chosen_from
from complaints.backoffice.bulk.doing import Bulk, Outcome
from complaints.backoffice.bulk.form import (
    EXPORT,
    MOST,
    BulkForm,
    actions_for_many,
    offered_to,
)
from complaints.backoffice.columns import case_title, case_url
from complaints.backoffice.entry import CaseStaffMixin
from complaints.backoffice.exporting import CaseExportView
from complaints.backoffice.listing import LIST_MEDIA
from complaints.lifecycle import Action
from complaints.models import Case
from complaints.models.case import CaseQuerySet

#: Actions whose words go to every one of the people: the field with the words.
MESSAGES = {"update": "text", "close": "text"}
SESSION_REPORT = "conduct_complaints_bulk"


class AboutManyMixin(CaseStaffMixin, WagtailAdminTemplateMixin):
    request: HttpRequest
    kwargs: dict[str, Any]
    page_title = gettext_lazy("Chosen cases")
    header_icon = "folder-open-inverse"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("conduct_complaints_admin:index"), "label": _("Cases")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def rows(self, outcomes: list[Outcome]) -> list[dict[str, Any]]:
        return [
            {"outcome": one, "url": case_url(one.case), "title": self.title_of(one.case)}
            for one in outcomes
        ]

    def title_of(self, case: Case) -> str:
        return case_title(case, words=sees_personal_data(self.request.user, case))


class BulkView(AboutManyMixin, View):
    """Everything is a POST: the chosen cases never stand in an address."""

    @cached_property
    def action(self) -> Action:
        by_name = {action.name: action for action in actions_for_many()}
        try:
            return by_name[self.asked_for]
        except KeyError as error:
            raise Http404("No such action.") from error

    @property
    def asked_for(self) -> str:
        return self.kwargs.get("action") or self.request.POST.get("action", "")

    def get_page_subtitle(self) -> str:
        return str(self.action.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("conduct_complaints_admin:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.asked_for not in dict(offered_to(request.user)):
            raise Http404("No such action.")
        chosen = chosen_from(request)
        if not chosen.cases:
            messages.error(request, nothing_chosen(chosen))
            return redirect("conduct_complaints_admin:index")
        if self.asked_for == EXPORT:
            return export(request, chosen)
        step = request.POST.get("step", "")
        if step not in {"preview", "do"}:
            return self.ask(chosen, self.make_form(chosen, step=step))
        form = self.make_form(chosen, step=step)
        if not form.is_valid():
            return self.ask(chosen, form)
        bulk = Bulk(self.action, Actor.staff(request.user), form.values, form.cleaned_data["batch"])
        if step == "do":
            return self.carry_out(chosen, bulk)
        return self.preview(chosen, form, bulk)

    def make_form(self, chosen: Chosen, *, step: str) -> BulkForm:
        """Unbound, but for what was typed before, where somebody comes from the list or back."""
        posted = self.request.POST
        data = posted if step in {"preview", "do"} else None
        initial: dict[str, Any] = {}
        if step == "edit":
            initial = {"confidential": False} | {k: v for k, v in posted.items() if v}
        return BulkForm(
            data, initial=initial, cases=chosen.cases, action=self.action, user=self.request.user
        )

    def ask(self, chosen: Chosen, form: BulkForm) -> HttpResponseBase:
        self.template_name = "conduct_complaints/backoffice/bulk/form.html"
        return self.render_to_response(self.get_context_data(chosen=chosen, form=form))

    def preview(self, chosen: Chosen, form: BulkForm, bulk: Bulk) -> HttpResponseBase:
        self.template_name = "conduct_complaints/backoffice/bulk/preview.html"
        outcomes = bulk.try_all(chosen.cases)
        going = [one.case for one in outcomes if one.is_done]
        field = MESSAGES.get(self.action.name, "")
        return self.render_to_response(
            self.get_context_data(
                chosen=Chosen(going, {}),
                everyone=chosen.keys,
                form=form,
                rows=self.rows(sorted(outcomes, key=lambda one: one.is_done)),
                done_count=len(going),
                refused_count=len(outcomes) - len(going),
                missing_count=chosen.missing,
                is_cut=chosen.is_cut,
                message=form.values.get(field, "") if field else "",
                languages=_languages(going),
                hidden=_carried(self.request),
            )
        )

    def carry_out(self, chosen: Chosen, bulk: Bulk) -> HttpResponseBase:
        outcomes = bulk.do_all(chosen.cases, chosen.versions)
        # Kept on screen: reloading it does nothing. Keys only, what they mean is read anew.
        self.request.session[SESSION_REPORT] = {
            "action": self.action.name,
            "rows": [[one.case.pk, one.is_done, one.words] for one in outcomes],
            "missing": chosen.missing,
        }
        return redirect("conduct_complaints_admin:bulk_report")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "media": LIST_MEDIA + kwargs["form"].media,
            "action": self.action,
            "sends": self.action.name in MESSAGES,
            "most": MOST,
            "url": reverse("conduct_complaints_admin:bulk_action", args=[self.action.name]),
        }


class BulkReportView(AboutManyMixin, TemplateView):
    """What was done and what was refused, until the next time."""

    template_name = "conduct_complaints/backoffice/bulk/report.html"

    @cached_property
    def kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.request.session.get(SESSION_REPORT) or {}
        return kept

    def get_page_subtitle(self) -> str:
        labels = {action.name: str(action.label) for action in actions_for_many()}
        return labels.get(self.kept.get("action", ""), "")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.kept:
            return redirect("conduct_complaints_admin:index")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = self.kept["rows"]
        visible = Case.objects.visible_to(self.request.user).prefetch_related("issues__category")
        # Team and handler: they tell whose words the viewer may read.
        named = visible.only("reference", "subject", "kind", "team", "handler")
        cases = named.in_bulk([key for key, *_rest in kept])
        outcomes = [
            Outcome(cases[key], is_done=is_done, words=words)
            for key, is_done, words in kept
            if key in cases
        ]
        return super().get_context_data(**kwargs) | {
            "media": LIST_MEDIA,
            "rows": self.rows(sorted(outcomes, key=lambda one: one.is_done)),
            "done_count": sum(is_done for _key, is_done, _words in kept),
            "refused_count": sum(not is_done for _key, is_done, _words in kept),
            "missing_count": self.kept["missing"],
            "hidden_count": len(kept) - len(outcomes),
        }


def nothing_chosen(chosen: Chosen) -> str:
    if chosen.missing:
        return _("None of the chosen cases was found.")
    return _("Choose at least one case first: tick the boxes at the beginning of the rows.")


def _languages(cases: list[Case]) -> list[tuple[str, int]]:
    """The languages of the people, the most frequent first."""
    counted = Counter(case.language for case in cases).most_common()
    return [(language(code).name, count) for code, count in counted]


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, carried through the preview."""
    skipped = {"csrfmiddlewaretoken", "step", "chosen", "everyone"}
    return [
        (name, value)
        for name in request.POST
        if name not in skipped
        for value in request.POST.getlist(name)
    ]


class ChosenExportView(CaseExportView):
    """As the export of a list, of the chosen cases only; it asks what for in the same way."""

    chosen: Chosen
    asked_for = "chosen cases"

    def get_base_queryset(self) -> CaseQuerySet:
        keys = [case.pk for case in self.chosen.cases]
        return super().get_base_queryset().filter(pk__in=keys)

    def get_form_extras(self) -> dict[str, Any]:
        return {
            "list_label": _("Chosen cases"),
            "carried": [("action", EXPORT), ("chosen", self.chosen.keys)],
        }


def export(request: HttpRequest, chosen: Chosen) -> HttpResponseBase:
    """First what for; what was typed there comes back with the chosen cases."""
    asked = copy.copy(request)
    asked.GET = QueryDict()
    view = ChosenExportView()
    view.setup(asked)
    view.chosen = chosen
    return view.post(asked) if "purpose_note" in request.POST else view.get(asked)
