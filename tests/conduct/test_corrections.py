"""Spelling can be corrected without a new number; anything that customers rely on can't."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from conduct.corrections import changed_words
from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition, EditionText, Promise
from tests.conduct.reading_pages import soup, words

CODE = "/en/code-of-conduct/"


@pytest.fixture
def code(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    code_draft.purpose = "So that you know waht to expect from us, wherever you live."
    publish(code_draft)
    return code_draft


def correct(page: CodeOfConductPage, **fields: object) -> Edition | None:
    page = CodeOfConductPage.objects.get(pk=page.pk)
    page.is_correction = True
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page)


RIGHT = "So that you know what to expect from us, wherever you live."


@pytest.mark.requirement("10001-4.4")
def test_a_correction_keeps_the_number_and_says_what_it_corrected(
    code: CodeOfConductPage, client: Client
) -> None:
    correct(code, purpose=RIGHT)

    edition = Edition.objects.get()
    texts = list(edition.texts.order_by("version"))
    assert [(text.version, text.is_correction, text.purpose == RIGHT) for text in texts] == [
        (1, False, False),
        (2, True, True),
    ]
    page = soup(client, CODE)
    assert RIGHT in words(page.main)
    link = page.find("a", string="See what was corrected")
    assert link is not None
    corrected = soup(client, link["href"]).main
    assert corrected is not None
    assert words(corrected.select_one("section.card del")).split()[1] == "waht"
    assert words(corrected.select_one("section.card ins")).split()[1] == "what"


def test_the_next_change_is_no_correction_unless_said_so(code: CodeOfConductPage) -> None:
    correct(code, purpose=RIGHT)

    page = CodeOfConductPage.objects.get(pk=code.pk)
    draft = page.get_latest_revision_as_object()
    assert (page.is_correction, draft.is_correction) == (False, False)
    draft.scope, draft.what_changed = "Letters, too.", "Letters."
    draft.approved_on = timezone.localdate()
    assert publish(draft) == Edition.objects.get(number=2)


def test_publishing_a_corrected_page_again_makes_nothing(code: CodeOfConductPage) -> None:
    correct(code, purpose=RIGHT)

    assert publish(CodeOfConductPage.objects.get(pk=code.pk)) is None
    assert (Edition.objects.count(), EditionText.objects.count()) == (1, 2)


def test_a_correction_that_corrects_nothing_adds_nothing(code: CodeOfConductPage) -> None:
    correct(code)

    assert EditionText.objects.count() == 1
    assert CodeOfConductPage.objects.get(pk=code.pk).is_correction is False


FIGURE = "A figure or a date in the text is different, and customers rely on those."
MANY = "So many words are different that readers would call it a new text."
FACTS = "This changes more than spelling: D1."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"exclusions": "Letters under 20 grams."}, FIGURE),
        ({"scope": "Everything that anybody sends anywhere at any time of the year."}, MANY),
    ],
)
def test_more_than_spelling_is_refused_in_words(
    code: CodeOfConductPage, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        correct(code, **fields)

    mend = "Untick “Only corrects spelling” and publish it as a new edition."
    assert refusal.value.messages == [f"{sentence} {mend}"]
    assert EditionText.objects.count() == 1


@pytest.mark.parametrize("field", ["target", "claim_window_days"])
def test_a_fact_of_a_promise_is_never_a_spelling(
    code: CodeOfConductPage, promise: Promise, field: str
) -> None:
    setattr(promise, field, 30)
    promise.save()

    with pytest.raises(ValidationError) as refusal:
        correct(code, purpose=RIGHT)

    assert refusal.value.messages[0].startswith(FACTS)


def test_words_of_a_promise_can_be_corrected(
    code: CodeOfConductPage, promise: Promise, client: Client
) -> None:
    promise.limits_en = "Islands: 5 workingdays."
    promise.save()
    page = CodeOfConductPage.objects.get(pk=code.pk)
    page.what_changed, page.approved_on = "Limits.", timezone.localdate()
    publish(page)
    promise.limits_en = "Islands: 5 working days."
    promise.save()

    correct(code)

    assert Edition.objects.count() == 2
    shown = soup(client, CODE).select_one("#promise-d1 .promise__limits")
    assert words(shown) == "Limits: Islands: 5 working days."


def test_the_first_edition_can_be_no_correction(code_draft: CodeOfConductPage) -> None:
    code_draft.is_correction = True

    with pytest.raises(ValidationError) as refusal:
        publish(code_draft)

    assert refusal.value.messages[0].startswith("There is no edition yet")


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("one two three", "one two three", 0),
        ("one two three", "one too three", 1),
        ("one two", "one two three four", 2),
        ("三天送达", "四天送达", 1),
        ("배송은 3일", "배송은 4일", 1),
    ],
)
def test_changed_words_are_counted_in_any_script(before: str, after: str, count: int) -> None:
    assert changed_words(before, after) == count


def test_an_edition_that_was_never_corrected_has_no_page_of_corrections(
    code: CodeOfConductPage, client: Client
) -> None:
    assert client.get(f"{CODE}editions/1/corrections/").status_code == 404


def test_no_earlier_edition_is_corrected(code: CodeOfConductPage) -> None:
    page = CodeOfConductPage.objects.get(pk=code.pk)
    page.scope, page.what_changed, page.approved_on = "More.", "More.", timezone.localdate()
    page.effective_date = dt.date(2026, 1, 1)
    publish(page)

    correct(page, purpose=RIGHT)

    versions = [(edition.number, edition.texts.count()) for edition in Edition.objects.all()]
    assert versions == [(2, 2), (1, 1)]
