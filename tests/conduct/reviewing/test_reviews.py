"""Review records: what a decision needs, what is known, and that it stays as it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conduct.editions import publish
from conduct.following.clarity import record
from conduct.models import CodeOfConductPage, Edition, Promise, Review
from conduct.models.review import ReviewIsDecided
from conduct.reviewing import known
from tests.people import make_admin, make_editor

REVIEWS = "wagtailsnippets_conduct_review"
CODE = "/en/code-of-conduct/"
NOW = dt.datetime(2026, 11, 28, 12, tzinfo=timezone.get_default_timezone())
WITHOUT = "A review can't be decided without this. Fill it in."


def decided(review: Review) -> Review:
    review.decide()
    review.save()
    return review


def form(edition: Edition, **changes: str) -> dict[str, str]:
    return {
        "edition": str(edition.pk),
        "held_on": "2026-11-02",
        "held_by": "Head of customer care",
        "suitability": "It fits.",
        "adequacy": "Letters are missing.",
        "effectiveness": "Kept.",
        "efficiency": "Cheap.",
        "decision": "amend",
        "reason": "Letters are asked for.",
        "effective_on": "2027-03-01",
        "next_review_on": "2027-11-02",
        "notice_en": "Letters will be covered.",
        "decide": "on",
    } | changes


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"suitability": ""}, ["suitability"]),
        ({"decision": ""}, ["decision"]),
        ({"reason": ""}, ["reason"]),
        ({"next_review_on": None}, ["next_review_on"]),
        ({"decision": "amend"}, ["notice", "effective_on"]),
        ({"decision": "withdraw", "next_review_on": None}, ["notice", "effective_on"]),
    ],
)
def test_a_decision_needs_its_findings_and_what_customers_must_know(
    make_review: Callable[..., Review], changes: dict[str, object], missing: list[str]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        make_review(**changes).decide()

    assert refusal.value.message_dict == {name: [WITHOUT] for name in missing}


def test_an_unfinished_review_is_kept_and_a_decided_one_never_changes(
    make_review: Callable[..., Review],
) -> None:
    review = make_review(suitability="")
    review.save()
    review.suitability = "It fits."
    decided(review)
    review.reason = "Another reason."

    with pytest.raises(ReviewIsDecided):
        review.save()
    with pytest.raises(ReviewIsDecided):
        Review.objects.update(reason="Another reason.")
    with pytest.raises(ReviewIsDecided):
        review.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE conduct_review SET reason = 'Another reason.'")

    assert Review.objects.get().reason == "It works."


@pytest.mark.requirement("10001-8.4")
def test_an_editor_decides_a_review_and_readers_get_the_notice_with_its_date(
    client: Client, edition: Edition
) -> None:
    client.force_login(make_editor())

    response = client.post(reverse(f"{REVIEWS}:add"), form(edition))

    assert response.status_code == 302, response.context["form"].errors
    assert Review.objects.get().is_decided
    page = BeautifulSoup(Client().get(CODE).content, "html.parser")
    words = re.sub(r"\s+", " ", page.get_text(" "))
    assert "This will change on 1 March 2027. Letters will be covered." in words
    assert "We look at it again by 2 November 2027" in words


def test_the_form_says_at_each_field_what_is_missing(client: Client, edition: Edition) -> None:
    client.force_login(make_editor())

    response = client.post(reverse(f"{REVIEWS}:add"), form(edition, notice_en="", efficiency=""))

    assert response.context["form"].errors == {"notice_en": [WITHOUT], "efficiency": [WITHOUT]}
    assert Review.objects.count() == 0


def test_a_decided_review_is_looked_at_and_neither_edited_nor_deleted(
    client: Client, make_review: Callable[..., Review]
) -> None:
    review = decided(make_review())
    client.force_login(make_admin())
    inspect = reverse(f"{REVIEWS}:inspect", args=[review.pk])
    address = reverse(f"{REVIEWS}:edit", args=[review.pk])

    assert client.get(address)["Location"] == inspect
    assert client.post(address, form(review.edition))["Location"] == inspect
    assert client.get(inspect).status_code == 200
    client.post(reverse(f"{REVIEWS}:delete", args=[review.pk]))
    assert Review.objects.get().reason == "It works."


@pytest.mark.requirement("10001-8.4")
def test_an_amended_code_keeps_the_old_text(
    client: Client, code_draft: CodeOfConductPage, make_review: Callable[..., Review]
) -> None:
    notice = {"notice_en": "Letters come.", "effective_on": dt.date(2026, 12, 1)}
    decided(make_review(decision="amend", **notice))
    page = CodeOfConductPage.objects.get(pk=code_draft.pk)
    page.scope, page.what_changed = "Parcels and letters.", "Letters, too."
    page.approved_on = page.effective_date = timezone.localdate()
    publish(page)

    assert "Parcels sent within the country." in client.get(f"{CODE}editions/1/").content.decode()
    assert "Letters come." not in client.get(CODE).content.decode()  # it is here


def test_the_form_shows_what_is_known_and_what_other_apps_add(
    client: Client, edition: Edition, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_sources", [])
    clarity = known.Known("Was it clear?", ("Yes: 9 of 10.",))
    known.register(lambda about, now: clarity if about == edition else None)
    client.force_login(make_editor())

    page = BeautifulSoup(client.get(reverse(f"{REVIEWS}:add")).content, "html.parser")
    words = re.sub(r"\s+", " ", page.get_text(" "))

    assert "D1: Not measured yet." in words
    assert "Was it clear? Yes: 9 of 10." in words


@pytest.mark.requirement("10001-4.6")
def test_what_readers_found_clear_feeds_the_review(edition: Edition) -> None:
    for is_clear in (True, True, True, False):
        record(edition, language="en", is_clear=is_clear, words="")

    found = {str(one.heading): one.sentences for one in known.known_about(edition, NOW)}

    assert found["Was this clear and useful?"] == (
        "75\u00a0% of 4 (95 per cent interval: 30\u00a0% to 95\u00a0%)",
    )


def test_what_is_known_counts_its_age_and_names_the_last_decision(
    edition: Edition, make_review: Callable[..., Review]
) -> None:
    decided(make_review())

    assert known.age(edition, NOW).sentences == (
        "In force since 1 March 2025, for 637 days.",
        "Last review on 2 November 2026: Keep it as it is.",
    )


@pytest.mark.parametrize(
    ("decision", "ahead", "told"),
    [
        ("keep", 1, ""),
        ("amend", 1, "change"),
        ("amend", 0, "change"),
        ("amend", -1, ""),
        ("withdraw", 1, "withdrawal"),
        ("withdraw", -1, "withdrawn"),
    ],
)
def test_readers_are_told_of_a_change_until_its_day_and_of_a_withdrawal_for_good(
    make_review: Callable[..., Review], decision: str, ahead: int, told: str
) -> None:
    day = dt.date(2027, 3, 1)
    review = make_review(
        decision=decision, notice_en="News.", effective_on=day + dt.timedelta(days=ahead)
    )

    assert review.announces(day) == told
