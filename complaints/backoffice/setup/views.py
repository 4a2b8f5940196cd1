"""The pages of the guide: an overview that says what is missing, and a short form a step.

Works without JavaScript, saves each page, and may be gone through as often as anybody likes.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from modeltranslation.settings import AVAILABLE_LANGUAGES
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site
from wagtail.users.models import UserProfile

from complaints.access import APP
from complaints.backoffice.helping.view import GUIDE, chosen_site
from complaints.backoffice.setup.code_form import CodeForm, code_of
from complaints.backoffice.setup.forms import ListsForm, OrganisationForm, OutsideForm, RulesForm
from complaints.backoffice.setup.people_form import PeopleForm, first_team
from complaints.backoffice.setup.progress import (
    STEPS,
    Progress,
    Step,
    address,
    confirm,
    confirmed_steps,
    may_set_up,
    next_step,
    progress,
)
from complaints.models import HandlingSettings, Holiday
from conduct.links import page_url
from conduct.models import Organisation
from conduct.samples.loading import CanNotLoad

DISMISSED = "conduct-setup"
#: Kinds of lists, and who may add to them.
LISTS = {"categories": "category", "remedies": "remedykind", "causes": "cause"}


class SetupMixin(WagtailAdminTemplateMixin):
    """Lets in who may change the rules; every page is about one site."""

    request: HttpRequest
    page_title = gettext_lazy("Set up complaints")
    header_icon = "cogs"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_set_up(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def sites(self) -> list[Site]:
        return list(Site.objects.order_by("pk"))

    @cached_property
    def site(self) -> Site:
        return chosen_site(self.sites, self.request.GET.get("site"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": address("", self.site), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), own]


class SetupView(SetupMixin, TemplateView):
    """What is done, what is missing, and the way there."""

    template_name = "conduct_complaints/backoffice/setup/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps: list[Progress] = progress(self.site, self.request.user)
        waiting = [p for p in steps if not p.done]
        organisation = Organisation.for_site(self.site)
        return super().get_context_data(**kwargs) | {
            "steps": steps,
            "next": next((p for p in waiting if p.allowed), None),
            "is_ready": not waiting,
            "site": self.site,
            "sites": self.sites,
            "complaint_url": page_url(organisation.complaint_page, request=self.request),
            "languages": [get_language_info(c)["name_translated"] for c in AVAILABLE_LANGUAGES],
            "holidays": Holiday.objects.count(),
            "is_small": HandlingSettings.for_site(self.site).small_mode,
            "media": GUIDE,
        }


class DismissView(SetupMixin, View):
    """Take the guide from one's own home page; it stays in the menu."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        profile = UserProfile.get_for_user(request.user)
        profile.dismissibles[DISMISSED] = True
        profile.save(update_fields=["dismissibles"])
        messages.success(request, _("Hidden. You find it again under “Settings”."))
        return redirect("wagtailadmin_home")


class StepView(SetupMixin, TemplateView):
    """One step: shows its form, saves it, and goes on to the next one that waits."""

    template_name = "conduct_complaints/backoffice/setup/step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.step.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def step(self) -> Step:
        try:
            return STEPS[self.kwargs["step"]]
        except KeyError as error:
            raise Http404("No such step.") from error

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.step.title}]

    def get_page_subtitle(self) -> str:
        return str(self.step.title)

    def get_form(self) -> Any:
        data = self.request.POST if self.request.method == "POST" else None
        slug = self.step.slug
        if slug == "organisation":
            return OrganisationForm(data, instance=Organisation.for_site(self.site))
        if slug == "rules":
            is_new = slug not in confirmed_steps(self.site)
            return RulesForm(data, instance=HandlingSettings.for_site(self.site), is_new=is_new)
        if slug == "people":
            return PeopleForm(data)
        if slug == "lists":
            return ListsForm(data, kinds=self.kinds(), team=first_team())
        if slug == "outside":
            none = {"none_applies": slug in confirmed_steps(self.site)}
            organisation = Organisation.for_site(self.site)
            if organisation.external_body_name:
                none = {}
            return OutsideForm(data, instance=organisation, initial=none)
        if slug == "code" and code_of(self.site) is None:
            return CodeForm(data, site=self.site, user=self.request.user)
        return None

    def kinds(self) -> list[str]:
        """The lists this person may add to."""
        user = self.request.user
        return [kind for kind, model in LISTS.items() if user.has_perm(f"{APP}.add_{model}")]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.get_form()
        if form is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            self.save(form)
        except CanNotLoad as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        confirm(self.site, self.step.slug)
        return redirect(address(next_step(self.site, request.user, self.step.slug), self.site))

    def save(self, form: Any) -> None:
        if self.step.slug != "people":
            form.save()
            return
        if lacking := form.save(self.request.user):
            messages.warning(
                self.request,
                _("An administrator has to give them a role first: %(names)s.")
                % {"names": ", ".join(lacking)},
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.get_form())
        number = list(STEPS).index(self.step.slug) + 1
        organisation = Organisation.for_site(self.site)
        return super().get_context_data(**kwargs) | {
            "step": self.step,
            "code": code_of(self.site) if self.step.slug == "code" else None,
            "number": number,
            "count": len(STEPS),
            "site": self.site,
            "sites": self.sites,
            "overview": address("", self.site),
            "complaint_url": page_url(organisation.complaint_page, request=self.request),
            "media": GUIDE,
        }
