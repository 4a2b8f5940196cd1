"""The help page says what the action table and the live settings say, for all case staff."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from complaints.access import GROUPS, STAFF_PERMISSIONS
from complaints.backoffice.helping import diagram as drawing
from complaints.backoffice.helping.roles import LABELS, SEES
from complaints.lifecycle import ACTIONS, OPEN_STATES, Action, Role, State
from complaints.models import AuthorityLimit, ClockName, HandlingSettings, Holiday
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case, make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

URL = "conduct_complaints_admin:help"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Tables(HTMLParser):
    """The rows of every table under its caption, each cell as plain text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._caption, self._in_caption, self._cell = "", False, ""
        self._in_cell, self._row = False, []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "caption":
            self._in_caption, self._caption = True, ""
        elif tag == "tr":
            self._row = []
        elif tag in {"td", "th"}:
            self._in_cell, self._cell = True, ""

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self._caption += data
        elif self._in_cell:
            self._cell += f"{data} "

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._in_caption = False
            self.found.setdefault(self._caption.strip(), [])
        elif tag in {"td", "th"}:
            self._in_cell = False
            self._row.append(" ".join(self._cell.split()))
        elif tag == "tr" and self._caption.strip() in self.found:
            self.found[self._caption.strip()].append(self._row)


def tables(client: Client, **query: Any) -> dict[str, list[list[str]]]:
    page = client.get(reverse(URL), query).content.decode()
    return {name: rows[1:] for name, rows in Tables(page).found.items()}


@pytest.mark.requirement("QMP-4")
def test_the_table_of_actions_is_the_action_table(browse: Browse, staff: Staff) -> None:
    shown = tables(browse(staff.handler))["Actions"]
    assert len(shown) == len(ACTIONS)
    for row, action in zip(shown, ACTIONS.values(), strict=True):
        label, sources, targets, who, needs, clause = row
        assert label.partition(" Only for:")[0] == str(action.label)
        if action.sources == frozenset(State):
            assert sources == "Any"
        elif action.sources == OPEN_STATES:
            assert sources == "Any but closed"
        else:
            assert set(sources.split(", ")) == {str(State(s).label) for s in action.sources}
        expected = [str(State(target).label) for target in action.targets] or ["The same"]
        assert targets == ", ".join(expected)
        assert set(who.split(", ")) == {str(Role(role).label) for role in action.who}
        assert [str(need.label) for need in action.needs if str(need.label) not in needs] == []
        assert clause == "–" if not action.clause else action.clause[-1] == clause[-1]


@pytest.mark.requirement("QMP-4")
def test_an_action_that_is_added_to_the_table_stands_on_the_page_and_in_the_drawing(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer = Action(
        "refer", "Hand to an outside body", "handed it over", frozenset({State.ANSWERED}),
        (State.REFERRED,), frozenset({Role.LEAD}), clause="annex G",
    )  # fmt: skip
    monkeypatch.setitem(ACTIONS, "refer", refer)
    shown = tables(browse(staff.handler))
    assert shown["Actions"][-1] == [
        "Hand to an outside body", "Answered", "With an outside body", "Team lead", "–",
        "ISO 10002, annex G",
    ]  # fmt: skip
    ways = [row[1:] for row in shown["The way of a case"]]
    assert ["Answered", "With an outside body", "Hand to an outside body"] in ways


@pytest.mark.requirement("QMP-4")
def test_the_drawing_has_every_change_of_state_of_the_table_and_no_other() -> None:
    drawn = {(way.source, way.target, name) for way in drawing.ways() for name in way.actions}
    most = len(State) / 2
    named = {
        (source, target, action.name, max(len(action.sources), len(action.targets)) > most)
        for action in ACTIONS.values()
        for source in action.sources
        for target in action.targets
        if source != target
    }
    special = {way[:3] for way in named if not way[3]}
    leads_on = {source for source, _target, _name in special}
    general = {way[:3] for way in named if way[3] and way[0] in OPEN_STATES - leads_on}
    assert drawn == special | general


def test_no_two_numbers_and_no_two_boxes_of_the_drawing_lie_on_each_other() -> None:
    drawn = drawing.diagram()
    spots = [(line.x, line.y) for line in drawn.lines]
    near = [
        (a, b)
        for index, a in enumerate(spots)
        for b in spots[index + 1 :]
        if abs(a[0] - b[0]) < 18 and abs(a[1] - b[1]) < 18
    ]
    assert near == []
    boxes = drawn.boxes
    assert [box.state for box in boxes] == list(State)
    assert all(a.y + a.height < b.y for a, b in pairwise(boxes))
    assert all(0 < line.x < drawn.width and 0 < line.y < drawn.height for line in drawn.lines)


def test_the_drawing_is_plain_svg_with_a_title(browse: Browse, staff: Staff) -> None:
    page = browse(staff.handler).get(reverse(URL)).content.decode()
    svg = re.search(r"<svg viewBox=.*?</svg>", page, re.DOTALL)
    assert svg
    root = ET.fromstring(svg.group())
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert not [el for el in root.iter() if {"style", "onclick"} & set(el.attrib)]
    assert len([el for el in root.iter() if el.tag == "rect"]) == len(State)


@pytest.mark.requirement("QMP-4")
def test_clocks_calendar_and_approval_are_those_of_the_site_asked_for(
    browse: Browse, staff: Staff
) -> None:
    first = Site.objects.get(is_default_site=True)
    second = Site.objects.create(hostname="shop.example.org", root_page=first.root_page)
    rules = HandlingSettings.for_site(second)
    rules.acknowledge_days, rules.answer_days, rules.answer_days_high = 3, 15, 8
    rules.answer_days_top, rules.silence_days, rules.reopen_days = 2, 11, 90
    rules.working_weekdays, rules.time_zone, rules.verify_above = "71234", "Asia/Seoul", 55
    rules.approval = "serious_only"
    rules.save()
    today = timezone.localdate()
    Holiday.objects.create(day=today + timedelta(days=3), name="Harvest")
    Holiday.objects.create(day=today - timedelta(days=3), name="Long gone")
    client = browse(staff.handler)
    clocks = {row[0]: row[1] for row in tables(client, site=second.pk)["Time limits"]}
    assert clocks == {
        str(ClockName.ACKNOWLEDGE.label): "3 working days",
        str(ClockName.ANSWER.label): (
            "Normal priority: 15 working days; High priority: 8 working days; "
            "Top priority: 2 working days"
        ),
        str(ClockName.REVIEW.label): "15 working days",
        str(ClockName.SILENCE.label): "11 working days",
        str(ClockName.UPDATE.label): "10 working days",
        str(ClockName.REMEDY.label): (
            "By the day that was promised; where none was: 20 working days"
        ),
        "Reopening by the complainant": "90 calendar days",
    }
    page = client.get(reverse(URL), {"site": second.pk}).content.decode()
    assert "Monday, Tuesday, Wednesday, Thursday, Sunday" in page
    for words in ("Asia/Seoul", "Harvest", "Somebody else approves serious answers", "55.00 EUR"):
        assert words in page
    assert "Long gone" not in page
    # Without a choice: the first site's, and for a site that is not there as well.
    for query in ({}, {"site": "999"}, {"site": "x"}):
        assert tables(client, **query)["Time limits"][0][1] == "1 working day"


def test_teams_categories_and_limits_are_the_live_ones(browse: Browse, staff: Staff) -> None:
    parent = make_category()
    make_category("late", name="Late", parent=parent, needs_training=True)
    make_category("old", name="No longer offered", is_active=False)
    AuthorityLimit.objects.create(
        role="handler", remedy_kind=make_remedy_kind(), amount=Decimal(50)
    )
    AuthorityLimit.objects.create(role="lead", amount=Decimal(500), currency="CHF")
    shown = tables(browse(staff.handler))
    assert shown["Teams"] == [["Customer care", "Lead", "2"]]
    assert shown["Categories"] == [
        ["Delivery", "–", "Customer care", "–"],
        ["Late", "Delivery", "Customer care", "Only for trained staff"],
    ]
    assert shown["Authority limits"] == [
        ["Case handlers", "Refund", "50.00 EUR"],
        ["Team leads", "Every other kind", "500.00 CHF"],
    ]


def test_every_permission_is_told_with_the_groups_that_give_it(
    browse: Browse, staff: Staff
) -> None:
    assert set(SEES) == set(LABELS) == set(STAFF_PERMISSIONS)
    people.make_handler("gone", is_active=False)
    extra = Group.objects.create(name="Night shift")
    extra.permissions.set(Group.objects.get(name="Case handlers").permissions.all())
    rows = {row[0]: row for row in tables(browse(staff.handler))["Roles"]}
    # The handler, who is active; leads may handle as well.
    assert rows["Case handler"][1] == (
        "Case handlers ( 1 person ), Night shift ( 0 people ), Team leads ( 1 person )"
    ).replace("( ", "(").replace(" )", ")")
    assert set(rows) == {str(label) for label in LABELS.values()} | {
        str(role.label) for role in (Role.COMPLAINANT, Role.SYSTEM)
    }
    told = " ".join(row[1] for row in rows.values())
    assert [name for name in GROUPS if name not in told] == []


WHO: dict[str, tuple[Callable[[], Any], int]] = {
    "handler": (lambda: Staff().handler, 200),
    "lead": (lambda: Staff().lead, 200),
    "quality": (people.make_quality, 200),
    "auditor": (people.make_auditor, 200),
    "privacy": (people.make_privacy, 200),
    "admin": (people.make_admin, 200),
    "editor": (people.make_editor, 302),
    "inactive": (lambda: people.make_handler("gone", is_active=False), 302),
}


@pytest.mark.parametrize("who", WHO)
def test_all_case_staff_may_read_it_and_find_it_in_the_menu(who: str, browse: Browse) -> None:
    make, status = WHO[who]
    client = browse(make())
    assert client.get(reverse(URL)).status_code == status
    if who != "inactive":
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse(URL) in home) is (status == 200)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_renders_in_every_language(language: str, browse: Browse, staff: Staff) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=staff.handler, preferred_language=language)
    page = browse(staff.handler).get(reverse(URL))
    assert page.status_code == 200
    with translation.override(language):
        assert str(State.INVESTIGATING.label) in page.content.decode()


def test_it_costs_the_same_for_few_and_for_many(
    browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    make_category()
    client = browse(staff.handler)
    client.get(reverse(URL))
    with django_assert_num_queries(19):
        client.get(reverse(URL))
    for number in range(12):
        make_category(f"c{number}")
        people.make_lead(f"lead{number}", team=people.make_team(f"Team {number}"))
        Holiday.objects.create(day=date(timezone.localdate().year + 1, 1, number + 1), name="X")
        Group.objects.create(name=f"Group {number}")
    with django_assert_num_queries(19):
        client.get(reverse(URL))


def test_it_names_no_case_and_nobody_who_complained(browse: Browse, staff: Staff) -> None:
    case = make_case()
    page = browse(staff.lead).get(reverse(URL)).content.decode()
    assert case.reference not in page
    assert "Kim Min-ji" not in page
