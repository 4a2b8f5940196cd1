"""References inside the Wagtail admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from bench.models import Nothing
from bench.references import EmptyAdminPage

register_snippet(Nothing)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("bench/empty/", EmptyAdminPage.as_view(), name="bench_empty")]
