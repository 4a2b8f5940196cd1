"""Every version of the privacy notice at an address that stays (GDPR 12 and 13)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from . import privacy_notice
from .models.organisation import Organisation
from .models.privacy_notice import PrivacyNoticeVersion


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """`privacy-notice/`: what people are told now."""
    site = _site(request)
    return _page(request, site, privacy_notice.newest(site))


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """`privacy-notice/3/`: what people were told under that number, which a case names."""
    site = _site(request)
    shown = get_object_or_404(PrivacyNoticeVersion, site=site, number=number)
    response = _page(request, site, shown)
    if shown != privacy_notice.newest(site):
        response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, site: Site, shown: PrivacyNoticeVersion | None) -> HttpResponse:
    """`shown` is None where the usual words are shown, which nobody has saved."""
    context = {
        "shown": shown,
        "newest": privacy_notice.newest(site),
        "layers": privacy_notice.layers_of(shown.texts) if shown else privacy_notice.layers(site),
        "versions": PrivacyNoticeVersion.objects.filter(site=site).defer("texts"),
        "owner": Organisation.for_site(site),
    }
    return render(request, "conduct/privacy_notice.html", context)


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site
