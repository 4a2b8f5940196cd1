"""The base of the two small forms: show, check, keep, and lead on to an address of the page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page, Site

from conduct.models.pages import EditionedPage

from .guarding import STATUS, Hurdle, hurdle_of


class SeeOther(HttpResponseRedirect):
    """The answer to a form is at another address: a reload sends nothing again."""

    status_code = 303


@method_decorator(csrf_exempt, name="dispatch")
class PageFormView(View):
    """Takes a form that stands in a cached page of a code or policy (see `guarding`)."""

    template_name: ClassVar[str]
    #: Counted apart from other forms.
    limit_scope: ClassVar[str]
    per_hour: ClassVar[int]
    #: Below the page's address: the form without a POST, and what follows it.
    form_path: ClassVar[str]
    thanks_path: ClassVar[str]

    page: Any
    site: Site

    def get_form(self, data: Any) -> forms.Form:
        raise NotImplementedError

    def keep(self, form: forms.Form) -> None:
        """Keep what was sent; twice is the same as once."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page, self.site = page_of(request, kwargs["page_pk"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return SeeOther(self.page.get_url(request) + self.form_path)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self._again(form, None)
        hurdle = hurdle_of(request, self.limit_scope, self.per_hour)
        if hurdle is not None:
            return self._again(form, hurdle)
        self.keep(form)
        return SeeOther(self.page.get_url(request) + self.thanks_path)

    def get_context(self) -> dict[str, Any]:
        return {}

    def _again(self, form: forms.Form, hurdle: Hurdle | None) -> HttpResponse:
        """The form once more, with everything kept."""
        context = {"page": self.page, "form": form, "hurdle": hurdle} | self.get_context()
        response = render(
            self.request, self.template_name, context, status=STATUS[hurdle] if hurdle else 422
        )
        response["Cache-Control"] = "private, no-store"
        if hurdle == Hurdle.LIMIT:
            response["Retry-After"] = "600"
        return response


def page_of(request: HttpRequest, pk: int) -> tuple[Any, Site]:
    """A public code or policy of the request's site; raises Http404 for everything else."""
    site = Site.find_for_request(request)
    page = Page.objects.live().public().filter(pk=pk).select_related("locale").specific().first()
    if site is None or not isinstance(page, EditionedPage) or page.get_site() != site:
        raise Http404
    return page, site
