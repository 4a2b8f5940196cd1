"""Asking to be told about changes, confirming it, and leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from . import asking
from .form_view import PageFormView
from .links import followed_page


class FollowView(PageFormView):
    """Takes the address; the answer is the same whether it is known or not."""

    template_name = "conduct/following/follow.html"
    limit_scope = "follow"
    per_hour = 20
    form_path = "follow/"
    thanks_path = "follow/asked/"

    def get_form(self, data: Any) -> forms.Form:
        return asking.FollowForm(data)

    @sensitive_variables()
    def keep(self, form: forms.Form) -> None:
        asking.ask(self.page, self.site, form.cleaned_data["email"], timezone.now())


@csrf_exempt  # the link is the proof: who knows it may use it, from a mail program too
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_link(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button, since programs that check mails follow links; a POST confirms."""
    follower = asking.of_confirm_link(token)
    if follower is None:
        return _private(request, "conduct/following/gone.html", status=404)
    page = followed_page(follower.series, follower.language)
    is_done = request.method == "POST" and asking.confirm(token, timezone.now())
    context = {"followed": page, "is_done": is_done}
    return _private(request, "conduct/following/confirm.html", context)


@csrf_exempt  # mail programs send it with one click (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_link(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button; a POST deletes the address. Twice is the same as once."""
    is_known = asking.is_leave_link(token)
    if not is_known:
        return _private(request, "conduct/following/gone.html", status=404)
    if request.method == "POST":
        asking.leave(token)
    context = {"is_done": request.method == "POST"}
    return _private(request, "conduct/following/leave.html", context)


def _private(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    response = render(request, template, context or {}, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
