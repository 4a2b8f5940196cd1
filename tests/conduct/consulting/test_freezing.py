"""What people are asked about stays as it was when the consultation opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from conduct.consulting.freezing import document_of, open_due
from conduct.editions import publish
from conduct.models import CodeOfConductPage, Consultation, ConsultationText, Promise
from conduct.models.consultation import Stage

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def frozen(consultation: Consultation) -> dict[str, str]:
    return {row.language: row.content["scope"] for row in consultation.texts.all()}


def test_the_draft_is_frozen_when_it_opens_whatever_editors_write_then(
    consultation: Consultation, drafted: CodeOfConductPage
) -> None:
    drafted.scope = "Something else."
    drafted.save_revision(clean=False)
    open_due()

    assert frozen(consultation) == {"en": "Parcels and letters sent within the country."}
    assert consultation.compared_with.number == 1  # type: ignore[union-attr]


def test_before_its_first_day_nothing_is_frozen_and_on_it_the_latest_draft_is(
    make_consultation: Callable[..., Consultation], drafted: CodeOfConductPage
) -> None:
    planned = make_consultation(opens_on=TODAY() + DAY)
    assert (planned.stage(), frozen(planned)) == (Stage.PLANNED, {})
    drafted.scope = "Parcels, letters and pianos."
    drafted.save_revision(clean=False)

    assert open_due(timezone.now() + DAY) == 1
    assert open_due(timezone.now() + DAY) == 0  # safe to run twice

    planned.refresh_from_db()
    assert frozen(planned) == {"en": "Parcels, letters and pianos."}


def test_one_that_was_missed_altogether_is_not_opened_afterwards(
    make_consultation: Callable[..., Consultation],
) -> None:
    missed = make_consultation(opens_on=TODAY() - 3 * DAY, closes_on=TODAY() - DAY)

    assert missed.opened_at is None


def test_a_translation_is_frozen_only_where_it_followed_the_draft(
    drafted: CodeOfConductPage,
    korean_home: Page,
    make_consultation: Callable[..., Consultation],
) -> None:
    korean = drafted.copy_for_translation(korean_home.locale)
    korean.scope = "소포"
    korean.save_revision().publish()
    lagging = make_consultation("lagging")
    korean = CodeOfConductPage.objects.get(pk=korean.pk)
    korean.scope = "소포와 편지"
    korean.save_revision(clean=False)
    following = make_consultation("following")

    assert sorted(frozen(lagging)) == ["en"]
    assert frozen(following)["ko"] == "소포와 편지"


def test_the_frozen_text_gives_the_same_promises_with_their_figures(
    consultation: Consultation, promise: Promise
) -> None:
    promise.statement_en = "We deliver some day."
    promise.target = 5
    promise.save()
    row = ConsultationText.objects.get(consultation=consultation)

    document = document_of(row, kind="code", source_language="en")

    shown = document.shown_promises()["D1"]
    assert shown.words.statement == "We deliver within 3 working days."
    assert shown.promise.target == 95


def test_neither_the_model_nor_the_database_changes_a_frozen_text(
    consultation: Consultation,
) -> None:
    row = consultation.texts.get()
    row.language = "ko"
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE conduct_consultationtext SET language = 'ko'")

    assert frozen(consultation).keys() == {"en"}


def test_only_a_code_or_a_policy_can_be_consulted_on(
    make_consultation: Callable[..., Consultation], home: Page
) -> None:
    with pytest.raises(ValidationError) as refusal:
        make_consultation(page=home)

    assert refusal.value.message_dict["page"] == [
        "Choose a page with a code of conduct or a complaints policy."
    ]


def test_it_does_not_close_before_it_opens(
    make_consultation: Callable[..., Consultation],
) -> None:
    with pytest.raises(ValidationError) as refusal:
        make_consultation(closes_on=TODAY() - DAY)

    assert refusal.value.messages == ["It would close before it opens. Choose a later last day."]


def test_what_the_last_edition_changed_is_not_taken_for_what_the_draft_changes(
    drafted: CodeOfConductPage, make_consultation: Callable[..., Consultation]
) -> None:
    drafted.what_changed, drafted.approved_on = "Letters, too.", TODAY()
    publish(drafted)
    again = CodeOfConductPage.objects.get(pk=drafted.pk)
    again.scope = "Pianos, too."
    again.save_revision(clean=False)
    silent = make_consultation("silent")
    again.what_changed = "Pianos are covered."
    again.save_revision(clean=False)
    told = make_consultation("told")

    assert silent.texts.get().content["what_changed"] == ""
    assert told.texts.get().content["what_changed"] == "Pianos are covered."
