"""Acting on a case: a form per action, a look before sending, refusals that lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.lifecycle import ACTIONS, Kind, State
from complaints.models import Case, Message, RemedyKind
from tests import people
from tests.complaints.backoffice.conftest import Browse, checked_file
from tests.factories import Staff, act, make_case, make_category, make_remedy_kind, submit
from tests.people import make_handler

pytestmark = pytest.mark.django_db


def action_url(case: Case, action: str) -> str:
    return reverse("conduct_complaints_admin:action", args=[case.reference, action])


def filled(form: Any, **data: Any) -> dict[str, Any]:
    """What a browser posts: the form as shown, with some fields filled in."""
    values = {name: form[name].value() for name in form.fields}
    if hasattr(form, "rows"):
        for row in (form.rows.management_form, *form.rows):
            values |= {row.add_prefix(name): row[name].value() for name in row.fields}
    posted = {name: getattr(v, "pk", v) for name, v in (values | data).items()}
    return {name: v for name, v in posted.items() if v is not None and v is not False}


#: A state in which the lead can do it.
WHERE = {name: next(s for s in State if s in a.sources) for name, a in ACTIONS.items()} | {
    "close": State.PUTTING_RIGHT,
    "assign": State.OPEN,
    "request_review": State.ANSWERED,
    "update": State.OPEN,
    "verify_remedy": State.PUTTING_RIGHT,
    "deliver_remedy": State.PUTTING_RIGHT,
    "split": State.OPEN,
}
#: What else the case must be like.
LIKE: dict[str, dict[str, Any]] = {
    # Of others nobody is asked to confirm each point.
    "approve": {"severity": 4},
    "release": {"held": True},
    "make_complaint": {"kind": Kind.SUGGESTION},
    "confirm_complaint": {"complaint_wish": "asked"},
    "decline_complaint": {"complaint_wish": "asked"},
    "release_hold": {"legal_hold": True},
}
#: What must have been done before.
DONE: dict[str, Callable[[Case, Staff], Any]] = {
    "unlink": lambda case, staff: act(
        case, "link", staff.handler, other=submit().case.reference, link_kind="related"
    ),
    "unmerge": lambda case, staff: act(
        case, "merge", staff.handler, other=submit().case.reference, reason="Sent twice."
    ),
    "split": lambda case, staff: case.issues.create(number=2),
    "record_named": lambda case, staff: act(
        case, "name_staff", staff.lead, colleague=make_handler("driver"), reason="He drove."
    ),
    "review_restriction": lambda case, staff: act(
        case,
        "restrict_contact",
        staff.lead,
        measure="written",
        until=timezone.localdate() + timedelta(days=30),
        reason="Forty calls a day.",
        text="Please write.",
    ),
    "record_outreach": lambda case, staff: case.outreach.create(
        who="All of tour 7.", created_at=case.received_at
    ),
}
SENT: dict[str, dict[str, Any]] = {
    "check_authority": {"representative": {"name": "Ms Adviser"}},
    "record_told": {"complainant": {"name": "Kim", "phone": "+44 1"}},
    "withdraw_permission": {"consents": ["survey"]},
    "redact_file": {"files": [checked_file()]},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_of_the_table_has_a_form_with_its_needs(
    action: str, browse: Browse, staff: Staff
) -> None:
    case = make_case(WHERE[action], **SENT.get(action, {}))
    if action == "acknowledge":
        Case.objects.filter(pk=case.pk).update(acknowledged_at=None)
    if action in LIKE:
        Case.objects.filter(pk=case.pk).update(**LIKE[action])
    if action in DONE:
        if action == "unmerge":
            case = make_case(State.OPEN)
        DONE[action](case, staff)
    page = browse(staff.lead).get(action_url(case, action))
    assert page.status_code == 200
    form = page.context["form"]
    composite = {"findings", "remedies"}
    asked = {need.name for need in ACTIONS[action].needs} - composite
    assert asked <= set(form.fields)
    assert str(ACTIONS[action].label) in page.content.decode()


@pytest.mark.requirement("10002-7.5")
def test_a_case_is_moderated_assessed_and_assigned(browse: Browse, staff: Staff) -> None:
    case = make_case()
    client = browse(staff.lead)
    for action, data in (
        ("moderate", {"category": make_category("billing").pk, "team": ""}),
        ("assess", {"severity": "4", "complexity": "low", "impact": "high", "safety": "on"}),
        ("assign", {"handler": staff.handler.pk}),
        ("investigate", {"plan": "Ask the driver."}),
    ):
        form = client.get(action_url(case, action)).context["form"]
        response = client.post(action_url(case, action), filled(form, **data), follow=True)
        assert "is done." in response.content.decode(), action
    case.refresh_from_db()
    assert (case.state, case.priority, case.severity, case.safety) == (
        "investigating", "top", 4, True,
    )  # fmt: skip
    assert (case.handler, case.plan) == (staff.handler, "Ask the driver.")
    assert case.issues.get().category.code == "billing"  # type: ignore[union-attr]


def test_a_message_is_shown_before_it_goes_and_goes_once(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating", language="ko")
    client, url = browse(staff.handler), action_url(case, "ask")
    form = client.get(url).context["form"]
    data = filled(form, text="어느 날이었습니까?")
    page = client.post(url, data)
    preview = page.context["preview"]
    assert "어느 날이었습니까?" in preview.text
    assert (preview.language.code, preview.has_address) == ("ko", True)
    assert "Send to Kim Min-ji" in page.content.decode()
    assert case.messages.filter(purpose="question").count() == 0
    # Back to writing keeps the words and finds no fault.
    back = client.post(url, data | {"edit": "1"})
    assert back.context["form"]["text"].value() == "어느 날이었습니까?"
    assert not back.context["form"].errors
    # Sent, and sent again by a double click.
    for _click in range(2):
        response = client.post(url, data | {"confirmed": "1"})
        assert response["Location"] == reverse(
            "conduct_complaints_admin:case", args=[case.reference]
        )
    assert case.messages.filter(purpose="question").count() == 1
    case.refresh_from_db()
    assert case.state == State.WAITING


def test_the_preview_is_the_mail_that_goes(
    browse: Browse, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "update")
    data = {"text": "We are asking the driver.", "version": case.version, "submission_id": "s1"}
    shown = client.post(url, data).context["preview"]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data | {"confirmed": "1"})
    assert [(m.subject, m.body) for m in mail.outbox] == [(shown.subject, shown.text)]


def test_a_note_is_kept_at_once_and_never_leaves(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    url = action_url(case, "note")
    for _click in range(2):
        browse(staff.handler).post(url, {"text": "Ask the depot.", "submission_id": "n1"})
    assert list(case.messages.filter(purpose="note").values_list("direction", "body")) == [
        (Message.Direction.INTERNAL, "Ask the depot.")
    ]


def test_second_actor_is_told_what_changed_and_keeps_the_words(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "update")
    data = filled(client.get(url).context["form"], text="Nearly there.") | {"confirmed": "1"}
    act(case, "ask", staff.lead, text="Which door?")
    page = client.post(url, data)
    words = page.content.decode()
    assert (
        "This case has changed since you opened it: Lead asked the complainant a question." in words
    )
    assert "Waiting for the complainant" in words
    form = page.context["form"]
    assert form["text"].value() == "Nearly there."
    # The form has the new version: sending it again, having looked, works.
    again = client.post(url, filled(form) | {"confirmed": "1"}, follow=True)
    assert "Your message to Kim Min-ji is on its way." in again.content.decode()


def test_what_is_no_longer_possible_says_so_and_keeps_the_words(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "ask")
    data = filled(client.get(url).context["form"], text="Which door?")
    act(case, "withdraw")
    data["version"] = Case.objects.get(pk=case.pk).version
    page = client.post(url, data | {"confirmed": "1"})
    words = page.content.decode()
    assert "“Ask the complainant” is not possible now: the case is Closed." in words
    assert "Which door?" in words
    assert page.context["is_possible"] is False


def test_a_missing_field_is_named_beside_itself(browse: Browse, staff: Staff) -> None:
    case = make_case()
    client, url = browse(staff.handler), action_url(case, "moderate")
    form = client.get(url).context["form"]
    page = client.post(url, filled(form, result="out_of_scope"))
    assert page.context["form"].errors == {"scope_reason": ["Choose why it is out of scope."]}
    page = client.post(url, filled(form, result="out_of_scope", scope_reason="employment"))
    assert page.context["form"].errors == {"detail": ["Say where the sender can go instead."]}
    assert "Nothing was done yet" in page.content.decode()
    case.refresh_from_db()
    assert case.state == State.RECEIVED


def proposal_data(form: Any, **data: Any) -> dict[str, Any]:
    issue = form.issues[0]
    return (
        filled(form)
        | {
            f"finding_{issue.pk}": "upheld",
            f"reasons_{issue.pk}": "It rained.",
            "cause": "No shelter",
            "prevention": "A shelter is built.",
            "answer": "We are sorry.",
            "others_affected": "Nobody.",
            "remedies-0-kind": make_remedy_kind().pk,
            "remedies-0-description": "Postage back",
            "remedies-0-amount": "20",
        }
        | data
    )


def test_an_answer_is_proposed_approved_delivered_and_verified(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    handler, lead = browse(staff.handler), browse(staff.lead)
    url = action_url(case, "propose")
    handler.post(url, proposal_data(handler.get(url).context["form"]))
    case.refresh_from_db()
    assert case.state == State.DECIDING
    # The lead sees the letter word for word before it goes.
    url = action_url(case, "approve")
    page = lead.get(url)
    letter = page.context["letter"].text
    lead.post(url, filled(page.context["form"]))
    decision = case.decisions.get()
    assert decision.sent_text == letter
    assert "Postage back" in letter
    act(case, "accept")
    remedy = case.remedies.get()
    url = action_url(case, "deliver_remedy")
    page = handler.get(url, {"remedy": remedy.pk})
    assert page.context["form"]["remedy"].value() == str(remedy.pk)
    handler.post(url, filled(page.context["form"], proof="Bank slip 7"))
    url = action_url(case, "verify_remedy")
    lead.post(url, filled(lead.get(url, {"remedy": remedy.pk}).context["form"]))
    remedy.refresh_from_db()
    assert (remedy.proof, remedy.delivered_by, remedy.verified_by) == (
        "Bank slip 7", staff.handler, staff.lead,
    )  # fmt: skip


def test_another_row_for_a_remedy_checks_nothing_and_keeps_everything(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "propose")
    form = client.get(url).context["form"]
    assert len(form.rows.forms) == 3
    data = filled(form) | {"remedies-0-description": "Postage", "another_remedy": "1"}
    page = client.post(url, data)
    form = page.context["form"]
    assert len(form.rows.forms) == 4
    assert form.rows.forms[0]["description"].value() == "Postage"
    assert "Nothing was done yet" not in page.content.decode()


def test_a_row_without_a_kind_is_asked_about(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    client, url = browse(staff.handler), action_url(case, "propose")
    data = proposal_data(client.get(url).context["form"])
    page = client.post(url, data | {"remedies-1-amount": "5"})
    assert "Choose what it is, or empty this row." in page.content.decode()
    assert case.decisions.count() == 0


def test_a_proposal_that_came_back_begins_where_it_was(browse: Browse, staff: Staff) -> None:
    case = make_case("deciding")
    act(case, "return", staff.lead, reason="Say sorry first.")
    form = browse(staff.handler).get(action_url(case, "propose")).context["form"]
    issue = form.issues[0]
    assert form["answer"].value() == "We are sorry. We pay the postage back."
    assert form[f"finding_{issue.pk}"].value() == "upheld"
    assert form.rows.forms[0]["kind"].value() == RemedyKind.objects.get(code="refund").pk


def test_only_who_can_take_the_case_is_offered(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    people.make_handler("other", team=people.make_team("Billing"))
    people.make_handler("away", is_active=False)
    people.make_quality()
    conflicted = people.make_handler("conflicted")
    act(case, "declare_conflict", conflicted, reason="A friend")
    form = browse(staff.lead).get(action_url(case, "assign")).context["form"]
    assert set(form.fields["handler"].queryset) == {staff.handler, staff.lead}


def test_who_has_least_to_do_is_proposed_and_counted_only_in_a_form_that_is_shown(
    browse: Browse, staff: Staff
) -> None:
    case, client = make_case("open"), browse(staff.lead)
    idle = people.make_handler("idle")
    for person in (staff.handler, staff.lead):
        Case.objects.filter(pk=make_case("investigating").pk).update(handler=person)
    form = client.get(action_url(case, "assign")).context["form"]
    assert form["handler"].value() == idle.pk

    with CaptureQueriesContext(connection) as asked:
        client.post(action_url(case, "assign"), filled(form, handler=idle.pk))
    case.refresh_from_db()
    assert case.handler == idle
    assert len([query for query in asked if '"open_cases"' in query["sql"]]) == 1


def test_who_declares_a_conflict_leaves_the_case(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    client, url = browse(staff.handler), action_url(case, "declare_conflict")
    response = client.post(url, filled(client.get(url).context["form"], reason="My brother"))
    assert response["Location"] == reverse("conduct_complaints_admin:index")
    assert client.get(url).status_code == 404


def test_what_the_role_may_not_do_turns_back_with_a_reason(browse: Browse, staff: Staff) -> None:
    case = make_case("deciding")
    for method in ("get", "post"):
        response = getattr(browse(staff.handler), method)(action_url(case, "approve"), follow=True)
        assert "You don&#x27;t have the right to do this: Approve and send." in (
            response.content.decode()
        )
    case.refresh_from_db()
    assert case.state == State.DECIDING


def test_an_unknown_action_is_not_found(browse: Browse, staff: Staff) -> None:
    case = make_case()
    assert browse(staff.handler).get(action_url(case, "explode")).status_code == 404


def test_a_double_click_on_an_action_without_words_is_done_once(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open")
    client, url = browse(staff.lead), action_url(case, "assign")
    data = filled(client.get(url).context["form"], handler=staff.handler.pk)
    for _click in range(2):
        assert client.post(url, data).status_code == 302
    assert case.events.filter(action="assign").count() == 1
