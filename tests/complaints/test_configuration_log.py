"""Every change of rules and words is kept with what stood there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction
from wagtail.log_actions import LogContext
from wagtail.models import Site

from complaints.configuration_log import kept_fields, watch, watched_models
from complaints.models import (
    Absence,
    AuthorityLimit,
    Category,
    Cause,
    Competence,
    ConfigurationChange,
    ExtraOption,
    ExtraQuestion,
    HandlingSettings,
    Holiday,
    RemedyKind,
    Team,
    TeamMember,
)
from conduct.models import Organisation
from tests import people

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def _question() -> ExtraQuestion:
    return ExtraQuestion.objects.create(code="size", label="Which size?")


#: How to make one of each, a field to change, and to what.
ROWS: dict[type[models.Model], tuple[Callable[[Any, Site], models.Model], str, Any, Any]] = {
    HandlingSettings: (
        lambda user, site: HandlingSettings.objects.create(site=site), "answer_days", 20, 15,
    ),
    Organisation: (
        lambda user, site: Organisation.objects.create(site=site), "email", "", "hello@example.org",
    ),
    Category: (
        lambda user, site: Category.objects.create(code="late", name="Late"),
        "name_de", None, "Zu spät",
    ),
    Cause: (
        lambda user, site: Cause.objects.create(code="staff", name="Too few people"),
        "is_active", True, False,
    ),
    RemedyKind: (
        lambda user, site: RemedyKind.objects.create(code="money", name="Money", family="money"),
        "family", "money", "goodwill",
    ),
    Team: (lambda user, site: Team.objects.create(name="Shop"), "name_ar", None, "المتجر"),
    TeamMember: (
        lambda user, site: TeamMember.objects.create(user=user, team=people.make_team()),
        "authority_limit", "0", "75.50",
    ),
    Holiday: (
        lambda user, site: Holiday.objects.create(day=DAY, name="Spring"),
        "day", "2026-03-02", "2026-03-03",
    ),
    Competence: (
        lambda user, site: Competence.objects.create(user=user, subject="Law", gained_on=DAY),
        "expires_on", None, "2027-03-02",
    ),
    Absence: (
        lambda user, site: Absence.objects.create(user=user, first_day=DAY, last_day=DAY),
        "last_day", "2026-03-02", "2026-03-09",
    ),
    AuthorityLimit: (
        lambda user, site: AuthorityLimit.objects.create(role="lead", amount=Decimal(10)),
        "role", "lead", "handler",
    ),
    ExtraQuestion: (lambda user, site: _question(), "required", False, True),
    ExtraOption: (
        lambda user, site: ExtraOption.objects.create(question=_question(), code="s", label="S"),
        "label_ko", None, "작음",
    ),
}  # fmt: skip
TYPES = {"authority_limit": Decimal, "day": date.fromisoformat, "last_day": date.fromisoformat,
         "expires_on": date.fromisoformat}  # fmt: skip


def changes(model: type[models.Model]) -> list[ConfigurationChange]:
    rows = ConfigurationChange.objects.filter(model=model._meta.label_lower)
    return list(rows.order_by("pk"))


def test_the_table_makes_one_of_everything_that_is_watched() -> None:
    assert set(ROWS) <= set(watched_models().values())


@pytest.mark.requirement("10002-5.4.2")
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_adding_changing_and_deleting_keep_before_after_and_who(model: type[Any]) -> None:
    user = people.make_quality()
    site = Site.objects.get(is_default_site=True)
    make, field, before, after = ROWS[model]
    with LogContext(user=user):
        row = make(user, site)
        pk = str(row.pk)
        setattr(row, field, TYPES.get(field, lambda value: value)(after))
        row.save()
        row.delete()
    added, changed, deleted = changes(model)
    assert [c.what for c in (added, changed, deleted)] == ["added", "changed", "deleted"]
    assert {c.user for c in (added, changed, deleted)} == {user}
    assert {c.row for c in (added, changed, deleted)} == {pk}
    assert (added.before, deleted.after) == ({}, {})
    assert (changed.before, changed.after) == ({field: added.after[field]}, {field: after})
    assert str(added.after[field] or "").rstrip("0.") == str(before or "").rstrip("0.")
    assert deleted.before == added.after | {field: after}
    assert set(added.after) == {f.attname for f in kept_fields(model)}


def test_a_save_that_changes_nothing_writes_nothing() -> None:
    category = Category.objects.create(code="late", name="Late")
    site = Site.objects.get(is_default_site=True)
    rules = HandlingSettings.objects.create(site=site)
    assert len(changes(Category)) == len(changes(HandlingSettings)) == 1
    category.save()
    # What a form gives is another type than what the database has.
    rules.day_ends_at, rules.verify_above, rules.answer_days = "17:00", "100", 20
    rules.save()
    assert len(changes(Category)) == len(changes(HandlingSettings)) == 1


def test_every_language_has_its_own_before_and_after() -> None:
    category = Category.objects.create(code="late", name="Late", name_de="Spät")
    category.name_de, category.name_ko = "Zu spät", "늦음"
    category.save()
    change = changes(Category)[-1]
    assert change.before == {"name_de": "Spät", "name_ko": None}
    assert change.after == {"name_de": "Zu spät", "name_ko": "늦음"}
    assert "name" not in changes(Category)[0].after


@pytest.mark.requirement("10002-5.4.2")
def test_what_is_rolled_back_leaves_no_trace() -> None:
    category = Category.objects.create(code="late", name="Late")
    with transaction.atomic():
        category.name_en = "Never"
        category.save()
        assert len(changes(Category)) == 2
        transaction.set_rollback(True)
    assert [change.what for change in changes(Category)] == ["added"]


def test_outside_the_admin_it_is_kept_without_a_person() -> None:
    Team.objects.create(name="Shop")
    assert [change.user for change in changes(Team)] == [None]


def test_what_goes_with_something_else_is_kept_as_well() -> None:
    user, team = people.make_quality(), people.make_team()
    people.join(user, team, is_lead=True)
    team.delete()
    gone = changes(TeamMember)[-1]
    assert (gone.what, gone.before["user_id"], gone.before["is_lead"]) == ("deleted", user.pk, True)


def test_a_model_that_is_watched_twice_is_kept_once() -> None:
    watch(Team)
    watch(Team)
    Team.objects.create(name="Shop")
    assert len(changes(Team)) == 1


def test_the_cost_of_a_save_is_known(django_assert_num_queries: Any) -> None:
    category = Category.objects.create(code="late", name="Late")
    # Read, save, read again.
    with django_assert_num_queries(3):
        category.save()
    category.order = 9
    with django_assert_num_queries(4):
        category.save()
