"""What is exported and imported again is the same, for every table, in every language."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from wagtail.models import Site

from complaints.models import (
    AuthorityLimit,
    Category,
    Cause,
    Competence,
    ExtraOption,
    ExtraQuestion,
    HandlingSettings,
    Holiday,
    RemedyKind,
    ReplyTemplate,
    Team,
)
from complaints.transfer.files import read, write
from complaints.transfer.importing import carry_out, preview
from complaints.transfer.registry import all_tables, table_of
from conduct.models import MeasuredValue
from tests import people
from tests.complaints.transfer.conftest import LANGUAGES, exported, in_all_languages

pytestmark = pytest.mark.django_db


def fill() -> None:
    """Rows with all that a column can hold: a tree, words of every script, what looks like a
    formula, line breaks, people."""
    team = Team.objects.create(**in_all_languages("name"))
    goods = Category.objects.create(
        code="goods", team=team, order=3, **in_all_languages("name", "!")
    )
    late = Category.objects.create(
        code="late",
        parent=goods,
        is_active=False,
        **in_all_languages("name"),
        **in_all_languages("quick_way", "\r\n=1+1, “x”; 'y'\n\tz"),
    )
    # The child comes first in the order of the list.
    Category.objects.create(code="a", parent=late, name_en="=cmd|'/c calc'!A0")  # type: ignore[misc]
    RemedyKind.objects.create(
        code="refund", family=RemedyKind.Family.MONEY, order=1, **in_all_languages("name", " '-x")
    )
    Holiday.objects.create(day=date(2026, 12, 25), **in_all_languages("name"))
    process = Cause.objects.create(code="process", **in_all_languages("name"))
    Cause.objects.create(code="handover", parent=process, name_en="=Hand-over")  # type: ignore[misc]
    refund = RemedyKind.objects.get(code="refund")
    for kind in (None, refund):
        AuthorityLimit.objects.create(role="handler", remedy_kind=kind, amount=Decimal("30.50"))
    ReplyTemplate.objects.create(
        code="sorry", stage="update", category=goods,
        **in_all_languages("name"), **in_all_languages("body", " – {reference}"),
    )  # fmt: skip
    HandlingSettings.for_site(Site.objects.get(is_default_site=True))
    how = ExtraQuestion.objects.create(
        code="how", kind="choice", category=goods, order=1, **in_all_languages("label")
    )
    for number, code in enumerate(("late", "wet")):
        option = ExtraOption.objects.create(
            question=how, code=code, sort_order=number, **in_all_languages("label", f": {code}")
        )
    ExtraQuestion.objects.create(
        code="how-wet", only_if=option, order=2, required=True, **in_all_languages("label", "?")
    )
    people.join(people.make_handler("kim", team=people.make_team("Other")), team)
    people.join(
        people.make_lead("lee", team=people.make_team("Other")),
        team,
        is_lead=True,
        authority_limit=Decimal("250.50"),
    )
    kim = get_user_model().objects.get(username="kim")
    for about in (None, goods):
        Competence.objects.create(
            user=kim, subject="@first aid", category=about, gained_on=date(2026, 1, 5)
        )


def stored(model: Any) -> list[dict[str, Any]]:
    """Every column but the numbers of the rows, which a file doesn't know."""
    rows = [
        {f.name: getattr(row, f.name) for f in model._meta.concrete_fields if not f.primary_key}
        for row in model.objects.order_by("pk")
    ]
    for row in rows:
        for name, value in row.items():
            if hasattr(value, "_meta"):
                row[name] = str(getattr(value, "code", "") or value.name_en)
    if model is Team:
        for row, team in zip(rows, Team.objects.order_by("pk"), strict=True):
            row["members"] = sorted(
                team.memberships.values_list("user__username", "is_lead", "authority_limit")
            )
    return sorted(rows, key=str)


TRIED = [
    Category, RemedyKind, Holiday, Team, Cause, AuthorityLimit, Competence, ReplyTemplate,
    ExtraQuestion, HandlingSettings,
]  # fmt: skip
MODELS = [resource._meta.model for resource in all_tables()]


def test_every_table_is_tried_here() -> None:
    # Measured values have tests of their own (test_measured_values).
    assert set(MODELS) - {MeasuredValue} == set(TRIED)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", TRIED)
def test_a_table_read_back_changes_nothing(model: Any, kind: str) -> None:
    fill()
    found = preview(table_of(model), exported(model, kind))
    assert (found.problems, found.changes) == ([], [])
    assert found.unchanged == model.objects.count() > 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_read_into_an_empty_house_makes_the_same_rows(kind: str, quality: Any) -> None:
    fill()
    order = [Team, Category, RemedyKind, Holiday]
    before = {model: stored(model) for model in order}
    files = {model: exported(model, kind) for model in order}
    ExtraQuestion.objects.update(category=None)
    Category.objects.update(parent=None)
    for model in reversed(order):
        model.objects.all().delete()
    for model in order:
        found = preview(table_of(model), files[model])
        assert found.problems == []
        assert not model.objects.exists()
        done = carry_out(table_of(model), files[model], digest=found.digest, user=quality)
        assert done == found
        assert stored(model) == before[model]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_the_same_in_whatever_language_it_is_exported_and_imported(
    language: str, quality: Any
) -> None:
    fill()
    resource = table_of(Category)
    english = resource().table()
    with translation.override(language):
        assert resource().table() == english
        headings, rows = english
        changed = [[*row] for row in rows]
        place = headings.index("order")
        for row in changed:
            row[place] += 10
        file = read(io.BytesIO(write("xlsx", headings, changed)))
        found = preview(resource, file)
        assert [len(change.differences) for change in found.changed] == [1, 1, 1]
        carry_out(resource, file, digest=found.digest, user=quality)
        assert resource().table()[1] == sorted(changed, key=lambda row: (row[place], row[0]))
    assert resource().table()[0] == headings


def test_the_columns_are_those_of_the_languages_of_the_host() -> None:
    names = list(in_all_languages("name"))
    quick_ways = list(in_all_languages("quick_way"))
    assert table_of(Category)().table()[0] == [
        "code", *names, "parent", "team", *quick_ways, "needs_training", "order", "is_active",
    ]  # fmt: skip
    assert table_of(Team)().table()[0] == [*names, "members"]
