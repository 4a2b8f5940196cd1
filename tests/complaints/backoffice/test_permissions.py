"""Who gets what of lists, cases, files and actions, outsiders included; the other addresses, and
that none is left out, are in `test_every_address`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from complaints.models import Access, Case, Involvement, Message
from tests import people
from tests.complaints.backoffice.conftest import checked_file
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

NAMESPACE = "conduct_complaints_admin"


def named_in(case: Case, user: Any) -> Any:
    """Whom the case is about, whatever else they may do."""
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at
    )
    return user


WHO: dict[str, Callable[[Case], Any]] = {
    "anonymous": lambda case: None,
    "inactive": lambda case: people.make_handler("gone", is_active=False),
    "editor": lambda case: people.make_editor(),
    "other team": lambda case: people.make_handler("other", team=people.make_team("Billing")),
    "handler": lambda case: Staff().handler,
    "lead": lambda case: Staff().lead,
    "quality": lambda case: people.make_quality(),
    "auditor": lambda case: people.make_auditor(),
    "privacy": lambda case: people.make_privacy(),
    "admin": lambda case: people.make_admin(),
    "named handler": lambda case: named_in(case, people.make_handler("named")),
    "named admin": lambda case: named_in(case, people.make_admin("named")),
}

LOGIN, NO_ENTRY, TO_CASE = "login", "no entry", "back to the case"
#: What each sees of lists, a case of the customer care team, its file, and two actions.
OPEN_CASE = {
    "anonymous": (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    "inactive": (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    "editor": (NO_ENTRY, NO_ENTRY, NO_ENTRY, NO_ENTRY, NO_ENTRY),
    "other team": (200, 404, 404, 404, 404),
    "handler": (200, 200, 200, 200, TO_CASE),
    "lead": (200, 200, 200, 200, TO_CASE),
    "quality": (200, 200, 404, TO_CASE, TO_CASE),
    "auditor": (200, 200, 404, TO_CASE, TO_CASE),
    "privacy": (200, 200, 200, TO_CASE, TO_CASE),
    "admin": (200, 200, 200, 200, TO_CASE),
    "named handler": (200, 404, 404, 404, 404),
    "named admin": (200, 404, 404, 404, 404),
}
#: The same once the lead has made it confidential.
CONFIDENTIAL_CASE = OPEN_CASE | {
    "handler": (200, 404, 404, 404, 404),
    "quality": (200, 404, 404, 404, 404),
    "auditor": (200, 404, 404, 404, 404),
}
LISTS = ("index", "list", "list_results")
#: The addresses that this file visits.
VISITED = {*LISTS, "breach", "enter", "refused", "case", "file", "letter", "action"}
#: Putting right a broken promise for many is for leads.
MAY_PUT_RIGHT = {"lead", "admin", "named admin"}
BREACH: dict[str, Any] = {
    who: 200 if who in MAY_PUT_RIGHT else LOGIN if seen[0] == LOGIN else NO_ENTRY
    for who, seen in OPEN_CASE.items()
}
#: Writing down what somebody said is for every colleague; numbers are for all case staff.
ENTER: dict[str, Any] = {who: LOGIN if seen[0] == LOGIN else 200 for who, seen in OPEN_CASE.items()}


def addresses(case: Case) -> dict[str, str]:
    attachment, letter = case.attachments.get(), case.notices.get(template="received")
    return {
        "index": reverse(f"{NAMESPACE}:index"),
        "list": reverse(f"{NAMESPACE}:list", args=["open"]),
        "list_results": reverse(f"{NAMESPACE}:list_results", args=["open"]),
        "breach": reverse(f"{NAMESPACE}:breach"),
        "enter": reverse(f"{NAMESPACE}:enter"),
        "refused": reverse(f"{NAMESPACE}:refused"),
        "case": reverse(f"{NAMESPACE}:case", args=[case.reference]),
        "file": reverse(f"{NAMESPACE}:file", args=[case.reference, attachment.public_id]),
        "letter": reverse(f"{NAMESPACE}:letter", args=[case.reference, letter.pk]),
        "action": reverse(f"{NAMESPACE}:action", args=[case.reference, "note"]),
        # Of a case that was only received there is nothing to approve.
        "action not now": reverse(f"{NAMESPACE}:action", args=[case.reference, "approve"]),
    }


def outcome(response: Any, case: Case) -> Any:
    """The status, or in words where a redirect leads."""
    if response.status_code != 302:
        return response.status_code
    target = response["Location"]
    if target.startswith(reverse("wagtailadmin_login")):
        return LOGIN
    if target == reverse("wagtailadmin_home"):
        return NO_ENTRY
    if target == reverse(f"{NAMESPACE}:case", args=[case.reference]):
        return TO_CASE
    return target


def visit(who: str, case: Case) -> tuple[Client, Any]:
    user, client = WHO[who](case), Client()
    if user is not None:
        client.force_login(user)
    return client, user


@pytest.mark.requirement("GDPR-32", "GDPR-9", "10001-4.10")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("confidential", [False, True], ids=["open", "confidential"])
def test_every_address_gives_each_role_what_it_may_see(
    who: str, confidential: bool, staff: Staff
) -> None:
    case = make_case(files=[checked_file()])
    if confidential:
        act(case, "set_confidential", staff.lead, confidential=True, reason="About our staff")
    client, _user = visit(who, case)
    found = {name: outcome(client.get(url), case) for name, url in addresses(case).items()}
    expected = (CONFIDENTIAL_CASE if confidential else OPEN_CASE)[who]
    lists, page, file, action, not_now = expected
    assert found == dict.fromkeys(LISTS, lists) | {
        "breach": BREACH[who],
        "enter": ENTER[who],
        "refused": lists,
        "case": page,
        "file": file,
        # Names and words, like a file.
        "letter": file,
        "action": action,
        "action not now": not_now,
    }


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("who", WHO)
def test_only_who_works_on_the_case_can_write_on_it(who: str, staff: Staff) -> None:
    case = make_case(files=[checked_file()])
    client, _user = visit(who, case)
    client.post(addresses(case)["action"], {"text": "I was here."})
    written = case.messages.filter(direction=Message.Direction.INTERNAL).count()
    assert written == (1 if who in {"handler", "lead", "admin"} else 0)


@pytest.mark.parametrize("who", ["other team", "named handler", "named admin"])
def test_a_case_one_may_not_see_is_in_no_list_and_no_search(who: str, staff: Staff) -> None:
    case = make_case(files=[checked_file()])
    client, _user = visit(who, case)
    for query in ("", f"?q={case.reference}", "?q=parcel", "?q=kim@example.com"):
        page = client.get(addresses(case)["list"] + query).content.decode()
        assert f"/cases/{case.reference}/" not in page
    # That something could leak: the handler finds it each way.
    handler, _user = visit("handler", case)
    for query in ("", f"?q={case.reference}", "?q=parcel", "?q=kim@example.com"):
        page = handler.get(addresses(case)["list"] + query).content.decode()
        assert f"/cases/{case.reference}/" in page


@pytest.mark.parametrize("who", ["handler", "quality"])
def test_an_unknown_case_is_answered_as_one_that_may_not_be_seen(who: str, staff: Staff) -> None:
    case = make_case()
    client, _user = visit(who, case)
    assert client.get(reverse(f"{NAMESPACE}:case", args=["C-0000-0000"])).status_code == 404
    assert client.get(reverse(f"{NAMESPACE}:case", args=["anything"])).status_code == 404


@pytest.mark.parametrize("who", ["quality", "auditor"])
def test_names_words_and_files_stay_hidden_from_who_oversees(who: str, staff: Staff) -> None:
    case = make_case("investigating", files=[checked_file()])
    act(case, "note", staff.lead, text="Ask the neighbour Mrs Secret.")
    act(case, "update", staff.handler, text="Dear Kim, we are on it.")
    client, user = visit(who, case)
    at = addresses(case)
    pages = client.get(at["list"]).content.decode() + client.get(at["case"]).content.decode()
    pages += client.get(at["case"] + "?all").content.decode()
    for secret in ("Kim", "kim@example.com", "parcel", "Mrs Secret", "we are on it", "receipt.pdf"):
        assert secret not in pages
    assert case.reference in pages
    assert "Delivery" in pages
    assert client.get(at["list"] + "?q=kim@example.com").content.decode().count(case.reference) == 0
    assert not Access.objects.filter(user=user).exists()
    # What was hidden is there.
    handler, _user = visit("handler", case)
    page = handler.get(at["case"]).content.decode()
    for secret in ("Kim", "kim@example.com", "parcel", "Mrs Secret", "we are on it", "receipt.pdf"):
        assert secret in page


@pytest.mark.requirement("10002-4.12")
def test_a_deactivated_person_loses_the_session_that_was_open(staff: Staff) -> None:
    case = make_case()
    client = Client()
    client.force_login(staff.handler)
    url = reverse(f"{NAMESPACE}:case", args=[case.reference])
    assert client.get(url).status_code == 200
    get_user_model().objects.filter(pk=staff.handler.pk).update(is_active=False)
    response = client.get(url)
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_the_menu_shows_cases_to_case_staff_only(staff: Staff) -> None:
    index = reverse(f"{NAMESPACE}:index")
    for user, shown in (
        (staff.handler, True),
        (people.make_auditor(), True),
        (people.make_editor(), False),
    ):
        client = Client()
        client.force_login(user)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (f'"{index}"' in home) is shown


def test_cases_are_in_no_search_log_or_reference_index_of_wagtail() -> None:
    from wagtail.log_actions import registry
    from wagtail.search.index import class_is_indexed

    assert class_is_indexed(Case) is False
    assert registry.get_log_model_for_model(Case) is None
