"""`/` leads to the home page in the visitor's language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.http import require_safe
from wagtail.models import Site


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Redirect to the best language the visitor reads and the home page is published in.

    The language comes from the cookie if there is one (nothing here sets it) and from
    Accept-Language; without a match, from the site's root page.
    """
    site = Site.find_for_request(request)
    with override(get_language_from_request(request)):
        home = site.root_page.localized.get_url(request) if site else None
        response = HttpResponseRedirect(home or f"/{get_language()}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
