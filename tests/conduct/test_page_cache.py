"""Pages are kept for readers without a session, and a change shows at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site

from conduct.models import Organisation
from home.models import StandardPage


@pytest.fixture(autouse=True)
def _kept_for_a_minute(settings: Any) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 60


@pytest.fixture
def page(db: None) -> StandardPage:
    root = Site.objects.get(is_default_site=True).root_page
    page = StandardPage(title="Delivery", slug="delivery")
    root.add_child(instance=page)
    page.save_revision().publish()
    return page


ADDRESS = "/en/delivery/"


def test_a_kept_page_costs_no_query_and_is_the_same(
    client, page, django_assert_num_queries, django_capture_on_commit_callbacks
):
    first = client.get(ADDRESS)
    with django_assert_num_queries(0):
        second = client.get(ADDRESS)
    assert "Delivery" in first.content.decode()
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())


def test_publishing_shows_at_once(client, page, django_capture_on_commit_callbacks):
    assert "Delivery" in client.get(ADDRESS).content.decode()
    page.title = "Parcels"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "Parcels" in client.get(ADDRESS).content.decode()


def test_a_setting_shows_at_once(client, page, django_capture_on_commit_callbacks):
    client.get(ADDRESS)
    organisation = Organisation.for_site(Site.objects.get(is_default_site=True))
    organisation.name_en = organisation.name = "Merrow Parcels"
    with django_capture_on_commit_callbacks(execute=True):
        organisation.save()
    assert "Merrow Parcels" in client.get(ADDRESS).content.decode()


def test_an_unpublished_page_is_gone_at_once(client, page, django_capture_on_commit_callbacks):
    assert client.get(ADDRESS).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert client.get(ADDRESS).status_code == 404


def test_a_change_that_is_undone_forgets_nothing(client, page, django_capture_on_commit_callbacks):
    client.get(ADDRESS)
    version = cache.get("conduct-pages-version")
    with django_capture_on_commit_callbacks(execute=False):
        Page.objects.get(pk=page.pk).save()
    assert cache.get("conduct-pages-version") == version


def test_who_has_a_session_gets_a_page_of_their_own(
    admin_client, page, django_assert_max_num_queries
):
    Client().get(ADDRESS)
    Page.objects.filter(pk=page.pk).update(title="Written past the cache")
    assert "Written past the cache" in admin_client.get(ADDRESS).content.decode()
    assert "Written past the cache" not in Client().get(ADDRESS).content.decode()


@pytest.mark.parametrize("address", [f"{ADDRESS}?promise=D1", "/en/missing/", "/healthz"])
def test_nothing_else_is_kept(client, page, address):
    client.get(address)
    kept = [key for key in cache._cache if "conduct-pages" in key and "version" not in key]
    assert kept == []
    client.get(ADDRESS)
    assert [key for key in cache._cache if "conduct-pages" in key and "version" not in key] != []


def test_two_host_names_are_two_pages(page):
    for host in ("one.example", "two.example"):
        assert (
            f"http://{host}{ADDRESS}"
            in Client(headers={"host": host}).get(ADDRESS).content.decode()
        )


def test_without_the_setting_nothing_is_kept(client, page, settings):
    settings.CONDUCT_PAGE_CACHE_SECONDS = 0
    client.get(ADDRESS)
    assert cache.get("conduct-pages-version") is None
