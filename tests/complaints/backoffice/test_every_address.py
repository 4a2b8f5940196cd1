"""Every address in the admin that is not in `test_permissions` × every role. Each expected answer
is written by hand, and an address without a row fails."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from complaints.backoffice import urls
from complaints.backoffice.vocabulary import ComplaintsSettings
from complaints.models import (
    Absence,
    AuthorityLimit,
    Case,
    Cause,
    Competence,
    ExtraQuestion,
    Holiday,
    ReplyTemplate,
    SavedList,
)
from tests.complaints.backoffice.conftest import checked_file
from tests.complaints.backoffice.test_permissions import (
    LOGIN,
    NAMESPACE,
    NO_ENTRY,
    VISITED,
    WHO,
    outcome,
    visit,
)
from tests.complaints.backoffice.test_translations import SERVICE
from tests.factories import Staff, act, make_case, make_remedy_kind

pytestmark = pytest.mark.django_db

#: What each who is no member of case staff gets at every address.
OUTSIDE = {"anonymous": LOGIN, "inactive": LOGIN, "editor": NO_ENTRY}
#: What the others get. "-" is turned away, "cases" and "list" lead to lists, "case" to the case,
#: "hidden" takes a panel from their home page, "import" asks for the file first.
TABLE = """
                      other  handler lead   quality auditor privacy admin  named   named
                      team                                                 handler admin
bulk                  cases  200     200    404     404     404     200    cases   cases
bulk_action           cases  200     200    404     404     404     200    cases   cases
bulk_report           cases  cases   cases  cases   cases   cases   cases  cases   cases
collected_rows        -      -       200    200     200     -       200    -       200
collections           -      -       -      200     200     -       200    -       200
columns               200    200     200    200     200     200     200    200     200
competence            -      -       200    200     -       -       200    -       200
configuration         -      -       -      200     200     -       200    -       200
configuration_results -      -       -      200     200     -       200    -       200
draft                 404    204     204    404     404     404     204    404     404
export                200    200     200    200     200     200     200    200     200
export_all            200    200     200    200     200     200     200    200     200
exports               -      -       -      -       200     200     200    -       200
held                  -      -       -      -       200     200     200    -       200
help                  200    200     200    200     200     200     200    200     200
look                  404    200     200    404     404     200     200    404     404
looked_back           -      -       hidden hidden  -       -       hidden -       hidden
print                 404    200     200    200     200     200     200    404     404
promise_complaints    -      -       200    200     200     -       200    -       200
promises              -      -       200    200     200     -       200    -       200
propose_translation   404    case    case   404     404     404     case   404     404
redacted              404    404     404    404     404     200     200    404     404
save_list             200    200     200    200     200     200     200    200     200
saved_list            404    list    list   404     404     404     404    list    404
saved_list_delete     404    200     200    404     404     404     200    404     200
saved_list_edit       404    200     404    404     404     404     404    404     404
saved_list_mails      404    200     200    404     404     404     404    200     404
saved_lists           200    200     200    200     200     200     200    200     200
setup                 -      -       -      200     -       -       200    -       200
setup_dismiss         -      -       -      hidden  -       -       hidden -       hidden
setup_step            -      -       -      200     -       -       200    -       200
shown                 404    200     200    404     404     200     200    404     404
values_confirm        -      -       -      import  -       -       import -       import
values_export         -      -       -      200     -       -       200    -       200
values_import         -      -       -      200     -       -       200    -       200
workload              -      -       200    200     -       -       200    -       200
"""
ROLES = [
    "other team", "handler", "lead", "quality", "auditor", "privacy", "admin", "named handler",
    "named admin",
]  # fmt: skip
ROWS = [line.split() for line in TABLE.splitlines()[3:]]
#: These are about the case; once it is confidential, who oversees sees nothing there.
ABOUT_THE_CASE = {
    "bulk", "bulk_action", "draft", "look", "print", "propose_translation", "redacted", "shown",
}  # fmt: skip
CONFIDENTIAL = {("print", "quality"): "404", ("print", "auditor"): "404"}
REFUSALS = {LOGIN, NO_ENTRY, "404"}

#: The screens for the organisation's own words and rules, and who keeps them.
KEEPS_WORDS = {"quality", "admin", "named admin"}
KEEPS = {
    "conduct_categories": KEEPS_WORDS,
    "conduct_extra_questions": {"admin", "named admin"},
    "conduct_reply_templates": KEEPS_WORDS,
    "conduct_teams": KEEPS_WORDS,
    "conduct_competences": KEEPS_WORDS,
    "conduct_absences": KEEPS_WORDS,
    "conduct_authority_limits": KEEPS_WORDS,
    "conduct_remedy_kinds": KEEPS_WORDS,
    "conduct_causes": KEEPS_WORDS,
    "conduct_holidays": KEEPS_WORDS,
    "conduct_working_weeks": KEEPS_WORDS,
}
#: Each site has one working week, and with it all rules of handling: it is only changed.
NOBODY = {"conduct_working_weeks:add", "conduct_working_weeks:delete"}


def expected_of(who: str) -> dict[str, str]:
    if who in OUTSIDE:
        hidden = {"redacted": "404"} if who == "editor" else {}
        return {name: OUTSIDE[who] for name, *_answers in ROWS} | hidden
    column = 1 + ROLES.index(who)
    return {row[0]: NO_ENTRY if row[column] == "-" else row[column] for row in ROWS}


def requests(case: Case) -> dict[str, tuple[str, dict[str, str] | None]]:
    """Where to ask, and what is sent along where looking does nothing."""

    def at(name: str, *args: Any, query: str = "") -> str:
        return reverse(f"{NAMESPACE}:{name}", args=args) + query

    reference, saved = case.reference, SavedList.objects.get().pk
    file, message = case.attachments.get().public_id, case.messages.get(purpose="original").pk
    chosen = {"case": str(case.pk), "action": "note"}
    special = {
        "bulk": (at("bulk"), chosen),
        "bulk_action": (at("bulk_action", "note"), chosen | {"step": "preview"}),
        "draft": (at("draft", reference, "note"), {"text": "Begun."}),
        "export": (at("export", "open"), None),
        "look": (at("look", reference, file), None),
        "looked_back": (at("looked_back"), {}),
        "print": (at("print", reference), None),
        "propose_translation": (at("propose_translation", reference, message), {}),
        "redacted": (at("redacted", reference), None),
        "save_list": (at("save_list", query="?list=open"), None),
        "setup_dismiss": (at("setup_dismiss"), {}),
        "setup_step": (at("setup_step", "rules"), None),
        "shown": (at("shown", reference, file), None),
    }
    of_list = {n: (at(n, saved), None) for n, *_ in ROWS if n.startswith("saved_list_")}
    of_list["saved_list"] = (at("saved_list", saved), None)
    plain = {n: (at(n), None) for n, *_ in ROWS if n not in special | of_list}
    return special | of_list | plain


def in_words(response: Any, case: Case, user: Any) -> str:
    """The answer as the table says it."""
    found = str(outcome(response, case))
    if found == NO_ENTRY and hidden_by(user):
        return "hidden"
    if found.startswith(reverse(f"{NAMESPACE}:list", args=["open"])):
        return "list"
    cases = reverse(f"{NAMESPACE}:index")
    case_page = reverse(f"{NAMESPACE}:case", args=[case.reference])
    file = reverse(f"{NAMESPACE}:values_import")
    return {cases: "cases", f"{case_page}#said": "case", file: "import"}.get(found, found)


def hidden_by(user: Any) -> bool:
    """They have hidden a panel since this was asked last."""
    return bool(
        UserProfile.objects.filter(user=user).exclude(dismissibles={}).update(dismissibles={})
    )


def a_case_of(staff: Staff, *, confidential: bool) -> Case:
    case = make_case("investigating", language="ko", files=[checked_file()])
    if confidential:
        act(case, "set_confidential", staff.lead, confidential=True, reason="About our staff")
    team, sharing = case.team, SavedList.Sharing.TEAM
    SavedList.objects.create(
        owner=staff.handler, name="Ours", preset="open", sharing=sharing, team=team
    )
    return case


def test_every_registered_address_has_a_row() -> None:
    names = [name for name, *_answers in ROWS]
    assert sorted([*names, *VISITED]) == sorted(str(p.name) for p in urls.urlpatterns)
    assert set(KEEPS) == {viewset.name for viewset in ComplaintsSettings.items}
    assert {*OUTSIDE, *ROLES} == set(WHO)


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("confidential", [False, True], ids=["open", "confidential"])
@pytest.mark.parametrize("who", WHO)
def test_each_address_answers_each_role_as_the_table_says(
    who: str, confidential: bool, staff: Staff, settings: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = SERVICE
    case = a_case_of(staff, confidential=confidential)
    client, user = visit(who, case)
    expected = expected_of(who)
    if confidential:
        expected |= {name: says for (name, role), says in CONFIDENTIAL.items() if role == who}
        expected = {name: says for name, says in expected.items() if name in ABOUT_THE_CASE}
    sees_case = expected["print"] == "200"
    asks, found, other_way, told = requests(case), {}, {}, []
    for name in expected:
        url, data = asks[name]
        response = client.get(url) if data is None else client.post(url, data)
        found[name] = in_words(response, case, user)
        if found[name] in REFUSALS:
            # Whoever may not look can't send anything either.
            sent = in_words(client.post(url), case, user)
            other_way[name] = expected[name] if sent == "405" else sent
        if not sees_case and case.reference.encode() in response.getvalue():
            told.append(name)
    assert found == expected
    assert other_way == {name: says for name, says in expected.items() if says in REFUSALS}
    assert told == []


def rows_of_each_kind(staff: Staff) -> None:
    day = date(2026, 1, 5)
    make_case()
    make_remedy_kind()
    Absence.objects.create(user=staff.lead, first_day=day, last_day=day)
    AuthorityLimit.objects.create(role="lead", amount=5, currency="EUR")
    Cause.objects.create(code="rain", name="Rain")
    Competence.objects.create(user=staff.lead, subject="Parcels", gained_on=day)
    ExtraQuestion.objects.create(code="tour", label="Which tour?", kind="text")
    Holiday.objects.create(day=day, name="Epiphany")
    ReplyTemplate.objects.create(name="Thanks")


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("who", WHO)
def test_words_and_rules_are_kept_by_who_should(who: str, staff: Staff) -> None:
    rows_of_each_kind(staff)
    case = Case.objects.get()
    client, _user = visit(who, case)
    found, expected = {}, {}
    for viewset in (one() for one in ComplaintsSettings.items):
        for pattern in viewset.get_urlpatterns():
            row: Any = viewset.model.objects.first()
            args = [row.pk] if "pk" in str(pattern.pattern) else []
            address = f"{viewset.name}:{pattern.name}"
            # Drawn once, by quality managers: drawing is slow, and the others see the same.
            ask = client.options if "admin" in who else client.get
            found[address] = outcome(ask(reverse(address, args=args)), case)
            # Else what it says to who is turned away piles up.
            client.cookies.pop("messages", None)
            expected[address] = 200 if who in KEEPS[viewset.name] else OUTSIDE.get(who, NO_ENTRY)
            if address in NOBODY:
                expected[address] = OUTSIDE.get(who, NO_ENTRY)
            elif pattern.name == "confirm" and expected[address] == 200 and who == "quality":
                # Nothing was chosen to import.
                expected[address] = reverse(f"{viewset.name}:import")
    assert found == expected
