"""How far translations have come: editions of pages, words of promises, and blocking the next."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from conduct.editions import publish
from conduct.governance import translations
from conduct.governance.translations import Progress
from conduct.lint.parity import problems
from conduct.models import CodeOfConductPage, Edition, Promise
from conduct.models.framework import CodeFramework

TODAY = dt.date(2026, 11, 28)


@pytest.fixture
def translator(db: None) -> Any:
    return get_user_model().objects.create_user("mina", "m@example.org", "x", first_name="Mina")


@pytest.fixture
def reviewer(db: None) -> Any:
    return get_user_model().objects.create_superuser("rene", "r@example.org", "x")


@pytest.fixture
def code(code_draft: CodeOfConductPage, korean_home: Page) -> CodeOfConductPage:
    """Published once, in English."""
    publish(code_draft)
    return CodeOfConductPage.objects.get(pk=code_draft.pk)


def translate(page: CodeOfConductPage, run: Any, *, by: Any = None, reviewer: Any = None) -> None:
    """Everything into Korean, through wagtail-localize's own tables."""
    korean = Locale.objects.get(language_code="ko")
    translate_object(page, [korean])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=korean,
            defaults={
                "data": f"가 {segment.string.data}",
                "translation_type": "manual",
                "last_translated_by": by,
            },
        )
    with run(execute=True):
        translation.save_target(user=reviewer, publish=True)


def next_edition(page: CodeOfConductPage, scope: str) -> None:
    page = CodeOfConductPage.objects.get(pk=page.pk)
    page.scope, page.what_changed = scope, "More is covered."
    page.approved_on = timezone.localdate()
    publish(page)


def of_pages() -> list[translations.Translated]:
    return [row for row in translations.everything() if row.kind == "code"]


@pytest.mark.requirement("I18N-2")
def test_a_page_shows_which_edition_each_language_has_and_who_did_it(
    code: CodeOfConductPage,
    translator: Any,
    reviewer: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    (before,) = of_pages()
    translate(code, django_capture_on_commit_callbacks, by=translator, reviewer=reviewer)
    (after,) = of_pages()
    next_edition(code, "Letters, too.")
    next_edition(code, "Letters and pallets.")
    (later,) = of_pages()

    assert (before.language, before.progress, before.edition) == (
        "ko",
        Progress.UNTRANSLATED,
        None,
    )
    assert (after.progress, after.edition, after.since) == (Progress.UP_TO_DATE, 1, None)
    assert (after.translator, after.reviewer) == ("Mina", "rene")
    assert (later.progress, later.edition, later.behind) == (Progress.BEHIND, 1, 2)
    assert later.since == timezone.localdate()
    assert later.days_stale(timezone.localdate() + dt.timedelta(days=9)) == 9


def of_promise(language: str = "ko") -> translations.Translated:
    rows = translations.everything(today=TODAY)
    (row,) = [row for row in rows if row.kind == "promise" and row.language == language]
    return row


@pytest.mark.requirement("I18N-2")
def test_a_promise_whose_source_changed_waits_for_its_translations(
    code: CodeOfConductPage, promise: Promise
) -> None:
    assert of_promise().progress == Progress.UNTRANSLATED
    promise.statement_ko = "3영업일 안에 배송합니다."
    promise.save()
    assert of_promise().progress == Progress.PARTLY
    promise.limits_ko, promise.remedy_ko = "섬: 5영업일.", "요금을 돌려드립니다."
    promise.save()
    assert of_promise().progress == Progress.UP_TO_DATE
    next_edition(code, "Letters, too.")

    promise.statement_en = "We deliver within 2 working days."
    promise.save()

    assert (of_promise().progress, of_promise().since) == (Progress.BEHIND, TODAY)
    next_edition(code, "Letters and pallets.")
    assert of_promise().progress == Progress.BEHIND
    promise.statement_ko = "2영업일 안에 배송합니다."
    promise.save()
    assert of_promise().progress == Progress.UP_TO_DATE


@pytest.mark.requirement("I18N-2")
def test_readers_of_a_translation_that_waits_are_told(
    client: Client, code: CodeOfConductPage, django_capture_on_commit_callbacks: Any
) -> None:
    translate(code, django_capture_on_commit_callbacks)
    next_edition(code, "Letters, too.")
    korean = code.get_translation(Locale.objects.get(language_code="ko"))

    page = client.get(korean.url).content.decode()

    assert 'class="notice notice--warning"' in page


@pytest.mark.requirement("I18N-2")
def test_the_next_edition_can_be_made_to_wait_for_every_language(
    code: CodeOfConductPage, django_capture_on_commit_callbacks: Any
) -> None:
    assert problems(code, block_until_translated=False) == []
    assert problems(code, block_until_translated=True) == [
        "Edition 1 isn't there yet in: 한국어. Publish these translations first; then the next "
        "edition can follow."
    ]

    translate(code, django_capture_on_commit_callbacks)

    assert problems(code, block_until_translated=True) == []


@pytest.mark.requirement("I18N-2")
def test_a_framework_that_says_so_holds_up_publishing_until_then(
    code: CodeOfConductPage, django_capture_on_commit_callbacks: Any
) -> None:
    framework = CodeFramework.for_site(code.get_site())
    framework.block_until_translated = True
    framework.save()

    with pytest.raises(ValidationError) as refusal:
        next_edition(code, "Letters, too.")
    translate(code, django_capture_on_commit_callbacks)
    next_edition(code, "Letters, too.")

    assert refusal.value.messages == [
        "Edition 1 isn't there yet in: 한국어. Publish these translations first; then the next "
        "edition can follow."
    ]
    assert Edition.objects.count() == 2


def test_the_first_edition_waits_for_nothing(code_draft: CodeOfConductPage) -> None:
    assert problems(code_draft, block_until_translated=True) == []


def test_parity_is_the_share_that_is_up_to_date() -> None:
    def row(language: str, progress: Progress) -> translations.Translated:
        return translations.Translated("promise", "D1", language, "en", progress)

    rows = [
        row("ko", Progress.UP_TO_DATE),
        row("ko", Progress.BEHIND),
        row("de", Progress.UP_TO_DATE),
        row("de", Progress.UP_TO_DATE),
    ]

    assert translations.parity(rows).per_cent == 75
    assert [(code, own.per_cent) for code, own in translations.parity_by_language(rows)] == [
        ("ko", 50),
        ("de", 100),
    ]
    assert translations.parity([]).per_cent == 100


def test_the_number_of_texts_costs_no_more_queries(
    code: CodeOfConductPage,
    make_promise: Callable[..., Promise],
    django_assert_max_num_queries: Any,
) -> None:
    translations.everything()
    with django_assert_max_num_queries(14) as few:
        translations.everything()
    for number in range(30):
        make_promise(f"M{number}")
    for scope in ("Letters.", "Pallets."):
        next_edition(code, scope)

    with django_assert_max_num_queries(14) as many:
        translations.everything()

    assert len(many) == len(few)


@pytest.mark.requirement("I18N-2")
def test_the_report_and_its_table(
    client: Client, reviewer: Any, code: CodeOfConductPage, promise: Promise
) -> None:
    promise.statement_en = "=1+1 days"
    promise.save()
    client.force_login(reviewer)
    address = reverse("conduct_admin:translations")

    page = client.get(address).content.decode()
    table = client.get(address, {"format": "csv"})

    assert "0 of 2 texts are up to date (0 %)." in page
    assert "Not translated" in page
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["What", "Code of conduct", "Promise"]
    assert rows[2][1] == "D1 =1+1 days"
    assert rows[1][2:6] == ["ko", "Not translated", "", "0"]
    assert table["Content-Disposition"] == 'attachment; filename="translations.csv"'
