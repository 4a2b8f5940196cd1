"""A site with an organisation, the pages it must have, and promises to publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, Page, Site

from conduct import indicators
from conduct.models import CodeOfConductPage, Organisation, PerformancePage, PolicyPage, Promise


@pytest.fixture
def own_indicators(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An empty registry, so that a test knows every indicator in it."""
    registry: dict[str, Any] = {}
    monkeypatch.setattr(indicators, "_registry", registry)
    return registry


@pytest.fixture
def home(db: None) -> Page:
    """The root page of the default site, in English."""
    english, _created = Locale.objects.get_or_create(language_code="en")
    # A test with real transactions leaves an empty database behind, without Wagtail's first rows.
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=english)
    )
    page = root.add_child(instance=Page(title="Home", slug="start", locale=english))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page}
    )
    return page


@pytest.fixture
def site(home: Page) -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def organisation(site: Site, home: Page) -> Organisation:
    """Everything that publishing asks for is configured."""
    complain = home.add_child(instance=Page(title="Complain", slug="complain"))
    feedback = home.add_child(instance=Page(title="Feedback", slug="feedback"))
    organisation = Organisation.for_site(site)
    organisation.name = "Harbour Parcels"
    organisation.email = "hello@example.org"
    organisation.phone = "+44 20 7946 0000"
    organisation.complaint_page = complain
    organisation.feedback_page = feedback
    organisation.external_body_name = "The Parcel Ombudsman"
    organisation.external_body_url = "https://ombudsman.example/"
    organisation.save()
    return organisation


@pytest.fixture
def make_promise(db: None) -> Callable[..., Promise]:
    def make(code: str = "D1", **fields: Any) -> Promise:
        values = {
            "statement_en": "We deliver within 3 working days.",
            "limits_en": "Islands: 5 working days.",
            "remedy_en": "You get the postage back.",
            "remedy_how": "automatic",
            "topic": "delivery",
            "state": "live",
            "target": 95,
        }
        return Promise.objects.create(code=code, **(values | fields))

    return make


@pytest.fixture
def promise(make_promise: Callable[..., Promise]) -> Promise:
    return make_promise()


def body(text: str = "<p>Count a working day from Monday to Friday.</p>") -> list[dict[str, Any]]:
    return [
        {"type": "heading", "value": "Delivery"},
        {"type": "text", "value": text},
        {"type": "promises_of_topic", "value": {"topic": "delivery"}},
        {
            "type": "definitions",
            # wagtail-localize offers only items with their own id, as the editor saves them.
            "value": {
                "terms": [
                    {
                        "type": "item",
                        "id": "5f0f3ae4-6cf2-4f2a-8d3a-0a5d2e1c7b11",
                        "value": {"term": "working day", "meaning": "Monday to Friday."},
                    }
                ]
            },
        },
        {"type": "contact", "value": {"introduction": "Write or call."}},
    ]


@pytest.fixture
def page_fields() -> dict[str, Any]:
    return {
        "scope": "Parcels sent within the country.",
        "exclusions": "Letters.",
        "purpose": "So that you know what to expect.",
        "effective_date": dt.date(2025, 3, 1),
        "review_date": dt.date(2027, 3, 1),
        "approved_by_name": "Dana Okafor",
        "approved_by_role": "Managing director",
        "approved_on": dt.date(2025, 2, 20),
        "body": body(),
    }


@pytest.fixture
def code_draft(
    home: Page, organisation: Organisation, promise: Promise, page_fields: dict[str, Any]
) -> CodeOfConductPage:
    """A complete code that has never been published."""
    page = home.add_child(
        instance=CodeOfConductPage(
            title="Code of conduct", slug="code-of-conduct", live=False, **page_fields
        )
    )
    organisation.code_page = page
    organisation.save()
    return page


@pytest.fixture
def policy_draft(home: Page, organisation: Organisation, page_fields: dict[str, Any]) -> PolicyPage:
    page = home.add_child(
        instance=PolicyPage(
            title="Complaints policy", slug="complaints-policy", live=False, **page_fields
        )
    )
    organisation.policy_page = page
    organisation.save()
    return page


@pytest.fixture
def performance_page(home: Page, organisation: Organisation) -> PerformancePage:
    page = home.add_child(
        instance=PerformancePage(title="How we keep our promises", slug="performance")
    )
    organisation.performance_page = page
    organisation.save()
    return page


@pytest.fixture
def korean_home(home: Page) -> Page:
    locale, _created = Locale.objects.get_or_create(language_code="ko")
    page = home.copy_for_translation(locale)
    page.title = "홈"
    page.save_revision().publish()
    return page
