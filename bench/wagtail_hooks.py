"""References inside the Wagtail admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from bench.models import Line, Nothing
from bench.references import EmptyAdminPage


class LineViewSet(SnippetViewSet):
    model = Line
    list_display = ["email", "text", "at"]
    list_per_page = 50


register_snippet(Nothing)
register_snippet(LineViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("bench/empty/", EmptyAdminPage.as_view(), name="bench_empty")]
