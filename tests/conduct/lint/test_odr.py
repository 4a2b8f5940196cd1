"""Nothing is published that leads to the EU's closed platform for online disputes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from complaints.models import ReplyTemplate
from conduct.editions import publish
from conduct.lint.odr import links_to_platform
from conduct.models import (
    CodeOfConductPage,
    Edition,
    Organisation,
    PerformancePage,
    PrivacyNotice,
    Promise,
)
from home.models import StandardPage

LINK = '<p>Go to <a href="https://ec.europa.eu/consumers/odr/">the platform</a>.</p>'
LEADS_THERE = (
    "leads to the EU platform for online disputes, which closed on 20 July 2025. "
    "Take the link out; name the outside body in Settings › Organisation instead."
)


@pytest.mark.requirement("ODR-OFF")
@pytest.mark.parametrize(
    "text",
    [
        "https://ec.europa.eu/consumers/odr",
        "http://www.ec.europa.eu/consumers/odr/main/index.cfm?event=main.home.show&lng=DE",
        "HTTPS://EC.EUROPA.EU/CONSUMERS/ODR/",
        "see ec.europa.eu/odr.",
        "https://webgate.ec.europa.eu/odr/main/",
        "https://ec.europa.eu//consumers/odr",
        "https://example.org/?to=https%3A%2F%2Fec.europa.eu%2Fconsumers%2Fodr",
        "https:&#47;&#47;ec.europa.eu&#47;consumers&#47;odr",
        "https://ec.europa.eu/consumers/solvedispute/",
    ],
)
def test_every_spelling_of_its_address_is_found(text: str) -> None:
    assert links_to_platform(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://ec.europa.eu/consumers/",
        "https://ec.europa.eu/consumers/odrive",
        "https://consumer-redress.ec.europa.eu/dispute-resolution-bodies",
        "The platform for online dispute resolution (ODR) closed.",
        "https://notec.europa.eu/consumers/odr",
    ],
)
def test_other_addresses_are_fine(text: str) -> None:
    assert not links_to_platform(text)


@pytest.mark.requirement("ODR-OFF")
@pytest.mark.parametrize("field", ["body", "scope", "search_description"])
def test_a_code_with_the_link_is_not_published(code_draft: CodeOfConductPage, field: str) -> None:
    if field == "body":
        code_draft.body.append(("text", RichText(LINK)))
    else:
        setattr(code_draft, field, "See https://ec.europa.eu/consumers/odr")

    with pytest.raises(ValidationError) as refusal:
        publish(code_draft)

    assert len(refusal.value.messages) == 1
    assert refusal.value.messages[0].endswith(LEADS_THERE)
    assert Edition.objects.count() == 0


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "e@example.org", "x"))
    return client


def standard_page(**changes: Any) -> dict[str, Any]:
    data = {
        "title": "Help",
        "slug": "help",
        "intro": "",
        "body": streamfield([("text", rich_text(LINK))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
    }
    return dict(nested_form_data(data | changes))


@pytest.mark.requirement("ODR-OFF")
def test_a_page_of_the_site_is_refused_at_its_form_and_may_stay_a_draft(
    editor: Client, home: Page
) -> None:
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", home.pk))

    refused = editor.post(address, standard_page() | {"action-publish": "1"})
    saved = editor.post(address, standard_page())

    assert f"“Body” {LEADS_THERE}" in refused.content.decode()
    assert saved.status_code == 302
    assert [page.live for page in StandardPage.objects.all()] == [False]


@pytest.mark.requirement("ODR-OFF")
def test_a_page_of_a_type_that_knows_nothing_of_it_stays_a_draft(
    editor: Client, home: Page
) -> None:
    page = home.add_child(instance=PerformancePage(title="Kept", slug="kept", live=False))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = standard_page(title="Kept", slug="kept", introduction="ec.europa.eu/consumers/odr")

    response = editor.post(address, data | {"action-publish": "1"}, follow=True)

    assert f"“Introduction” {LEADS_THERE}" in response.content.decode()
    page.refresh_from_db()
    assert page.live is False
    draft = page.get_latest_revision_as_object()
    assert draft.introduction == "ec.europa.eu/consumers/odr"


@pytest.mark.requirement("ODR-OFF")
def test_many_pages_at_once_are_refused_with_the_one_that_has_it(
    editor: Client, home: Page
) -> None:
    page = home.add_child(instance=PerformancePage(title="Kept", slug="kept", live=False))
    page.introduction = "ec.europa.eu/consumers/odr"
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = editor.post(f"{address}?id={page.pk}", {"include_descendants": ""}, follow=True)

    assert f"Kept: “Introduction” {LEADS_THERE}" in response.content.decode()
    page.refresh_from_db()
    assert page.live is False


@pytest.mark.requirement("ODR-OFF")
@pytest.mark.parametrize(
    ("model", "field", "label"),
    [
        (Organisation, "external_body_url", "Address of the outside body on the web"),
        (Organisation, "external_body_contact_de", "How to reach the outside body [de]"),
        (PrivacyNotice, "rights_fr", "People's rights [fr]"),
        (Promise, "remedy_es", "What customers get if we break it [es]"),
        (ReplyTemplate, "body_ko", "Text [ko]"),
    ],
)
@pytest.mark.django_db
def test_settings_promises_and_reply_templates_refuse_it(
    model: Any, field: str, label: str
) -> None:
    row = model(**{field: "https://webgate.ec.europa.eu/odr/main/"})

    with pytest.raises(ValidationError) as refusal:
        row.clean()

    assert refusal.value.messages == [f"“{label}” {LEADS_THERE}"]


def test_the_settings_form_says_so(editor: Client, site: Site) -> None:
    address = reverse("wagtailsettings:edit", args=("conduct", "organisation", site.pk))

    response = editor.post(
        address,
        {"external_body_url": "https://ec.europa.eu/consumers/odr", "small_number_threshold": 10},
    )

    assert LEADS_THERE in response.content.decode()
    assert Organisation.objects.filter(external_body_url__contains="odr").count() == 0
