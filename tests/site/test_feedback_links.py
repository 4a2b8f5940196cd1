"""Every public page and every error page offers to give feedback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied, server_error
from wagtail.models import Page

from conduct.models import Organisation
from tests.feedback.asking import invitation, open_survey, usual_survey
from tests.site.home_pages import add_page, make_home, make_organisation

ROOT = Path(__file__).resolve().parents[2]
APPS = ("conduct", "conduct_complaints", "conduct_feedback", "home")
#: Frames of whole pages. What extends one of them has its links; the last are no web pages.
OFFERING = {"conduct/base.html", "home/standalone.html"}
NO_PAGES = re.compile(r"/mail/|_pdf\.html$|/sitemap\.xml$|^wagtailadmin/")


def addresses_without_values() -> list[str]:
    """Names of all public addresses of our apps that need no value to be asked for."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], names: tuple[str, ...]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, (*names, *filter(None, [pattern.namespace])))
            elif names and names[-1] in APPS and pattern.name and "<" not in str(pattern.pattern):
                found.append(":".join((*names, pattern.name)))

    walk(get_resolver().url_patterns, ())
    return sorted(set(found))


def offers_feedback(html: str, address: str) -> bool:
    return f'<a href="{address}">Give feedback</a>' in html


@pytest.fixture
def home(db: None) -> Page:
    return make_home()


def test_the_walk_finds_addresses_of_every_app() -> None:
    assert {name.partition(":")[0] for name in addresses_without_values()} == set(APPS)


@pytest.mark.parametrize("name", addresses_without_values())
def test_every_address_offers_feedback(client: Client, home: Page, name: str) -> None:
    """Also one that is posted to: what a browser shows there is a page, too."""
    make_organisation(home)

    response = client.get(reverse(name))

    if response.get("Content-Type", "").startswith("text/html") and response.content:
        assert offers_feedback(response.content.decode(), "/en/feedback/"), response.status_code


def test_surveys_offer_feedback_in_each_of_their_states(client: Client, home: Page) -> None:
    make_organisation(home)
    survey = open_survey()
    token = "a-token-that-only-the-mail-has"
    invitation(usual_survey(), token=token)

    for address in (
        reverse("conduct_feedback:survey", args=[token]),
        reverse("conduct_feedback:survey", args=["unknown"]),
        reverse("conduct_feedback:open_survey", args=[survey.slug]),
        reverse("conduct_feedback:open_thanks", args=[survey.slug]),
    ):
        assert offers_feedback(client.get(address).content.decode(), "/en/feedback/"), address


def test_pages_offer_feedback_where_the_organisation_chose_no_page_for_it(
    client: Client, home: Page
) -> None:
    page = add_page(home, "News")

    for address in (home.url, page.url, "/en/no-such-page/"):
        html = client.get(address).content.decode()
        assert offers_feedback(html, "/en/feedback/send/"), address


@pytest.mark.parametrize("language", ["en", "ar"])
def test_error_pages_offer_feedback(rf: RequestFactory, home: Page, language: str) -> None:
    request = rf.get("/", headers={"host": "testserver"})

    with translation.override(language):
        pages = [
            permission_denied(request, PermissionDenied()),
            server_error(request),
            csrf_failure(rf.post("/"), reason="CSRF token missing."),
        ]
        address = reverse("conduct_feedback:send")

    assert address == f"/{language}/feedback/send/"
    assert [page.status_code for page in pages] == [403, 500, 403]
    for page in pages:
        assert f'<a href="{address}">' in page.content.decode()


def whole_pages() -> list[str]:
    """Names of our templates that begin a page of their own or extend another."""
    names = []
    packages = (ROOT / package for package in ("conduct", "complaints", "feedback", "site"))
    for path in (path for package in packages for path in package.glob("**/templates/**/*.html")):
        name = path.as_posix().rpartition("/templates/")[2]
        text = path.read_text()
        if re.search(r"<!doctype html>|{% extends", text, re.IGNORECASE):
            names.append(name)
    return sorted(set(names))


def frame_of(name: str) -> str:
    """The template at the end of the chain of `extends`."""
    extends = re.search(r'{% extends "([^"]+)"', get_template(name).template.source)  # type: ignore[attr-defined]
    if extends is None or extends[1] == name or extends[1].startswith("wagtailadmin/"):
        return extends[1] if extends else name
    return frame_of(extends[1])


@pytest.mark.parametrize("name", whole_pages())
def test_every_whole_page_has_a_frame_that_offers_feedback(name: str) -> None:
    if not NO_PAGES.search(f"/{name}") and not NO_PAGES.search(frame_of(name)):
        assert frame_of(name) in OFFERING


def test_a_host_with_our_plain_frame_offers_the_page_it_chose(home: Page) -> None:
    pages = make_organisation(home)
    plain = (ROOT / "conduct/templates/conduct/base.html").read_text()
    from django.template import engines

    request = RequestFactory().get("/en/", headers={"host": "testserver"})
    html = engines["django"].from_string(plain).render({}, request)
    assert offers_feedback(html, str(pages["feedback_page"].url))

    Organisation.objects.update(feedback_page=None)
    request = RequestFactory().get("/en/", headers={"host": "testserver"})
    assert "Give feedback" not in engines["django"].from_string(plain).render({}, request)
