"""What the reference site's addresses do before any app answers: languages, 404s, policies."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    """An English home page that the default site starts from."""
    locale, _ = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title="Home", slug="entrance-home", locale=locale))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": page}
    )
    return page


@pytest.fixture
def korean_home(home: Page) -> Page:
    """Its published Korean translation."""
    locale, _ = Locale.objects.get_or_create(language_code="ko")
    page = home.copy_for_translation(locale)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_entrance_leads_to_the_language_the_browser_asks_for(
    client: Client, korean_home: Page
) -> None:
    response = client.get("/", headers={"accept-language": "ko-KR,ko;q=0.9,en;q=0.5"})

    assert (response.status_code, response.headers["Location"]) == (302, "/ko/")
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))
    assert not response.cookies


def test_entrance_prefers_the_cookie(client: Client, korean_home: Page) -> None:
    client.cookies["django_language"] = "en"

    assert client.get("/", headers={"accept-language": "ko"}).headers["Location"] == "/en/"


@pytest.mark.parametrize("language", ["de", "xx", ""])
def test_entrance_falls_back_to_the_language_the_home_page_is_written_in(
    client: Client, home: Page, language: str
) -> None:
    assert client.get("/", headers={"accept-language": language}).headers["Location"] == "/en/"


def test_a_draft_translation_is_not_where_the_entrance_leads(
    client: Client, korean_home: Page
) -> None:
    korean_home.unpublish()

    assert client.get("/", headers={"accept-language": "ko"}).headers["Location"] == "/en/"


@pytest.mark.parametrize(
    "path", ["/nothing-here/", "/nothing-here", "/static/nothing.css", "/api/v0/", "/xx/"]
)
def test_what_is_not_there_is_a_404_and_no_redirect(client: Client, home: Page, path: str) -> None:
    response = client.get(path, headers={"accept-language": "ko"})

    assert response.status_code == 404
    assert "Location" not in response.headers


def test_an_unknown_admin_address_is_a_404_for_staff(admin_client: Client, home: Page) -> None:
    assert admin_client.get("/admin/nothing-here/").status_code == 404


def test_public_policy_has_no_exception(client: Client, home: Page) -> None:
    policy = client.get("/nothing-here/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert {part.strip() for part in policy.split(";")} >= {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    }


def test_admin_policy_still_names_no_other_host(admin_client: Client) -> None:
    policy = admin_client.get("/admin/").headers["Content-Security-Policy"]

    sources = {word for part in policy.split(";") for word in part.split()[1:]}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


def test_screens_of_a_case_run_no_inline_script(admin_client: Client) -> None:
    """What strangers wrote is shown there."""
    policy = admin_client.get("/admin/cases/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in {part.strip() for part in policy.split(";")}


@pytest.mark.parametrize("path", ["/administrator/", "/en/admin/", "/"])
def test_addresses_that_look_like_the_admins_get_the_strict_policy(
    client: Client, path: str
) -> None:
    assert "unsafe" not in client.get(path).headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kind"), [("/robots.txt", "text/plain"), ("/sitemap.xml", "application/xml")]
)
def test_crawlers_find_what_they_ask_for(client: Client, address: str, kind: str) -> None:
    response = client.get(address)

    assert (response.status_code, response.headers["Content-Type"].split(";")[0]) == (200, kind)
