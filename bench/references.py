"""The least that Django or Wagtail can do for the same job, through the same middleware."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bench.models import Line

#: Where the runner puts the page whose bytes are served.
BYTES = Path(settings.VAR_DIR) / "page.html"


@lru_cache(maxsize=1)
def _bytes() -> bytes:
    return BYTES.read_bytes()


def same_bytes(request: HttpRequest) -> HttpResponse:
    """The code page's own bytes, from memory."""
    return HttpResponse(_bytes())


class LineForm(forms.ModelForm):
    class Meta:
        model = Line
        fields = ["email", "text"]


@csrf_exempt
def form(request: HttpRequest) -> HttpResponse:
    """Check two fields, insert a row, commit, say thank you."""
    filled = LineForm(request.POST or None)
    if filled.is_valid():
        with transaction.atomic():
            filled.save()
        return render(request, "bench/thanks.html")
    return render(request, "bench/form.html", {"form": filled})


@csrf_exempt
def framed_form(request: HttpRequest) -> HttpResponse:
    """The same form in the frame that every page of the site has."""
    return render(request, "bench/framed_form.html", {"form": LineForm(request.POST or None)})


class EmptyAdminPage(WagtailAdminTemplateMixin, TemplateView):
    """Wagtail's frame with nothing in it."""

    template_name = "wagtailadmin/generic/base.html"
    page_title = "Empty"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs)
