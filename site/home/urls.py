"""The site's own addresses: below a language, and (`root_urlpatterns`) at the root."""

from __future__ import annotations

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from .crawlers import SiteSitemap, robots
from .search import search

app_name = "home"

urlpatterns = [path("search/", search, name="search")]

root_urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": {"pages": SiteSitemap}, "template_name": "home/sitemap.xml"},
        name="sitemap",
    ),
]
