"""The addresses below a “how to complain” page: leaflet, poster, and the staff's own version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from conduct import pdf
from conduct.publication import A_DAY

if TYPE_CHECKING:
    from conduct.models import HowToComplainPage

FOLDER = "conduct/how_to_complain"
#: Letters in points, the largest first: a poster keeps the first with which it is one page.
POSTER_SIZES = (18, 16, 14.5, 13, 11)
LEAFLET_SIZES = (11,)


def context(page: HowToComplainPage, request: HttpRequest) -> dict[str, Any]:
    site = page.get_site()
    return {
        "has_pdf": pdf.is_available(),
        "language": page.locale.language_code,
        "steps": [step.value for step in page.steps],
        "for_staff": False,
        "root_url": site.root_url if site is not None else "",
        "full_address": page.get_full_url(request) or "",
    }


def on_paper(
    page: HowToComplainPage, request: HttpRequest, name: str, *, is_for_staff: bool = False
) -> HttpResponse:
    """The leaflet or the poster as a PDF, or as a plain page to print where none can be made."""
    said = page.get_context(request) | {"for_staff": is_for_staff, "is_poster": name == "poster"}
    if not pdf.is_available():
        return page.render(request, template=f"{FOLDER}/print.html", context_overrides=said)
    html = render_to_string(f"{FOLDER}/paper_pdf.html", said, request=request)
    sizes = POSTER_SIZES if name == "poster" else LEAFLET_SIZES
    response = HttpResponse(_kept(html, sizes, name), content_type="application/pdf")
    staff = "-staff" if is_for_staff else ""
    response["Content-Disposition"] = f'inline; filename="{page.slug}{staff}-{name}.pdf"'
    return response


def _kept(html: str, sizes: tuple[float, ...], name: str) -> bytes:
    """Made once for the same words: telephone numbers and addresses are among them."""
    css = render_to_string(f"{FOLDER}/{name}.css")
    key = f"conduct:how:{hashlib.sha256(f'{name} {css} {html}'.encode()).hexdigest()}"
    known = cache.get(key)
    if known is None:
        known = pdf.render_on_one_page(html, css, sizes)
        cache.set(key, known, A_DAY)
    return bytes(known)


def for_staff(page: HowToComplainPage, request: HttpRequest) -> HttpResponse:
    """What staff do and say at each step. Others are asked to log in; never kept by a cache."""
    asked = _asked_to_log_in(request)
    if asked is not None:
        return asked
    response = page.render(
        request, template=f"{FOLDER}/staff.html", context_overrides={"for_staff": True}
    )
    add_never_cache_headers(response)
    return response


def staff_on_paper(page: HowToComplainPage, request: HttpRequest) -> HttpResponse:
    response = _asked_to_log_in(request) or on_paper(page, request, "leaflet", is_for_staff=True)
    add_never_cache_headers(response)
    return response


def _asked_to_log_in(request: HttpRequest) -> HttpResponse | None:
    """Whoever may use the admin is staff. Raises PermissionDenied for other accounts."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if not user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return None
