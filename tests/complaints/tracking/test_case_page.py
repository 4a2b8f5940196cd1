"""What a complainant reads on the page of their case, and what they never do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from complaints.clock_words import day_in_words
from complaints.intake.storing_files import store_file
from complaints.intake.submission import CheckedFile
from complaints.lifecycle import PUBLIC_STATUS, Objectivity, State
from complaints.models import Attachment, Case, Message
from tests.complaints.tracking.conftest import HOME, Complainant, text_of
from tests.factories import Staff, act, proposal, submit, walk_to
from tests.people import make_lead

STATES = [state for state in State if state != State.REFERRED]


def links(page: Any) -> list[str]:
    body = page.content.decode()
    return [part.partition('"')[0] for part in body.split(f'href="{HOME}do/')[1:]]


@pytest.mark.requirement("10002-7.3")
@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.RECEIVED, ["reply", "withdraw"]),
        (State.OPEN, ["reply", "withdraw"]),
        (State.INVESTIGATING, ["reply", "withdraw"]),
        (State.WAITING, ["reply", "withdraw"]),
        (State.DECIDING, ["reply", "withdraw"]),
        (State.ANSWERED, ["accept", "reject", "request_review", "reply", "withdraw"]),
        (State.PUTTING_RIGHT, ["reply", "withdraw"]),
        (State.REVIEWING, ["reply", "withdraw"]),
        (State.CLOSED, ["reply", "reopen"]),
    ],
)
def test_every_state_says_where_it_is_what_is_next_and_what_can_be_done(
    complainant: Complainant, state: str, offered: list[str]
) -> None:
    walk_to(complainant.case, state)
    complainant.open()
    response = complainant.client.get(HOME)
    page = text_of(response)
    assert f"Where it is {PUBLIC_STATUS[state]}" in page
    next_words = {State.CLOSED: "Nothing more is planned."}.get(State(state), "Next: ")
    assert next_words in page
    assert [link.rstrip("/") for link in links(response)] == offered


@pytest.mark.requirement("10002-7.3")
def test_next_step_has_its_date_and_lateness_is_admitted(opened: Complainant) -> None:
    act(opened.case, "moderate", Staff().handler, result="accept", category=_category())
    clock = opened.case.clocks.get(name="answer")
    day = day_in_words(clock.due_at)
    assert f"Next: our answer, by {day}." in opened.page()
    clock.due_at = timezone.now() - timedelta(days=3)
    clock.save()
    assert "We are late, and we are sorry. It is still coming." in opened.page()


def _category() -> Any:
    from tests.factories import make_category

    return make_category()


def test_question_is_shown_where_it_can_be_answered(opened: Complainant) -> None:
    walk_to(opened.case, "waiting")
    page = opened.page()
    assert "What you can do now Our question Which day was it? Answer our question" in page
    assert "Next: your reply. Until then the time for our answer stands still." in page


@pytest.mark.requirement("10002-7.8")
def test_answer_is_shown_with_findings_reasons_remedies_and_every_way_on(
    answered: Complainant,
) -> None:
    page = answered.page()
    assert "We are sorry. We pay the postage back." in page
    assert "you are right on this point (upheld). It rained." in page
    assert "Refund Postage back 20.00 EUR Promised" in page
    assert "You can also turn to a body that is independent of us: Consumer Ombudsman" in page
    decision = answered.case.decisions.get()
    assert decision.answer_by is not None
    day = day_in_words(decision.answer_by)
    assert f"Please tell us by {day} whether you accept this answer." in page
    assert "does not limit your legal rights" in page
    assert "The answer exactly as we sent it" in page


def test_delivery_of_remedies_is_shown(answered: Complainant) -> None:
    case, staff = answered.case, Staff()
    act(case, "accept")
    remedy = case.remedies.get()
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Bank slip 7 of Ana")
    today = day_in_words(timezone.now())
    page = answered.page()
    assert f"20.00 EUR Done on {today} If you" in page
    assert "Bank slip" not in page
    act(case, "verify_remedy", staff.lead, remedy=remedy)
    assert f"Done on {today}, and checked" in answered.page()


def test_no_outside_route_is_said_too(complainant: Complainant) -> None:
    walk_to(complainant.case, "investigating")
    words = proposal(complainant.case, external_route="")
    act(complainant.case, "propose", Staff().handler, **words)
    act(complainant.case, "approve", Staff().lead, checklist=list(Objectivity))
    complainant.open()
    assert "We know of no independent body outside our organisation" in complainant.page()


def test_nothing_of_what_staff_keep_among_themselves_is_shown(opened: Complainant) -> None:
    case, staff = opened.case, Staff()
    walk_to(case, "investigating")
    act(case, "note", staff.handler, text="SECRET note")
    act(case, "set_confidential", staff.lead, confidential=True, reason="SECRET reason")
    note = case.messages.get(body="SECRET note")
    store(case, "SECRET-evidence.txt", message=note)
    store(case, "SECRET-draft.txt", internal=True)
    words = proposal(
        case,
        findings={issue.pk: ("upheld", "SECRET finding") for issue in case.issues.all()},
        answer="SECRET draft answer",
        cause="SECRET cause",
        others_affected="SECRET others",
        remedies=[{"kind": _remedy_kind(), "description": "SECRET refund", "amount": 20}],
    )
    act(case, "propose", staff.handler, **words)
    act(case, "return", staff.lead, reason="SECRET return")
    act(submit().case, "moderate", staff.handler, result="abuse")
    other = submit(description="SECRET other case")
    # All of it is there to be leaked.
    assert other.case.description == "SECRET other case"
    assert case.messages.filter(direction="internal").count() >= 3
    for path in ("", "download/", "do/reply/"):
        body = opened.client.get(HOME + path).content.decode()
        assert "SECRET" not in body, path
        assert "assess" not in body.lower(), path
    assert "Your contact: Handler" in opened.page()
    for person in (staff.handler, staff.lead):
        assert person.email not in opened.page()


def _remedy_kind() -> Any:
    from tests.factories import make_remedy_kind

    return make_remedy_kind()


def test_findings_of_a_review_stay_inside_until_its_answer_is_sent(answered: Complainant) -> None:
    case = answered.case
    act(case, "request_review")
    reviewer = make_lead("reviewer")
    findings = {issue.pk: ("not_upheld", "SECRET new reason") for issue in case.issues.all()}
    act(case, "propose", reviewer, **proposal(case, findings=findings, remedies=[]))
    page = answered.page()
    assert "Our earlier answer" in page
    assert "We are sorry. We pay the postage back." in page
    assert "SECRET" not in page
    act(case, "approve", make_lead("second"), checklist=list(Objectivity))
    assert "SECRET new reason" in answered.page()


def test_messages_carry_their_language_and_direction(db: None) -> None:
    receipt = submit(language="ar", description="الطرد مبلل.")
    complainant = Complainant(receipt)
    complainant.open()
    body = complainant.client.get(HOME).content.decode()
    assert '<div lang="ar" dir="auto"><p>الطرد مبلل.</p></div>' in body
    assert 'href="/ar/case/" lang="ar" hreflang="ar">العربيّة</a>' in body
    arabic = complainant.client.get("/ar/case/").content.decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'hreflang="ar">العربيّة</a></p>' not in arabic


def test_words_of_the_complainant_are_never_markup(opened: Complainant) -> None:
    opened.send("reply", words="<script>alert(1)</script> & more")
    body = opened.client.get(HOME).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in body
    assert "<script>alert" not in body


@pytest.mark.requirement("10002-7.3")
def test_timeline_tells_the_steps_in_plain_words(opened: Complainant) -> None:
    walk_to(opened.case, "answered")
    page = opened.page()
    steps = [
        "We received it.",
        "We confirmed that we have it.",
        "We read it and opened your case.",
        "We began to find out what happened.",
        "We sent you our answer.",
    ]
    told = page.partition("What has happened so far")[2].partition("How we got")[0]
    positions = [told.find(step) for step in steps]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_download_has_the_whole_conversation(answered: Complainant) -> None:
    answered.send("reply", words="One more thing.")
    store(answered.case, "photo.txt")
    response = answered.client.get(f"{HOME}download/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    name = f'attachment; filename="{answered.case.reference}.txt"'
    assert response["Content-Disposition"] == name
    text = response.content.decode()
    for words in ("The parcel was left", "One more thing.", "photo.txt", "We pay the postage back"):
        assert words in text


def test_number_of_queries_does_not_grow_with_the_conversation(
    opened: Complainant, django_assert_num_queries: Any
) -> None:
    opened.page()  # whatever is read once and kept
    for count in (1, 30):
        for number in range(count - opened.case.messages.count()):
            message = say(opened.case, f"Message {number}")
            store(opened.case, f"{number}.txt", message=message)
        assert opened.case.messages.count() == count
        with django_assert_num_queries(PAGE_QUERIES):
            opened.client.get(HOME)


PAGE_QUERIES = 14


def say(case: Case, body: str) -> Message:
    return Message.objects.create(
        case=case, direction="in", purpose="reply", body=body, language="en", at=timezone.now()
    )


def store(
    case: Case, name: str, *, message: Message | None = None, internal: bool = False
) -> Attachment:
    content = ContentFile(b"words")
    checked = CheckedFile(name=name, content_type="text/plain", size=5, content=content)
    attachment = store_file(case, checked, now=timezone.now())
    assert attachment is not None
    attachment.message, attachment.internal = message, internal
    attachment.save()
    return attachment
