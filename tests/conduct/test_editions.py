"""Publishing makes editions; editions never change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from conduct.editions import original_of, publish, record
from conduct.models import CodeOfConductPage, Edition, EditionText, PolicyPage, Promise
from conduct.models.edition import EditionsAreImmutable


def midnight(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=timezone.get_default_timezone())  # type: ignore[arg-type, misc]


#: What every further edition has to bring.
AGAIN = {"what_changed": "Something.", "approved_on": timezone.localdate()}


def publish_again(page: CodeOfConductPage, **fields: object) -> Edition | None:
    page = CodeOfConductPage.objects.get(pk=page.pk)
    for name, value in (AGAIN | fields).items():
        setattr(page, name, value)
    return publish(page)


def test_publishing_makes_edition_one_with_its_text_and_promises(
    code_draft: CodeOfConductPage, site: Site
) -> None:
    edition = publish(code_draft)

    assert edition is not None
    assert (edition.number, edition.kind, edition.site) == (1, "code", site)
    assert edition.effective_from == midnight(2025, 3, 1)
    text = edition.text_in("en")
    assert text is not None
    assert (text.title, text.scope) == ("Code of conduct", "Parcels sent within the country.")
    assert [part["kind"] for part in text.parts] == [
        "heading",
        "text",
        "promises",
        "definitions",
        "contact",
    ]
    assert text.parts[2]["codes"] == ["D1"]
    frozen = edition.promises.get()
    assert frozen.texts["en"]["statement"] == "We deliver within 3 working days."
    assert frozen.target == 95


def test_a_draft_makes_no_edition(code_draft: CodeOfConductPage) -> None:
    code_draft.save_revision()

    assert Edition.objects.count() == 0


def test_publishing_the_same_content_again_makes_no_edition(code_draft: CodeOfConductPage) -> None:
    publish(code_draft)

    assert publish_again(code_draft) is None
    assert Edition.objects.count() == 1


def test_changed_words_make_the_next_number(code_draft: CodeOfConductPage) -> None:
    publish(code_draft)

    edition = publish_again(
        code_draft, scope="Parcels anywhere.", effective_date=dt.date(2026, 3, 1)
    )

    assert edition is not None
    assert edition.number == 2
    assert edition.effective_from == midnight(2026, 3, 1)
    assert edition.text_in("en").what_changed == "Something."  # type: ignore[union-attr]


def test_a_changed_promise_makes_the_next_number_when_the_code_is_published(
    code_draft: CodeOfConductPage, promise: Promise
) -> None:
    publish(code_draft)
    promise.statement_en = "We deliver within 2 working days."
    promise.save()
    assert Edition.objects.count() == 1

    edition = publish_again(code_draft)

    assert edition is not None
    assert edition.promises.get().texts["en"]["statement"] == "We deliver within 2 working days."


def test_a_date_that_served_the_last_edition_means_now(code_draft: CodeOfConductPage) -> None:
    publish(code_draft)
    before = timezone.now()

    edition = publish_again(code_draft, scope="Parcels anywhere.")

    assert edition is not None
    assert before <= edition.effective_from <= timezone.now()


def test_translating_a_promise_makes_no_edition(
    code_draft: CodeOfConductPage, promise: Promise
) -> None:
    publish(code_draft)
    promise.statement_ko = "3영업일 안에 배송합니다."
    promise.save()

    assert publish_again(code_draft) is None


def test_only_live_promises_are_in_an_edition(
    code_draft: CodeOfConductPage, make_promise: Callable[..., Promise]
) -> None:
    make_promise("D2", state="draft")
    make_promise("D3", state="withdrawn")
    make_promise("D4", starts_on=dt.date(2025, 4, 1))
    make_promise("D5", starts_on=dt.date(2025, 3, 1), order=5)

    edition = publish(code_draft)

    assert edition is not None
    assert list(edition.promises.values_list("code", flat=True)) == ["D1", "D5"]


def test_the_edition_in_force_depends_on_the_instant(
    code_draft: CodeOfConductPage, site: Site
) -> None:
    publish(code_draft)
    publish_again(code_draft, scope="Parcels anywhere.", effective_date=dt.date(2026, 3, 1))
    publish_again(
        code_draft,
        scope="Everything.",
        effective_date=dt.date(2099, 1, 1),
        review_date=dt.date(2100, 1, 1),
    )

    def number(day: dt.datetime) -> int | None:
        edition = Edition.objects.in_force(kind="code", site=site, at=day)
        return edition.number if edition else None

    assert number(midnight(2025, 2, 28, 23, 59)) is None
    assert number(midnight(2025, 3, 1)) == 1
    assert number(midnight(2026, 2, 28, 23, 59)) == 1
    assert number(midnight(2026, 3, 1)) == 2
    assert number(midnight(2099, 1, 1)) == 3
    assert Edition.objects.in_force(kind="policy", site=site) is None


def test_code_and_policy_are_numbered_apart(
    code_draft: CodeOfConductPage, policy_draft: PolicyPage, site: Site
) -> None:
    publish(code_draft)
    edition = publish(policy_draft)

    assert edition is not None
    assert (edition.kind, edition.number) == ("policy", 1)
    assert Edition.objects.in_force(kind="policy", site=site) == edition


def korean(page: CodeOfConductPage, **fields: object) -> CodeOfConductPage:
    locale = Locale.objects.get(language_code="ko")
    translated = page.copy_for_translation(locale)
    for name, value in ({"title": "행동규범", "scope": "국내 소포"} | fields).items():
        setattr(translated, name, value)
    return translated


def test_a_translation_adds_its_words_to_the_edition(
    code_draft: CodeOfConductPage, korean_home: Page, promise: Promise
) -> None:
    publish(code_draft)
    promise.statement_ko = "3영업일 안에 배송합니다."
    promise.limits_ko = "섬: 5영업일."
    promise.save()

    edition = publish(korean(code_draft))

    assert edition is not None
    assert Edition.objects.count() == 1
    text = edition.text_in("ko")
    assert text is not None
    assert text.title == "행동규범"
    assert text.promise_texts["D1"]["statement"] == "3영업일 안에 배송합니다."
    # Not translated, so it stays in English and says so: never an empty limit or remedy.
    assert text.promise_texts["D1"]["remedy"] == "You get the postage back."
    assert text.promise_texts["D1"]["languages"] == {"remedy": "en"}


def test_a_corrected_translation_is_a_further_version_of_the_same_edition(
    code_draft: CodeOfConductPage, korean_home: Page
) -> None:
    publish(code_draft)
    page = korean(code_draft)
    publish(page)
    page.scope = "국내로 보내는 소포"

    edition = publish(page)

    assert edition is not None
    texts = EditionText.objects.filter(language="ko").order_by("version")
    assert [(text.version, text.scope) for text in texts] == [
        (1, "국내 소포"),
        (2, "국내로 보내는 소포"),
    ]
    assert edition.text_in("ko").version == 2  # type: ignore[union-attr]


def test_a_translation_of_an_older_source_goes_to_the_older_edition(
    code_draft: CodeOfConductPage, korean_home: Page
) -> None:
    first = publish(code_draft)
    locale = Locale.objects.get(language_code="ko")
    source, _created = TranslationSource.get_or_create_from_instance(code_draft)
    page = korean(code_draft)
    page.save_revision()
    Translation.objects.create(source=source, target_locale=locale)
    second = publish_again(code_draft, scope="Parcels anywhere.")
    assert first is not None
    assert second is not None

    assert publish(page) == first
    assert second.text_in("ko") is None

    source.refresh_from_db()
    source.update_from_db()
    page.scope = "모든 소포"
    assert publish(page) == second


def test_words_of_a_promise_that_changed_since_do_not_slip_into_the_edition(
    code_draft: CodeOfConductPage, korean_home: Page, promise: Promise
) -> None:
    promise.statement_ko = "3영업일 안에 배송합니다."
    promise.save()
    edition = publish(code_draft)
    promise.statement_en = "We deliver within 2 working days."
    promise.statement_ko = "2영업일 안에 배송합니다."
    promise.save()
    assert edition is not None

    publish(korean(code_draft))

    text = edition.text_in("ko")
    assert text is not None
    assert text.promise_texts["D1"]["statement"] == "3영업일 안에 배송합니다."


def test_the_original_is_the_page_in_the_main_language(
    code_draft: CodeOfConductPage, korean_home: Page
) -> None:
    page = korean(code_draft)
    page.save_revision()

    assert original_of(page) == code_draft.page_ptr


def test_an_alias_makes_no_edition(code_draft: CodeOfConductPage, home: Page) -> None:
    publish(code_draft)
    alias = code_draft.create_alias(parent=home, update_slug="alias")

    assert record(alias) is None
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("rows", ["Edition", "EditionText", "EditionPromise"])
def test_the_models_refuse_changes(code_draft: CodeOfConductPage, rows: str) -> None:
    edition = publish(code_draft)
    assert edition is not None
    row = {
        "Edition": edition,
        "EditionText": edition.texts.get(),
        "EditionPromise": edition.promises.get(),
    }[rows]
    everything = type(row).objects.all()

    with pytest.raises(EditionsAreImmutable):
        row.save()
    with pytest.raises(EditionsAreImmutable):
        row.delete()
    with pytest.raises(EditionsAreImmutable):
        everything.update(pk=0)
    with pytest.raises(EditionsAreImmutable):
        everything.delete()
    with pytest.raises(EditionsAreImmutable):
        everything.bulk_update([row], ["pk"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conduct_edition SET number = 7",
        "UPDATE conduct_editiontext SET scope = 'All'",
        "UPDATE conduct_editionpromise SET target = 1",
    ],
)
def test_the_database_refuses_changes(code_draft: CodeOfConductPage, statement: str) -> None:
    publish(code_draft)

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_language_has_one_text_of_a_version(code_draft: CodeOfConductPage) -> None:
    edition = publish(code_draft)
    assert edition is not None

    with pytest.raises(DatabaseError), transaction.atomic():
        EditionText.objects.create(edition=edition, language="en", title="Another", digest="")


def test_an_edition_outlives_its_page(code_draft: CodeOfConductPage) -> None:
    edition = publish(code_draft)
    assert edition is not None

    code_draft.delete()

    assert Edition.objects.get() == edition
    assert edition.text_in("en").scope == "Parcels sent within the country."  # type: ignore[union-attr]


@pytest.mark.requirement("10001-4.9")
def test_each_edition_keeps_its_reason_its_theme_and_what_it_replaces(
    code_draft: CodeOfConductPage,
) -> None:
    first = publish(code_draft)
    second = publish_again(
        code_draft,
        scope="Letters, too.",
        what_changed="Letters: many asked what holds for them.",
        change_theme="Letters that nobody answered for",
        impact="Letters are covered from now on.",
    )

    assert second is not None
    text = second.text_in("en")
    assert text is not None
    assert (second.replaces, second.change_theme) == (first, "Letters that nobody answered for")
    assert (text.what_changed, text.impact) == (
        "Letters: many asked what holds for them.",
        "Letters are covered from now on.",
    )
