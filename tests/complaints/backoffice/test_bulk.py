"""One action on many cases: asked, shown for each, done for each, and told what was refused."""

from __future__ import annotations

import html
import re
import threading
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.access import Actor
from complaints.backoffice.bulk.doing import Bulk
from complaints.backoffice.bulk.form import FOR_MANY, actions_for_many
from complaints.events import broken_links
from complaints.lifecycle import ACTIONS
from complaints.models import Access, Case, Involvement, Message, Notice
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_listing import list_url
from tests.complaints.backoffice.test_permissions import LOGIN, NO_ENTRY, WHO, outcome
from tests.factories import Staff, act, make_case, make_category

pytestmark = pytest.mark.django_db

REPORT = "conduct_complaints_admin:bulk_report"


def bulk_url(action: str) -> str:
    return reverse("conduct_complaints_admin:bulk_action", args=[action])


def hidden(page: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def choose(*cases: Case) -> dict[str, Any]:
    return {"case": [case.pk for case in cases]}


def preview(client: Client, action: str, *cases: Case, **values: Any) -> Any:
    form = hidden(client.post(bulk_url(action), choose(*cases)))
    return client.post(bulk_url(action), form | values | {"step": "preview"})


def do(client: Client, page: Any, action: str) -> Any:
    """Press the button of the preview."""
    return client.post(bulk_url(action), hidden(page) | {"step": "do"}, follow=True)


def outcomes(page: Any) -> dict[str, tuple[str, str]]:
    """Reference -> (done or refused, words)."""
    rows = re.findall(
        r'conduct-outcome--(\w+)">.*?__reference">(C-[^<]*)<.*?<td>(.*?)</td>',
        page.content.decode(),
        re.DOTALL,
    )
    return {
        reference: (what, " ".join(re.sub(r"<[^>]*>", " ", words).split()))
        for what, reference, words in rows
    }


def test_what_is_offered_for_many_is_in_the_table_of_actions() -> None:
    assert [action.name for action in actions_for_many()] == [n for n in FOR_MANY if n in ACTIONS]


def test_a_preview_says_what_happens_to_each_and_does_nothing(browse: Browse, staff: Staff) -> None:
    opened, closed = make_case("open"), make_case("closed")
    elsewhere = make_case(category=make_category("billing", team=people.make_team("Billing")))
    boss = people.make_admin("boss")
    act(elsewhere, "moderate", boss, result="accept", category=elsewhere.issues.get().category)
    events = Case.objects.values_list("events", flat=True).count()
    page = preview(browse(boss), "assign", opened, closed, elsewhere, handler=staff.handler.pk)
    assert outcomes(page) == {
        opened.reference: ("done", "Handler: nobody yet → Handler"),
        closed.reference: ("refused", "Will be refused: Not possible now: the case is Closed."),
        elsewhere.reference: (
            "refused",
            "Will be refused: Handler can&#x27;t take this case: not in its team, away, or with a "
            "conflict.",
        ),
    }
    version = opened.version
    opened.refresh_from_db()
    assert (opened.handler, opened.version) == (None, version)
    assert Case.objects.values_list("events", flat=True).count() == events
    assert not Notice.objects.filter(template="staff_assigned").exclude(case=closed).exists()


@pytest.mark.requirement("10002-4.12")
def test_what_the_preview_showed_is_done_and_the_colleague_gets_one_mail(
    browse: Browse, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    cases = [make_case("open") for _number in range(3)]
    client = browse(staff.lead)
    page = preview(client, "assign", *cases, handler=staff.handler.pk)
    report = do(client, page, "assign")
    assert report.redirect_chain[-1][0] == reverse(REPORT)
    assert outcomes(report) == {case.reference: ("done", "Done.") for case in cases}
    for case in cases:
        case.refresh_from_db()
        event = case.events.order_by("-number").first()
        assert case.handler == staff.handler
        assert (event.action, event.actor) == ("assign", staff.lead)  # type: ignore[union-attr]
    assert not list(broken_links())
    assert not Notice.objects.filter(template="staff_assigned").exists()
    mail = Notice.objects.get(template="staff_assigned_many")
    assert (mail.to_user, mail.subject) == (staff.handler, "3 cases were assigned to you")
    assert all(case.reference in mail.text for case in cases)
    assert "Kim" not in mail.text + mail.html
    # Looking at the report again does nothing.
    assert outcomes(client.get(reverse(REPORT))) == outcomes(report)


def test_one_case_is_told_as_always(browse: Browse, staff: Staff) -> None:
    case, client = make_case("open"), browse(staff.lead)
    do(client, preview(client, "assign", case, handler=staff.handler.pk), "assign")
    assert Notice.objects.get(to_user=staff.handler).template == "staff_assigned"


def test_who_refused_and_why_stays_on_screen(browse: Browse, staff: Staff) -> None:
    """It changed between the preview and the doing: the others are done all the same."""
    calm, changed = make_case("open"), make_case("open")
    client = browse(staff.lead)
    page = preview(client, "assign", calm, changed, handler=staff.handler.pk)
    act(changed, "note", staff.handler, text="I have rung them.")
    report = do(client, page, "assign")
    assert outcomes(report) == {
        calm.reference: ("done", "Done."),
        changed.reference: (
            "refused",
            "Refused: It has changed since the preview: Handler wrote an internal note. Look at it "
            "again.",
        ),
    }
    changed.refresh_from_db()
    assert changed.handler is None


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("note", {"text": "Same weather as last week."}),
        ("update", {"text": "We are on it."}),
        ("assign", {}),
        ("set_confidential", {"confidential": "on", "reason": "About our staff"}),
        ("acknowledge", {"how": "By telephone"}),
    ],
)
def test_a_double_click_does_nothing_twice(
    action: str, values: dict[str, Any], browse: Browse, staff: Staff
) -> None:
    cases = [make_case("open"), make_case("open")]
    if action == "acknowledge":
        Case.objects.update(acknowledged_at=None)
    if action == "assign":
        values = {"handler": staff.handler.pk}
    client = browse(staff.lead)
    page = preview(client, action, *cases, **values)
    before = {case.pk: case.events.count() for case in cases}
    said = Message.objects.count()
    reports = [do(client, page, action) for _click in range(2)]
    assert [set(outcomes(report).values()) for report in reports] == [{("done", "Done.")}] * 2
    assert {case.pk: case.events.count() - before[case.pk] for case in cases} == dict.fromkeys(
        before, 1
    )
    assert Message.objects.count() - said == (0 if action == "assign" else len(cases))


def test_a_message_is_shown_as_it_goes_and_in_how_many_languages_people_wrote(
    browse: Browse, staff: Staff
) -> None:
    english, german = make_case("open"), make_case("open", language="de")
    client = browse(staff.handler)
    page = preview(client, "update", english, german, text="We are <b>on it</b>.")
    words = page.content.decode()
    assert "We are &lt;b&gt;on it&lt;/b&gt;." in words
    assert "The people wrote in 2 languages." in words
    assert "English (1), German (1)" in words
    assert outcomes(page) == {
        case.reference: ("done", "Goes by e-mail.") for case in (english, german)
    }
    do(client, page, "update")
    bodies = Message.objects.filter(purpose="update").values_list("body", flat=True)
    assert list(bodies) == ["We are <b>on it</b>."] * 2
    assert Notice.objects.filter(template="update", language="de").count() == 1


def test_only_what_may_be_closed_is_closed(browse: Browse, staff: Staff) -> None:
    complaint, question = make_case("open"), make_case("open", kind="question")
    client = browse(staff.handler)
    page = preview(client, "close", complaint, question, text="Thank you.")
    assert [what for what, _words in outcomes(page).values()] == ["refused", "done"]
    do(client, page, "close")
    states = dict(Case.objects.values_list("reference", "state"))
    assert states == {complaint.reference: "open", question.reference: "closed"}


def test_back_from_the_preview_all_that_was_chosen_and_typed_is_there(
    browse: Browse, staff: Staff
) -> None:
    opened, closed = make_case("open"), make_case("closed")
    client = browse(staff.handler)
    page = preview(client, "update", opened, closed, text="We are on it.")
    back = client.post(bulk_url("update"), hidden(page) | {"step": "edit"})
    assert "We are on it.</textarea>" in back.content.decode().replace("\n", "")
    keys = {str(opened.pk), str(closed.pk)}
    assert set(hidden(back)["chosen"].split(",")) == keys
    assert hidden(back)["batch"] == hidden(page)["batch"]


def test_something_is_missing_and_nothing_is_done(browse: Browse, staff: Staff) -> None:
    case, client = make_case("open"), browse(staff.handler)
    page = preview(client, "update", case, text="")
    assert "Nothing was done yet" in page.content.decode()
    assert outcomes(page) == {}


def test_all_of_a_list_with_its_filters(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("question", "complaint", "question"):
        make_case("open", kind=kind)
    client = browse(staff.handler)
    asked = {"action": "note", "all": "1", "list": "open", "query": "kind=question", "q": ""}
    page = client.post(reverse("conduct_complaints_admin:bulk"), asked)
    assert len(hidden(page)["chosen"].split(",")) == 2
    monkeypatch.setattr("complaints.backoffice.bulk.chosen.MOST", 1)
    page = client.post(reverse("conduct_complaints_admin:bulk"), asked)
    assert len(hidden(page)["chosen"].split(",")) == 1
    assert "cases are done at once: only the first are taken." in page.content.decode()


#: What each gets who picks an action for a case of the customer care team.
NOT_FOUND = "not found"
PICKS: dict[str, Any] = {
    "anonymous": LOGIN, "inactive": LOGIN, "editor": NO_ENTRY, "other team": NOT_FOUND,
    "handler": 200, "lead": 200, "quality": 404, "auditor": 404, "privacy": 404, "admin": 200,
    "named handler": NOT_FOUND, "named admin": NOT_FOUND,
}  # fmt: skip


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("who", WHO)
def test_many_cases_at_once_give_each_role_what_one_case_gives(who: str, staff: Staff) -> None:
    case = make_case("open")
    said = case.messages.count()
    user, client = WHO[who](case), Client()
    if user is not None:
        client.force_login(user)
    response = client.post(bulk_url("note"), choose(case))
    found = outcome(response, case)
    index = reverse("conduct_complaints_admin:index")
    if found == index:
        found = NOT_FOUND
        page = client.get(index, follow=True).content.decode()
        assert "None of the chosen cases was found." in page
        assert case.reference not in page
        assert case.subject not in page
    assert found == PICKS[who]
    # Nor by leaving out the steps before.
    values = {"text": "I was here.", "batch": "0" * 32, "step": "do", "chosen": f"{case.pk}:2"}
    client.post(bulk_url("note"), values)
    assert (case.messages.count() == said + 1) is (PICKS[who] == 200)
    entry = {LOGIN: LOGIN, NO_ENTRY: NO_ENTRY}.get(PICKS[who], index)
    if PICKS[who] != 200:
        assert outcome(client.get(reverse(REPORT)), case) == entry


@pytest.mark.requirement("GDPR-32")
def test_an_invisible_case_among_the_chosen_is_only_counted(browse: Browse, staff: Staff) -> None:
    mine, secret = make_case("open"), make_case("open")
    Involvement.objects.create(
        case=secret, user=staff.lead, part=Involvement.Part.NAMED, since=timezone.now()
    )
    client = browse(staff.lead)
    page = preview(client, "note", mine, secret, text="Hello")
    assert outcomes(page) == {mine.reference: ("done", "Keep internal note")}
    assert secret.reference not in page.content.decode()
    asked = hidden(page) | {"chosen": f"{mine.pk}:2,{secret.pk}:2,999999:1,x:y"}
    report = client.post(bulk_url("note"), asked | {"step": "do"}, follow=True)
    assert "3 chosen cases were not found." in report.content.decode()
    assert secret.reference not in report.content.decode()
    assert secret.messages.filter(purpose="note").count() == 0


def test_what_somebody_may_not_see_any_more_is_not_in_the_report(
    browse: Browse, staff: Staff
) -> None:
    case, client = make_case("open"), browse(staff.handler)
    page = preview(client, "note", case, text="This is about my brother.")
    assert outcomes(do(client, page, "note")) == {case.reference: ("done", "Done.")}
    act(case, "declare_conflict", staff.handler, reason="My brother")
    report = client.get(reverse(REPORT))
    assert outcomes(report) == {}
    assert case.reference not in report.content.decode()
    assert "One of them is not shown: you may not see it any more." in report.content.decode()


def test_nothing_chosen_is_said(browse: Browse, staff: Staff) -> None:
    page = browse(staff.handler).post(bulk_url("note"), {}, follow=True)
    assert "Choose at least one case first" in page.content.decode()


@pytest.mark.parametrize("action", ["approve", "new_key", "nonsense"])
def test_what_is_for_one_case_alone_is_not_there_for_many(
    action: str, browse: Browse, staff: Staff
) -> None:
    case = make_case("open")
    assert browse(staff.lead).post(bulk_url(action), choose(case)).status_code == 404


@pytest.mark.requirement("SEC-EXPORT")
def test_the_chosen_are_exported_and_no_other(browse: Browse, staff: Staff) -> None:
    chosen, other = make_case(), make_case()
    hidden_one = make_case(category=make_category("billing", team=people.make_team("Billing")))
    act(hidden_one, "assign", people.make_admin("boss"), handler=people.make_admin("chief"))
    for who, content in ((staff.handler, "without"), (staff.lead, "with")):
        client = browse(who)
        page = client.post(bulk_url("export"), choose(chosen, hidden_one))
        assert page.status_code == 200, "first it asks what for"
        answers = {"purpose": "statistics", "purpose_note": "", "content": content}
        response = client.post(bulk_url("export"), hidden(page) | answers)
        table = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
        assert [case.reference in table for case in (chosen, other, hidden_one)] == [
            True, False, False,
        ]  # fmt: skip
        assert ("Kim Min-ji" in table) is (content == "with")
    assert list(Access.objects.values_list("case", "what")) == [(chosen.pk, Access.What.EXPORT)]


def test_each_case_costs_a_bounded_number_of_queries(browse: Browse, staff: Staff) -> None:
    """Twice as many cases: so many queries more for each, for the preview and for the doing."""
    cases = [make_case("open") for _number in range(6)]
    client = browse(staff.lead)
    costs = []
    for chosen in (cases[:2], cases[2:]):
        form = hidden(client.post(bulk_url("assign"), choose(*chosen)))
        with CaptureQueriesContext(connection) as tried:
            page = client.post(
                bulk_url("assign"), form | {"handler": staff.handler.pk, "step": "preview"}
            )
        with CaptureQueriesContext(connection) as done:
            do(client, page, "assign")
        costs.append((len(tried), len(done)))
    (few_tried, few_done), (tried_more, done_more) = costs
    # Its savepoint is set and released; all else is asked for all cases together.
    assert (tried_more - few_tried) / 2 <= 3
    assert (done_more - few_done) / 2 <= 3


def test_one_that_fails_keeps_no_other_from_being_done(
    staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = make_case("open"), make_case("open")
    bulk = Bulk(ACTIONS["note"], Actor.staff(staff.handler), {"text": "Hello"}, "0" * 32)
    # Somebody else's message has this number already.
    Message.objects.create(
        case=broken, direction="internal", purpose="note", body="", language="en",
        at=timezone.now(), submission_id=bulk.submission_id(broken),
    )  # fmt: skip
    done = bulk.do_all([broken, fine], {})
    assert [one.is_done for one in done] == [False, True]
    assert done[0].words == "Something went wrong on our side. Open the case and try it there."
    assert "could not be attended to" in caplog.text


@pytest.mark.usefixtures("real_transactions")
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_do_each_case_once() -> None:
    staff = Staff()
    assert staff.handler
    cases = [make_case("open") for _number in range(4)]
    versions = {case.pk: case.version for case in cases}
    results: list[list[bool]] = []

    def assign(user: Any, batch: str) -> None:
        bulk = Bulk(ACTIONS["assign"], Actor.staff(user), {"handler": staff.handler}, batch)
        try:
            own = list(Case.objects.filter(pk__in=versions).order_by("pk"))
            results.append([one.is_done for one in bulk.do_all(own, versions)])
        finally:
            connections.close_all()

    pair = [(staff.lead, "0" * 32), (people.make_lead("second"), "1" * 32)]
    threads = [threading.Thread(target=assign, args=args) for args in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sum(done) for done in zip(*results, strict=True)] == [1] * 4
    for case in cases:
        assert case.events.filter(action="assign").count() == 1


def test_rows_can_be_chosen_without_a_script(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    page = browse(staff.handler).get(list_url()).content.decode()
    box = f'<input type="checkbox" name="case" value="{case.pk}" form="conduct-bulk"'
    assert box in page
    assert '<form id="conduct-bulk"' in page
