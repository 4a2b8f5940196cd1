"""What search engines are told: which pages exist in which languages, and what is private."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

# Kept out below every language: a person's own case, their survey, results of searches.
PRIVATE_PATHS = ("case/", "survey/", "search/")


def robots(request: HttpRequest) -> HttpResponse:
    """`robots.txt`; private pages are protected by keys and tokens, this only keeps robots away."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /api/"]
    lines += [
        f"Disallow: /{code}/{path}" for code, _name in settings.LANGUAGES for path in PRIVATE_PATHS
    ]
    lines += ["", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class SiteSitemap(Sitemap):
    """Every public page in every language, each naming its translations."""

    def items(self) -> PageQuerySet:
        roots = self.get_wagtail_site().root_page.get_translations(inclusive=True).live()
        pages = Page.objects.none()
        for root in roots:
            pages |= Page.objects.descendant_of(root, inclusive=True)
        return (
            pages.live()
            .public()
            .select_related("locale")
            .order_by("path")
            .defer_streamfields()
            .specific()
        )

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        versions: dict[Any, list[dict[str, str]]] = defaultdict(list)
        urls = []
        for item in self.paginator.page(page).object_list:
            language = item.locale.language_code
            for url in item.get_sitemap_urls(self.request):
                urls.append(url | {"alternates": versions[item.translation_key]})
            versions[item.translation_key].append(
                {"lang_code": language, "location": item.get_full_url(self.request)}
            )
        return urls
