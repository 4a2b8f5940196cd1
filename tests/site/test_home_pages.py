"""The site's own pages, and what search engines are told about them."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page, Site

import home.urls
from tests.site.home_pages import add_page, make_home, make_organisation, translate

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_home_page_offers_two_things_to_do_first(client: Client) -> None:
    make_organisation(
        make_home(statement="Tell us, and we will put it right.", reassurance="Free.")
    )

    html = client.get("/en/").content.decode()

    assert "<h1>Tell us, and we will put it right.</h1>" in html
    assert re.findall(r'<a class="button[^"]*" href="([^"]+)">(.+?)</a>', html) == [
        ("/en/complaint/", "Complain"),
        ("/en/case/", "Follow my case"),
    ]
    assert re.findall(r'<h2><a href="([^"]+)">', html) == [
        "/en/code/",
        "/en/performance/",
        "/en/feedback/",
    ]


def test_home_page_without_a_statement_shows_its_title(client: Client) -> None:
    make_home()

    assert "<h1>Fernhill</h1>" in client.get("/en/").content.decode()


def test_standard_page_shows_text_notice_steps_and_contact(client: Client) -> None:
    page_home = make_home()
    make_organisation(page_home)
    body = [
        {"type": "text", "value": "<h2>Our aim</h2><p>Everyone can read this.</p>"},
        {
            "type": "notice",
            "value": {"tone": "warning", "heading": "Not yet", "text": "<p>Old files.</p>"},
        },
        {"type": "steps", "value": {"heading": "", "steps": ["Tell us", "We mend it"]}},
        {"type": "contact", "value": {"heading": "Write to us", "introduction": ""}},
    ]
    add_page(page_home, "Statement", intro="How we do it.", body=json.dumps(body))

    html = client.get("/en/statement/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]

    assert '<p class="lead">How we do it.</p>' in main
    assert "<h2>Our aim</h2>" in main.replace(' data-block-key=""', "")
    assert '<div class="notice notice--warning">' in main
    assert re.findall(r"<li[^>]*>(Tell us|We mend it)</li>", main) == ["Tell us", "We mend it"]
    assert "<dd><bdi>12 Mill Lane</bdi><br><bdi>York</bdi></dd>" in main


def test_a_bare_installation_greets_instead_of_breaking(client: Client) -> None:
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome", slug="welcome-bare"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": welcome}
    )

    response = client.get("/en/")

    assert response.status_code == 200
    assert "This site has no pages yet." in response.content.decode()


@pytest.fixture
def with_root_addresses(settings: Settings) -> None:
    """The site with `home.urls.root_urlpatterns`."""
    from config import urls as site_urls

    settings.ROOT_URLCONF = (*home.urls.root_urlpatterns, *site_urls.urlpatterns)


@pytest.mark.usefixtures("with_root_addresses")
def test_robots_are_kept_out_of_peoples_own_pages(client: Client) -> None:
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert {"Disallow: /admin/", "Disallow: /en/case/", "Disallow: /ar/survey/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.usefixtures("with_root_addresses")
def test_sitemap_lists_every_language_with_its_translations(client: Client) -> None:
    page_home = make_home()
    translate(add_page(page_home, "Privacy"), "de", "Datenschutz")
    add_page(page_home, "Hidden", live=False)

    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {
        url.findtext(f"{SITEMAP}loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall(f"{XHTML}link")
        }
        for url in tree
    }

    both = {
        "en": "http://testserver/en/privacy/",
        "de": "http://testserver/de/privacy-de/",
    }
    assert found["http://testserver/en/privacy/"] == both
    assert found["http://testserver/de/privacy-de/"] == both
    assert "http://testserver/en/hidden/" not in found
