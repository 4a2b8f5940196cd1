"""From the page an organisation chose to the page in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page

from conduct.links import localized, organisation_pages, page_url
from conduct.models import Organisation
from conduct.rights import rights_sentence


@pytest.fixture
def korean_complain(organisation: Organisation, korean_home: Page) -> Page:
    page = organisation.complaint_page.copy_for_translation(korean_home.locale)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


def test_the_page_in_the_language_is_found(
    organisation: Organisation, korean_complain: Page
) -> None:
    assert localized(organisation.complaint_page, "ko") == korean_complain
    assert localized(organisation.complaint_page, "fr") == organisation.complaint_page
    assert localized(None, "ko") is None
    with translation.override("ko"):
        assert localized(organisation.complaint_page) == korean_complain


def test_a_page_that_is_not_live_is_never_linked(
    organisation: Organisation, korean_complain: Page
) -> None:
    korean_complain.unpublish()
    assert localized(organisation.complaint_page, "ko") == organisation.complaint_page

    organisation.complaint_page.unpublish()
    assert localized(organisation.complaint_page, "ko") is None


def test_mails_get_full_addresses(organisation: Organisation, korean_complain: Page) -> None:
    assert page_url(organisation.complaint_page, "ko") == "http://localhost/ko/complain/"
    assert page_url(None, "ko") == ""


def test_all_pages_come_in_one_query(
    organisation: Organisation, korean_complain: Page, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        pages = organisation_pages(organisation, "ko")

    assert pages == {
        "complaint_page": korean_complain,
        "feedback_page": organisation.feedback_page,
    }


def test_templates_find_pages_and_the_organisation(
    organisation: Organisation, korean_complain: Page, rf: RequestFactory
) -> None:
    template = Template(
        "{% load conduct_tags %}{% organisation as o %}{{ o.name }} "
        "{% localized_page o.complaint_page as p %}{% page_address p %} "
        "{% organisation_pages as pages %}{% page_address pages.feedback_page %}"
    )

    with translation.override("ko"):
        text = template.render(Context({"request": rf.get("/")}))

    assert text == "Harbour Parcels /ko/complain/ /en/feedback/"


def test_without_a_request_templates_still_render() -> None:
    template = Template(
        "{% load conduct_tags %}{% organisation as o %}{% organisation_pages as p %}[{{ p }}]"
    )

    assert template.render(Context({})) == "[{}]"


def test_a_definition_opens_by_keyboard_and_escapes_its_words() -> None:
    html = Template("{% load conduct_tags %}{% definition term meaning %}").render(
        Context({"term": "<day>", "meaning": "Mon & Tue"})
    )

    assert html.startswith('<button type="button" class="term" popovertarget="definition-')
    assert "&lt;day&gt;</button>" in html
    assert 'popover role="note">Mon &amp; Tue</span>' in html


def test_the_rights_sentence_says_that_rights_stay() -> None:
    assert "does not limit your legal rights" in rights_sentence()
