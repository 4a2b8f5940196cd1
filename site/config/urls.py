"""Addresses of the reference site. The apps' own addresses come from their `urls` modules."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.urls import root_urlpatterns

from .entrance import entrance
from .health import healthz, readyz

# Whichever of these exist; the home app may answer before the apps, and pages answer last.
APP_URLS = ["home.urls", "conduct.urls", "complaints.urls", "feedback.urls"]


def existing(modules: list[str]) -> list[URLResolver]:
    """Include those modules that are there."""
    return [path("", include(module)) for module in modules if find_spec(module)]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", entrance, name="entrance"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.SERVE_MEDIA:
    # On one machine, without a web server in front; what customers send is never below it.
    urlpatterns.append(path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += root_urlpatterns  # robots.txt and the sitemap have no language
urlpatterns += i18n_patterns(
    *existing(APP_URLS),
    path("", include(wagtail_urls)),
)
