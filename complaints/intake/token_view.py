"""Where `form.js` gets a form's one-time token, for pages that are cached without one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from wagtail.models import Site

from complaints.intake import proof_of_work
from complaints.intake.tokens import new_token, read_token


@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """A fresh one-time token, and what the browser has to compute where that is wanted."""
    text = new_token()
    answer: dict[str, Any] = {"token": text}
    site = Site.find_for_request(request)
    if site:
        proof_of_work.count_one(site)
        if proof := proof_of_work.offer(site, read_token(text).id):
            answer["proof"] = proof
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    return response
