"""Editions and wagtail-localize's own translation editor."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from conduct.documents import text_digest
from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition

NOTICE = 'class="notice notice--warning"'


@pytest.fixture
def translation(code_draft: CodeOfConductPage, korean_home: Page) -> Translation:
    """An editor submitted the published code for translation into Korean."""
    publish(code_draft)
    page = CodeOfConductPage.objects.get(pk=code_draft.pk)
    translate_object(page, [Locale.objects.get(language_code="ko")])
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(translation: Translation, english: str, korean: str) -> None:
    segment = StringSegment.objects.get(
        source=translation.source, string=String.objects.get(data=english)
    )
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": korean, "translation_type": "manual"},
    )


def save(translation: Translation, run_on_commit: Any, *, publish: bool = True) -> None:
    with run_on_commit(execute=True):  # where wagtail-localize publishes
        translation.save_target(publish=publish)


def translate_everything(translation: Translation) -> None:
    for segment in StringSegment.objects.filter(source=translation.source):
        translate(translation, segment.string.data, f"가 {segment.string.data}")


def test_every_word_of_the_page_is_offered_and_slug_and_dates_are_not(
    translation: Translation,
) -> None:
    offered = set(
        StringSegment.objects.filter(source=translation.source).values_list(
            "string__data", flat=True
        )
    )

    assert offered == {
        "Code of conduct",
        "Parcels sent within the country.",
        "Letters.",
        "So that you know what to expect.",
        "Delivery",
        "Count a working day from Monday to Friday.",
        "working day",
        "Monday to Friday.",
        "Write or call.",
        "Managing director",
    }


def test_a_published_translation_adds_its_words_at_the_same_address(
    translation: Translation, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    run_on_commit = django_capture_on_commit_callbacks
    translate_everything(translation)
    translate(translation, "Code of conduct", "행동규범")

    save(translation, run_on_commit)

    edition = Edition.objects.get()
    text = edition.text_in("ko")
    assert text is not None
    assert text.title == "행동규범"
    assert text.parts[1]["html"] == "<p>가 Count a working day from Monday to Friday.</p>"
    assert text.parts[2]["codes"] == ["D1"]
    assert "행동규범" in client.get("/ko/code-of-conduct/").content.decode()


def test_the_role_of_who_approved_it_is_said_in_the_readers_language(
    translation: Translation, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    translate_everything(translation)
    translate(translation, "Managing director", "대표이사")

    save(translation, django_capture_on_commit_callbacks)

    for address in ("/ko/code-of-conduct/", "/ko/code-of-conduct/editions/"):
        page = client.get(address).content.decode()
        assert "대표이사" in page
        assert "Managing director" not in page
    assert "Managing director" in client.get("/en/code-of-conduct/").content.decode()
    edition = Edition.objects.get()
    assert edition.approved_by_role == "Managing director"
    text = edition.text_in("ko")
    assert text is not None
    assert text.digest == text_digest(text)


def test_an_unpublished_translation_adds_nothing(
    translation: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    run_on_commit = django_capture_on_commit_callbacks
    translate_everything(translation)

    save(translation, run_on_commit, publish=False)

    assert Edition.objects.get().text_in("ko") is None


def test_a_translation_stays_with_its_edition_until_its_source_is_renewed(
    translation: Translation, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    run_on_commit = django_capture_on_commit_callbacks
    translate_everything(translation)
    save(translation, run_on_commit)
    source = CodeOfConductPage.objects.get(locale__language_code="en")
    source.scope = "Parcels sent anywhere."
    source.what_changed, source.approved_on = "More.", timezone.localdate()
    source.effective_date = dt.date(2026, 3, 1)
    second = publish(source)
    assert second is not None

    translate(translation, "Letters.", "편지")
    save(translation, run_on_commit)
    assert second.text_in("ko") is None
    page = client.get("/ko/code-of-conduct/").content.decode()
    assert NOTICE in page
    assert "가 Parcels sent within the country." in page

    taken = TranslationSource.objects.get(pk=translation.source_id)
    taken.update_from_db()
    translation.refresh_from_db()
    translate_everything(translation)
    save(translation, run_on_commit)
    assert second.text_in("ko").scope == "가 Parcels sent anywhere."  # type: ignore[union-attr]
    assert NOTICE not in client.get("/ko/code-of-conduct/").content.decode()


def test_the_translation_editor_opens(translation: Translation, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    page = CodeOfConductPage.objects.get(locale__language_code="ko")

    response = client.get(f"/admin/pages/{page.pk}/edit/")

    assert "Parcels sent within the country." in response.content.decode()
