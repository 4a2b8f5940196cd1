"""Launch tasks of an edition, and objectives that are part of its text."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conduct.blocks import DocumentBlock
from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition, LaunchTask
from tests.people import make_editor, make_user

TASKS = "wagtailsnippets_conduct_launchtask"
CODE = "/en/code-of-conduct/"
OBJECTIVE = {
    "objective": "Fewer late parcels",
    "metric": "Parcels later than promised",
    "baseline": "8 %",
    "target": "4 %",
    "date": "2027-12-31",
}


def words(node: Any) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def with_objective(page: CodeOfConductPage, **changes: str) -> CodeOfConductPage:
    page = CodeOfConductPage.objects.get(pk=page.pk)
    raw = [
        *page.body.raw_data,
        {"type": "objectives", "value": {"objectives": [OBJECTIVE | changes]}},
    ]
    page.body = raw
    return page


@pytest.mark.requirement("10001-4.2")
def test_a_new_edition_gets_its_three_tasks_once(code_draft: CodeOfConductPage) -> None:
    code_draft.accountable = make_user("dana")
    edition = publish(code_draft)
    publish(CodeOfConductPage.objects.get(pk=code_draft.pk))  # nothing changed

    tasks = list(LaunchTask.objects.order_by("pk"))
    assert [task.kind for task in tasks] == ["adoption", "integration", "dissemination"]
    assert {task.edition for task in tasks} == {edition}
    assert {task.owner.username for task in tasks if task.owner} == {"dana"}
    assert {task.due_on for task in tasks} == {timezone.localdate() + dt.timedelta(days=30)}
    assert tasks[2].task == "Customers learn of it wherever they deal with us."


def test_they_are_due_on_the_day_it_comes_into_force_where_that_lies_ahead(
    code_draft: CodeOfConductPage,
) -> None:
    code_draft.effective_date = timezone.localdate() + dt.timedelta(days=90)
    code_draft.review_date = code_draft.effective_date + dt.timedelta(days=365)
    publish(code_draft)

    assert {task.due_on for task in LaunchTask.objects.all()} == {code_draft.effective_date}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"evidence": ""}, "evidence"), ({"done_on": dt.date(2999, 1, 1)}, "done_on")],
)
def test_done_means_a_day_and_evidence(
    edition: Edition, changes: dict[str, Any], field: str
) -> None:
    task = LaunchTask.objects.all()[0]
    values = {"done_on": timezone.localdate(), "evidence": "Minutes of 3 May"} | changes
    for name, value in values.items():
        setattr(task, name, value)

    with pytest.raises(ValidationError) as refusal:
        task.full_clean()

    assert list(refusal.value.message_dict) == [field]


@pytest.mark.requirement("10001-4.2")
def test_overdue_tasks_are_marked_and_found(client: Client, edition: Edition) -> None:
    late, done, _open = LaunchTask.objects.order_by("pk")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    LaunchTask.objects.filter(pk__in=[late.pk, done.pk]).update(due_on=yesterday)
    LaunchTask.objects.filter(pk=done.pk).update(done_on=yesterday, evidence="Minutes")
    client.force_login(make_editor())

    page = BeautifulSoup(client.get(reverse(f"{TASKS}:list")).content, "html.parser")
    found = client.get(reverse(f"{TASKS}:list") + "?standing=overdue").context["object_list"]

    tags = [words(tag) for tag in page.select("table .w-status")]
    assert sorted(tags) == ["Done", "Open", "Overdue"]
    assert list(found) == [late]
    home = words(BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser"))
    assert "1 launch task is overdue" in home


def test_the_list_needs_as_many_queries_for_thirty_tasks_as_for_three(
    client: Client, edition: Edition
) -> None:
    client.force_login(make_editor())

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get(reverse(f"{TASKS}:list"))
        return len([q for q in context if 'FROM "conduct_' in q["sql"]])

    with_three = queries()
    for number in range(17):
        LaunchTask.objects.create(
            edition=edition, kind="adoption", what=f"{number}", due_on=timezone.localdate()
        )

    assert queries() == with_three


@pytest.mark.requirement("10001-6.1")
@pytest.mark.parametrize("field", list(OBJECTIVE))
def test_an_objective_needs_every_field(db: None, field: str) -> None:
    block = DocumentBlock().child_blocks["objectives"]
    value = block.to_python({"objectives": [OBJECTIVE | {field: ""}]})

    with pytest.raises(ValidationError):
        block.clean(value)

    assert block.clean(block.to_python({"objectives": [OBJECTIVE]}))


@pytest.mark.requirement("10001-6.1")
def test_objectives_are_frozen_into_the_edition_and_shown(
    client: Client, code_draft: CodeOfConductPage
) -> None:
    publish(with_objective(code_draft))
    page = BeautifulSoup(client.get(CODE).content, "html.parser")

    part = Edition.objects.get().text_in("en").parts[-1]  # type: ignore[union-attr]
    assert part == {"kind": "objectives", "objectives": [OBJECTIVE]}
    card = next(node for node in page.select("article.card") if "Fewer late" in words(node))
    assert words(card) == (
        "Fewer late parcels How it is measured Parcels later than promised Now 8 % Target 4 % "
        "To be reached by 31 December 2027"
    )


def test_another_target_is_another_edition_and_shows_in_the_comparison(
    client: Client, code_draft: CodeOfConductPage
) -> None:
    publish(with_objective(code_draft))
    page = CodeOfConductPage.objects.get(pk=code_draft.pk)
    raw = [dict(part) for part in page.body.raw_data if part["type"] != "objectives"]
    higher = {"objectives": [OBJECTIVE | {"target": "3 %"}]}
    page.body = [*raw, {"type": "objectives", "value": higher}]
    page.what_changed, page.approved_on = "We aim higher.", timezone.localdate()
    second = publish(page)

    assert second is not None
    changes = BeautifulSoup(client.get(f"{CODE}editions/2/changes/").content, "html.parser")
    marks = [words(mark) for mark in changes.find_all(["ins", "del"])]
    assert marks == ["removed: 4 (end of what was removed)", "added: 3 (end of what was added)"]
