"""When something is missing or broken, the page says what to do now, in the reader's language."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied, server_error
from pytest_django import DjangoAssertNumQueries

from tests.site.home_pages import make_home, make_organisation


@pytest.mark.django_db
def test_missing_page_says_what_to_do_now(client: Client) -> None:
    make_organisation(make_home())

    response = client.get("/en/no-such-page/")
    html = response.content.decode()

    assert response.status_code == 404
    assert (
        "<h1>We can&#x27;t find this page</h1>" in html
        or "<h1>We can't find this page</h1>" in html
    )
    assert '<li><a href="/en/complaint/">Complain</a></li>' in html
    assert '<li><a href="/en/case/">Follow my case</a></li>' in html
    assert 'rel="canonical"' not in html


@pytest.mark.django_db
def test_missing_page_runs_right_to_left_in_arabic(client: Client) -> None:
    make_home()

    response = client.get("/ar/no-such-page/")

    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


@pytest.mark.django_db
def test_refused_page_says_why_and_what_to_do(rf: RequestFactory) -> None:
    make_home()
    request = rf.get("/en/closed/", headers={"host": "testserver"})

    with translation.override("en"):
        response = permission_denied(request, PermissionDenied())

    assert response.status_code == 403
    assert "This page is not open to you" in response.content.decode()


def test_broken_page_needs_no_database(
    rf: RequestFactory, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with translation.override("ar"), django_assert_num_queries(0):
        response = server_error(rf.get("/ar/"))

    html = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="ar" dir="rtl">' in html
    assert 'href="/static/conduct/css/conduct.css"' in html


def test_form_that_was_open_too_long_is_explained(
    rf: RequestFactory, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request: HttpRequest = rf.post("/admin/")
    with translation.override("en"), django_assert_num_queries(0):
        response = csrf_failure(request, reason="CSRF token missing.")

    html = response.content.decode()
    assert response.status_code == 403
    assert "We could not take what you sent" in html
    assert "CSRF" not in html
