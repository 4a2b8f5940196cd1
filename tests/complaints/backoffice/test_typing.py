"""What staff type is kept for them alone until it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from complaints.automation import run_clocks
from complaints.kept_writing import keep, kept
from complaints.models import Case, Involvement, WritingDraft
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case

pytestmark = pytest.mark.django_db
WORDS = "Dear Kim, the depot says"


def draft_url(case: Case, action: str) -> str:
    return reverse("conduct_complaints_admin:draft", args=[case.reference, action])


def action_url(case: Case, action: str, query: str = "") -> str:
    return reverse("conduct_complaints_admin:action", args=[case.reference, action]) + query


def case_url(case: Case, query: str = "") -> str:
    return reverse("conduct_complaints_admin:case", args=[case.reference]) + query


@pytest.fixture
def case(staff: Staff) -> Case:
    return make_case("investigating")


def test_what_is_typed_is_kept_once_and_the_last_counts(
    browse: Browse, staff: Staff, case: Case
) -> None:
    client = browse(staff.handler)
    for text in ("Dear", WORDS):
        response = client.post(draft_url(case, "update"), {"text": text, "version": "3"})
        assert (response.status_code, response.content) == (204, b"")
    [draft] = kept(case, staff.handler, timezone.now())
    assert (draft.action, draft.pairs) == ("update", [("text", WORDS)])


def test_the_database_cannot_read_it(staff: Staff, case: Case) -> None:
    keep(case, staff.handler, "update", [("text", WORDS)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM conduct_complaints_writingdraft")
        [[stored]] = cursor.fetchall()
    assert stored.startswith("enc1:")
    assert "depot" not in stored


def test_nothing_typed_keeps_nothing(staff: Staff, case: Case) -> None:
    keep(case, staff.handler, "update", [("text", WORDS)])
    keep(case, staff.handler, "update", [("text", "  "), ("version", "3")])
    assert not WritingDraft.objects.exists()


def test_it_is_offered_where_the_form_is_opened_again_and_used_on_request(
    browse: Browse, staff: Staff, case: Case
) -> None:
    client = browse(staff.handler)
    keep(case, staff.handler, "update", [("text", WORDS)])
    page = client.get(action_url(case, "update")).content.decode()
    assert "is still here" in page
    assert WORDS not in page
    page = client.get(action_url(case, "update", "?draft=use")).content.decode()
    assert f"\n{WORDS}</textarea>" in page
    assert "is still here" not in page
    assert "Nothing was done yet" not in page


def test_several_values_of_one_field_come_back(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    keep(
        case, staff.handler, "assess", [("severity", "4"), ("complexity", "high"), ("safety", "on")]
    )
    response = browse(staff.handler).get(action_url(case, "assess", "?draft=use"))
    form = response.context["form"]
    assert [form[name].value() for name in ("severity", "complexity", "safety")] == [
        "4", "high", True,
    ]  # fmt: skip
    assert form["version"].value() == str(case.version)


def test_the_boxes_of_the_case_page_are_offered_and_filled(
    browse: Browse, staff: Staff, case: Case
) -> None:
    client = browse(staff.handler)
    client.post(draft_url(case, "write"), {"text": WORDS})
    client.post(draft_url(case, "note"), {"text": "Only for us"})
    page = client.get(case_url(case)).content.decode()
    assert page.count("is still here") == 2
    page = client.get(case_url(case, "?draft=write")).content.decode()
    assert f">{WORDS}</textarea>" in page
    assert page.count("is still here") == 1


def test_it_goes_when_it_is_thrown_away(browse: Browse, staff: Staff, case: Case) -> None:
    keep(case, staff.handler, "update", [("text", WORDS)])
    keep(case, staff.lead, "update", [("text", "Mine")])
    browse(staff.handler).post(draft_url(case, "update"), {"throw_away": "1"})
    assert [draft.user for draft in WritingDraft.objects.all()] == [staff.lead]


@pytest.mark.parametrize("box", ["note", "write"])
def test_it_goes_when_the_action_is_done_and_not_before(
    box: str, browse: Browse, staff: Staff, case: Case
) -> None:
    action = "note" if box == "note" else "update"
    keep(case, staff.handler, box, [("text", WORDS)])
    client = browse(staff.handler)
    client.post(action_url(case, action), {"text": ""})
    assert WritingDraft.objects.count() == 1
    client.post(action_url(case, action), {"text": WORDS, "confirmed": "1"})
    assert case.messages.filter(body=WORDS).exists()
    assert not WritingDraft.objects.exists()


def test_it_goes_after_two_weeks(staff: Staff, case: Case) -> None:
    keep(case, staff.handler, "note", [("text", WORDS)])
    keep(case, staff.handler, "update", [("text", WORDS)])
    now = timezone.now()
    WritingDraft.objects.filter(action="note").update(changed_at=now - timedelta(days=14))
    assert [draft.action for draft in kept(case, staff.handler, now)] == ["update"]
    run_clocks(now)
    assert [draft.action for draft in WritingDraft.objects.all()] == ["update"]


def named(case: Case) -> Any:
    user = people.make_admin("named")
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at
    )
    return user


#: What keeping something is answered with.
WHO: dict[str, tuple[Callable[[Case], Any], int]] = {
    "handler": (lambda case: Staff().handler, 204),
    "lead": (lambda case: Staff().lead, 204),
    "privacy": (lambda case: people.make_privacy(), 404),
    "quality": (lambda case: people.make_quality(), 404),
    "auditor": (lambda case: people.make_auditor(), 404),
    "other team": (lambda case: people.make_handler("o", team=people.make_team("B")), 404),
    "named admin": (named, 404),
    "editor": (lambda case: people.make_editor(), 302),
}


@pytest.mark.parametrize("who", WHO)
def test_only_who_writes_on_the_case_keeps_something(
    who: str, browse: Browse, staff: Staff, case: Case
) -> None:
    make, status = WHO[who]
    response = browse(make(case)).post(draft_url(case, "note"), {"text": WORDS})
    assert response.status_code == status
    assert WritingDraft.objects.count() == (1 if status == 204 else 0)


@pytest.mark.parametrize("who", WHO)
def test_nobody_reads_what_another_types(
    who: str, browse: Browse, staff: Staff, case: Case
) -> None:
    writer = people.make_admin("writer")
    for action in ("note", "update", "write"):
        keep(case, writer, action, [("text", WORDS)])
    user = WHO[who][0](case)
    client = browse(user)
    pages = [
        client.get(url).content.decode()
        for url in (
            case_url(case), case_url(case, "?draft=write"), case_url(case, "?draft=note"),
            action_url(case, "note", "?draft=use"),
        )
    ]  # fmt: skip
    assert [WORDS in page for page in pages] == [False] * 4
    assert ["is still here" in page for page in pages] == [False] * 4


def test_an_unknown_action_and_too_much_are_refused(
    browse: Browse, staff: Staff, case: Case
) -> None:
    client = browse(staff.handler)
    assert client.post(draft_url(case, "no-such"), {"text": "x"}).status_code == 404
    assert client.post(draft_url(case, "note"), {"text": "x" * 200_001}).status_code == 413
    assert client.get(draft_url(case, "note")).status_code == 405
    assert not WritingDraft.objects.exists()


def test_a_key_that_is_gone_does_not_close_the_case(
    browse: Browse, staff: Staff, settings: Any
) -> None:
    case = make_case("investigating", complainant={})
    keep(case, staff.handler, "note", [("text", WORDS)])
    WritingDraft.objects.update(changed_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE conduct_complaints_writingdraft SET typed = 'enc1:garbage'")
    assert browse(staff.handler).get(case_url(case)).status_code == 200


def test_without_scripts_the_forms_are_what_they_were(
    browse: Browse, staff: Staff, case: Case
) -> None:
    page = browse(staff.handler).get(action_url(case, "note")).content.decode()
    assert f'data-keep="{draft_url(case, "note")}"' in page
    assert "js/typing.js" in page
    # The script says its words itself: without it there is nothing to see.
    assert '<span data-keep-said role="status"></span>' in page
