"""Saved lists: what they keep, who may use them, what each person finds in them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.filters import kept_query, narrowed
from complaints.backoffice.saved_menu import COUNTED, count_words
from complaints.lifecycle import Kind
from complaints.models import Case, Category, Involvement, ListColumns, SavedList
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_listing import list_url, listed
from tests.complaints.backoffice.test_permissions import LOGIN, NO_ENTRY, WHO, outcome
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

Sharing = SavedList.Sharing


def at(name: str, *args: Any) -> str:
    return reverse(f"conduct_complaints_admin:{name}", args=args)


def save(owner: Any, **fields: Any) -> SavedList:
    fields = {"name": "Questions", "preset": "open", "query": "kind=question"} | fields
    return SavedList.objects.create(owner=owner, **fields)


def saved_in_menu(page: Any) -> dict[str, str]:
    """Name -> count of the saved lists beside the tabs."""
    found = re.findall(
        r"<bdi>([^<]*)</bdi> <span class=\"conduct-count\">([^<]*)<", page.content.decode()
    )
    return dict(found)


def test_a_list_is_saved_with_its_filters_and_never_with_what_was_searched_for(
    browse: Browse, staff: Staff
) -> None:
    wanted, _other = make_case(kind=Kind.QUESTION), make_case()
    client = browse(staff.handler)
    page = client.get(list_url(query="?kind=question&q=Kim&p=1&ordering=due_at")).content.decode()
    address = re.search(r'href="([^"]*lists/saved/new/[^"]*)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    assert "Kim" not in address
    response = client.post(address, {"name": "Questions", "sharing": "nobody", "order": ""})
    saved = SavedList.objects.get()
    assert (saved.owner, saved.preset, saved.query) == (staff.handler, "open", "kind=question")
    assert response["Location"] == list_url(query=f"?kind=question&saved={saved.pk}")
    page = client.get(response["Location"])
    assert listed(page) == [wanted.reference]
    assert saved_in_menu(page) == {"Questions": "1"}
    assert kept_query(QueryDict("q=Kim&kind=&saved=3&nonsense=1&received_at_to=2026-01-02")) == (
        "received_at_to=2026-01-02"
    )


def test_a_saved_list_narrows_as_the_list_does(browse: Browse, staff: Staff) -> None:
    make_case("open")
    make_case("open", kind=Kind.QUESTION, language="ko")
    make_case("investigating")
    category = Category.objects.get(code="delivery")
    day = timezone.localdate().isoformat()
    client = browse(staff.handler)
    for query in (
        "", "kind=question", "state=open&state=investigating&language=en",
        f"category={category.pk}", f"handler={staff.handler.pk}", f"team={category.team_id}",
        "priority=top", "confidential=false", "confidential=true", "overdue=true", "overdue=false",
        f"received_at_from={day}&received_at_to={day}", "received_at_to=2001-01-01",
    ):  # fmt: skip
        cases = narrowed(Case.objects.visible_to(staff.handler), query)
        expected = set(cases.values_list("reference", flat=True))
        assert set(listed(client.get(list_url(query=f"?{query}")))) == expected, query


@pytest.mark.parametrize(
    ("sharing", "users"),
    [
        (Sharing.NOBODY, {"lead"}),
        (Sharing.TEAM, {"lead", "handler"}),
        (Sharing.EVERYBODY, {"lead", "handler", "other", "quality", "named"}),
    ],
)
def test_a_list_is_used_by_whom_it_is_shared_with(
    sharing: str, users: set[str], browse: Browse, staff: Staff
) -> None:
    saved = save(staff.lead, sharing=sharing, team=people.make_team())
    everybody = (
        staff.lead, staff.handler, people.make_handler("other", team=people.make_team("Billing")),
        people.make_quality(), people.make_admin("named"),
    )  # fmt: skip
    usable, statuses = set(), {}
    for user in everybody:
        client = browse(user)
        if saved_in_menu(client.get(list_url())):
            usable.add(user.username)
        pages = ("saved_list", "saved_list_mails")
        statuses[user.username] = [client.get(at(page, saved.pk)).status_code for page in pages]
    assert usable == users
    assert statuses == {
        user.username: [302, 200] if user.username in users else [404, 404] for user in everybody
    }


@pytest.mark.requirement("GDPR-32")
def test_a_shared_list_shows_each_person_only_what_they_may_see(
    browse: Browse, staff: Staff
) -> None:
    case = make_case(kind=Kind.QUESTION)
    saved = save(staff.lead, sharing=Sharing.EVERYBODY)
    named = people.make_admin("named")
    part = Involvement.Part.NAMED
    Involvement.objects.create(case=case, user=named, part=part, since=timezone.now())
    other = people.make_handler("other", team=people.make_team("Billing"))
    counts = {
        user.username: count_words(saved, user, timezone.now())
        for user in (staff.lead, staff.handler, other, named)
    }
    assert counts == {"lead": "1", "handler": "1", "other": "0", "named": "0"}
    for user in (other, named):
        page = browse(user).get(at("saved_list", saved.pk), follow=True)
        assert listed(page) == []
        assert case.reference not in page.content.decode()


def test_a_personal_tab_in_a_shared_list_is_that_of_who_looks(browse: Browse, staff: Staff) -> None:
    make_case("investigating")
    saved = save(staff.lead, preset="mine", query="", sharing=Sharing.EVERYBODY)
    now = timezone.now()
    assert [count_words(saved, user, now) for user in (staff.handler, staff.lead)] == ["1", "0"]


def test_counting_stops_at_a_limit(monkeypatch: pytest.MonkeyPatch, staff: Staff) -> None:
    make_case(kind=Kind.QUESTION)
    make_case(kind=Kind.QUESTION)
    assert COUNTED == 99
    monkeypatch.setattr("complaints.backoffice.saved_menu.COUNTED", 1)
    assert count_words(save(staff.handler), staff.handler, timezone.now()) == "1+"


#: Who may change and who may delete a list that the handler has shared with the team.
OWN_LIST = {
    "anonymous": (LOGIN, LOGIN), "inactive": (LOGIN, LOGIN), "editor": (NO_ENTRY, NO_ENTRY),
    "other team": (404, 404), "handler": (200, 200), "lead": (404, 200), "quality": (404, 404),
    "auditor": (404, 404), "privacy": (404, 404), "admin": (404, 200), "named admin": (404, 200),
    "named handler": (404, 404),
}  # fmt: skip


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("who", WHO)
def test_every_address_of_lists_gives_each_role_what_it_may_do(who: str, staff: Staff) -> None:
    case = make_case()
    saved = save(staff.handler, sharing=Sharing.TEAM, team=people.make_team())
    user, client = WHO[who](case), Client()
    if user is not None:
        client.force_login(user)
    plain = ("saved_lists", "columns")
    found = {name: outcome(client.get(at(name)), case) for name in plain}
    found["save_list"] = outcome(client.get(at("save_list") + "?list=open&query="), case)
    entry = {LOGIN: LOGIN, NO_ENTRY: NO_ENTRY}.get(OWN_LIST[who][0], 200)  # type: ignore[call-overload]
    assert found == dict.fromkeys((*plain, "save_list"), entry)
    change, delete = (at(f"saved_list_{what}", saved.pk) for what in ("edit", "delete"))
    assert (outcome(client.get(change), case), outcome(client.get(delete), case)) == OWN_LIST[who]
    client.post(delete)
    assert SavedList.objects.filter(pk=saved.pk).exists() is (OWN_LIST[who][1] != 200)


def test_who_saved_a_list_renames_and_shares_it(browse: Browse, staff: Staff) -> None:
    saved = save(staff.handler)
    client = browse(staff.handler)
    change = at("saved_list_edit", saved.pk)
    page = client.post(change, {"name": "Ours", "sharing": "team", "order": "2"}).content.decode()
    assert "Choose the team that may use it." in page
    billing = people.make_team("Billing")
    for team, expected in ((billing, (Sharing.NOBODY, None)), (people.make_team(), None)):
        client.post(change, {"name": "Ours", "sharing": "team", "team": team.pk, "order": "2"})
        saved.refresh_from_db()
        assert (saved.sharing, saved.team) == (expected or (Sharing.TEAM, team))
    assert (saved.name, saved.order, saved.query) == ("Ours", 2, "kind=question")


@pytest.mark.parametrize("address", ["?list=nonsense", "?list=open&query=state%3Dnonsense", ""])
def test_what_is_no_list_is_not_saved(address: str, browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    assert client.get(at("save_list") + address).status_code == 404


# Columns and keys


def headings(page: Any) -> list[str]:
    head = re.search(r"<thead>(.*?)</thead>", page.content.decode(), re.DOTALL)
    assert head
    cells = re.findall(r"<th [^>]*>(.*?)</th>", head[1], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in cells][1:]


USUAL = ["Due", "Case", "Person", "State", "Kind", "Priority", "Team · handler", "Received"]


def test_columns_are_chosen_kept_and_given_back(
    browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    make_case(language="ko")
    client = browse(staff.handler)
    assert headings(client.get(list_url())) == USUAL
    client.post(at("columns"), {"names": ["channel", "category", "reference", "language", "team"]})
    with django_assert_num_queries(22):
        page = client.get(list_url())
    assert headings(page) == ["Case", "Category", "Team", "Language", "How it came"]
    assert ">Korean<" in page.content.decode()
    assert headings(browse(staff.lead).get(list_url())) == USUAL
    client.post(at("columns"), {"stop": "1"})
    assert (headings(client.get(list_url())), ListColumns.objects.count()) == (USUAL, 0)


def test_the_way_to_the_case_is_always_there(browse: Browse, staff: Staff) -> None:
    page = browse(staff.handler).post(at("columns"), {"names": ["due"]}).content.decode()
    assert "Choose the subject or the reference: it is the way to the case." in page
    assert ListColumns.objects.count() == 0


def test_names_are_no_column_for_who_may_not_read_them(browse: Browse, staff: Staff) -> None:
    make_case()
    quality = people.make_quality()
    ListColumns.objects.create(user=quality, names=["subject", "person"])
    client = browse(quality)
    page = client.get(list_url())
    assert headings(page) == ["Case"]
    assert "Kim Min-ji" not in page.content.decode()
    assert 'value="person"' not in client.get(at("columns")).content.decode()


def test_keys_come_with_a_sheet_and_can_be_switched_off(browse: Browse, staff: Staff) -> None:
    from wagtail.users.models import UserProfile

    make_case()
    client = browse(staff.handler)
    page = client.get(list_url()).content.decode()
    assert 'data-conduct-list-keys-value="true"' in page
    assert '<kbd dir="ltr">g m</kbd>' in page
    profile = UserProfile.get_for_user(staff.handler)
    profile.keyboard_shortcuts = False
    profile.save()
    assert 'data-conduct-list-keys-value="false"' in client.get(list_url()).content.decode()


def test_no_key_leads_to_two_tabs(staff: Staff) -> None:
    from complaints.backoffice.presets import PRESETS
    from complaints.backoffice.shortcuts import TAB_KEYS

    assert set(TAB_KEYS.values()) <= set(PRESETS)
    assert len(set(TAB_KEYS.values())) == len(TAB_KEYS)


def test_a_confidential_case_is_counted_for_nobody_else(staff: Staff) -> None:
    case = make_case(kind=Kind.QUESTION)
    saved = save(staff.handler, sharing=Sharing.EVERYBODY)
    act(case, "set_confidential", staff.lead, confidential=True, reason="About our staff")
    now = timezone.now()
    assert [count_words(saved, user, now) for user in (staff.handler, staff.lead)] == ["0", "1"]
