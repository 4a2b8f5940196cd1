"""What must be there before a code or policy may be published, in words that say how to mend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition, Organisation, PolicyPage, Promise
from conduct.publishing import problems


@pytest.mark.requirement("10001-6.4e")
@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (
            {"complaint_page": None},
            (
                "Readers must be able to complain. Choose the page that holds the complaint form "
                "in Settings › Organisation."
            ),
        ),
        (
            {"feedback_page": None, "email": "", "phone": ""},
            (
                "Readers must be able to ask a question. Give a feedback page, an e-mail address "
                "or a phone number in Settings › Organisation."
            ),
        ),
        (
            {"external_body_name": ""},
            (
                "Readers must know who they can turn to outside. Name the outside body, or a "
                "court, in Settings › Organisation."
            ),
        ),
    ],
)
@pytest.mark.parametrize("kind", ["code", "policy"])
def test_without_a_route_nothing_is_published(
    request: pytest.FixtureRequest,
    organisation: Organisation,
    missing: dict[str, Any],
    sentence: str,
    kind: str,
) -> None:
    page = request.getfixturevalue(f"{kind}_draft")
    for field, value in missing.items():
        setattr(organisation, field, value)
    organisation.save()

    with pytest.raises(ValidationError) as refusal:
        publish(page)

    assert refusal.value.messages == [sentence]
    assert Edition.objects.count() == 0


@pytest.mark.requirement("10001-6.4a")
@pytest.mark.parametrize(
    "field", ["scope", "exclusions", "purpose", "effective_date", "review_date"]
)
def test_without_scope_purpose_or_dates_nothing_is_published(
    code_draft: CodeOfConductPage, field: str
) -> None:
    setattr(code_draft, field, None if field.endswith("date") else "")

    with pytest.raises(ValidationError) as refusal:
        publish(code_draft)

    assert set(refusal.value.message_dict) == {field}


def test_the_review_comes_after_the_start(code_draft: CodeOfConductPage) -> None:
    code_draft.review_date = code_draft.effective_date

    assert problems(code_draft, code_draft.get_site()) == [
        "The review date must come after the day it comes into force. Choose a later one."
    ]


def test_a_further_edition_says_what_changed(code_draft: CodeOfConductPage) -> None:
    assert problems(code_draft, code_draft.get_site()) == []
    publish(code_draft)
    assert problems(code_draft, code_draft.get_site()) == []  # nothing changed
    code_draft.scope, code_draft.approved_on = "Letters, too.", timezone.localdate()

    assert problems(code_draft, code_draft.get_site()) == [
        (
            "Readers of the last edition want to know what is different. "
            "Write it in one or two sentences under “What changed”."
        )
    ]


def test_a_code_without_promises_is_refused_and_a_policy_is_not(
    code_draft: CodeOfConductPage, policy_draft: PolicyPage
) -> None:
    for page in (code_draft, policy_draft):
        page.body = [("heading", "Nothing but a heading")]

    assert problems(code_draft, code_draft.get_site()) == [
        (
            "A code of conduct needs at least one promise. "
            "Add “Promises of a topic” or “Chosen promises” to the text."
        )
    ]
    assert problems(policy_draft, policy_draft.get_site()) == []


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "e@example.org", "x"))
    return client


def form(**changes: Any) -> dict[str, Any]:
    data = {
        "title": "Our code",
        "slug": "our-code",
        "scope": "All parcels.",
        "exclusions": "Letters.",
        "purpose": "So that you know.",
        "effective_date": "2025-03-01",
        "review_date": "2027-03-01",
        "what_changed": "",
        "approved_by_name": "Dana Okafor",
        "approved_by_role": "Managing director",
        "approved_on": "2025-02-20",
        "body": streamfield(
            [
                ("text", rich_text("<p>Hello</p>")),
                ("promises_of_topic", {"topic": ""}),
            ]
        ),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
    }
    return dict(nested_form_data(data | changes))


def add_address(home: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=("conduct", "codeofconductpage", home.pk))


def test_an_editor_publishes_a_code_in_the_admin(
    editor: Client, home: Page, organisation: Organisation, promise: Promise
) -> None:
    response = editor.post(add_address(home), form() | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    edition = Edition.objects.get()
    assert edition.number == 1
    assert edition.text_in("en").scope == "All parcels."  # type: ignore[union-attr]


def test_the_admin_says_what_is_missing_before_publishing(
    editor: Client, home: Page, organisation: Organisation, promise: Promise
) -> None:
    organisation.complaint_page = None
    organisation.save()

    response = editor.post(add_address(home), form() | {"action-publish": "1"})

    assert "Readers must be able to complain." in response.content.decode()
    assert CodeOfConductPage.objects.count() == 0


def test_an_incomplete_draft_can_be_saved(
    editor: Client, home: Page, organisation: Organisation
) -> None:
    organisation.complaint_page = None
    organisation.save()

    response = editor.post(add_address(home), form(scope="", effective_date=""))

    assert response.status_code == 302, response.context["form"].errors
    assert CodeOfConductPage.objects.get().live is False
    assert Edition.objects.count() == 0


def test_a_draft_of_a_published_code_can_be_incomplete_too(
    editor: Client, code_draft: CodeOfConductPage, organisation: Organisation
) -> None:
    publish(code_draft)
    organisation.complaint_page = None
    organisation.save()
    address = reverse("wagtailadmin_pages:edit", args=(code_draft.pk,))

    response = editor.post(address, form(slug="code-of-conduct", purpose=""))

    assert response.status_code == 302, response.context["form"].errors
    assert Edition.objects.count() == 1


def test_the_preview_shows_the_draft_and_not_the_edition_in_force(
    editor: Client, code_draft: CodeOfConductPage
) -> None:
    publish(code_draft)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(code_draft.pk,))
    data = form(slug="code-of-conduct", scope="Something new.")
    assert editor.post(address, data).json()["is_valid"] is True

    page = editor.get(address).content.decode()

    assert "Something new." in page
    assert "Draft, not published" in page


def test_scheduled_publishing_makes_the_edition_on_its_day(
    code_draft: CodeOfConductPage, make_promise: Callable[..., Promise]
) -> None:
    code_draft.go_live_at = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)

    assert publish(code_draft) is None
    assert Edition.objects.count() == 0
