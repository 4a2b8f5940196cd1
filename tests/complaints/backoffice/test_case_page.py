"""One case on one screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.models import Access, Case, Message, MessageTranslation, Notice, Party
from tests import people
from tests.complaints.backoffice.conftest import Browse, checked_file
from tests.factories import Staff, act, make_case, submit

pytestmark = pytest.mark.django_db

#: Of the case page, for a handler.
QUERIES = 45
KOREAN = "택배가 비를 맞은 채 문 앞에 놓여 있었습니다."


def case_url(case: Case, query: str = "") -> str:
    return reverse("conduct_complaints_admin:case", args=[case.reference]) + query


def page_of(browse: Browse, user: Any, case: Case, query: str = "") -> str:
    return str(browse(user).get(case_url(case, query)).content.decode())


def test_the_original_words_stand_in_their_language_and_are_proven(
    browse: Browse, staff: Staff
) -> None:
    case = make_case(language="ar", description="وصل الطرد متأخراً")
    page = page_of(browse, staff.handler, case)
    assert (
        '<blockquote class="conduct-original" lang="ar" dir="rtl"><p>وصل الطرد متأخراً</p>' in page
    )
    assert "The words are as received" in page
    Case.objects.filter(pk=case.pk).update(description="Something else")
    assert "differ from what was received" in page_of(browse, staff.handler, case)


def test_the_title_of_the_window_names_the_case_by_its_reference_only(
    browse: Browse, staff: Staff
) -> None:
    case = make_case()
    page = page_of(browse, staff.handler, case)
    title = page.split("<title>")[1].split("</title>")[0]
    assert case.reference in title
    assert "parcel" not in title


def test_the_next_steps_are_buttons_and_the_rest_is_one_click_away(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open")
    page = browse(staff.handler).get(case_url(case))
    offers = page.context["offers"]
    assert [offer.name for offer in offers.now] == ["assess", "assign", "ask"]
    assert "note" in {offer.name for offer in offers.more}
    act(case, "assess", staff.handler, severity=3, complexity="low", impact="low")
    act(case, "assign", staff.lead, handler=staff.handler)
    page = browse(staff.handler).get(case_url(case))
    assert [offer.name for offer in page.context["offers"].now] == ["investigate", "ask", "assess"]


def test_who_wrote_the_answer_is_told_to_wait_and_the_lead_may_approve(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("deciding")
    waits = "You wrote this answer: it waits for somebody else to approve it."
    assert waits in page_of(browse, staff.handler, case)
    page = browse(staff.lead).get(case_url(case))
    assert waits not in page.content.decode()
    assert [offer.name for offer in page.context["offers"].now] == ["approve", "return"]


def test_public_and_internal_words_are_told_apart(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating", language="ko", description=KOREAN)
    act(case, "note", staff.lead, text="Ask the depot.")
    act(case, "update", staff.handler, text="기다려 주세요.")
    page = browse(staff.handler).get(case_url(case))
    said = [(s.side, s.who, s.body, s.language.code) for s in page.context["conversation"]]
    assert said == [
        ("internal", "Lead", "Ask the depot.", "en"),
        ("out", "Handler", "기다려 주세요.", "ko"),
    ]
    words = page.content.decode()
    assert "conduct-talk__item--internal" in words
    assert "Note for colleagues only" in words
    assert "Write to Kim Min-ji in Korean" in words


def test_the_timeline_tells_who_did_what_before_and_after(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    act(case, "assess", staff.handler, severity=2, complexity="low", impact="low")
    act(case, "assess", staff.handler, severity=4, complexity="low", impact="low")
    act(case, "assign", staff.lead, handler=staff.handler)
    events = browse(staff.handler).get(case_url(case)).context["timeline"]
    told = [(event.who, event.what, event.details) for event in events]
    assert told[:2] == [
        ("Lead", "assigned", ["To Handler."]),
        (
            "Handler",
            "assessed",
            [
                "Severity: 2 – moderate → 4 – major.",
                "Priority: Normal → High.",
                "Way: Settle it at once → Investigate by a plan.",
            ],
        ),
    ]
    assert told[-1] == ("Complainant", "sent it", ["Channel: Web form."])
    assert (told[-3][1], events[-3].state) == ("moderated", "Open")


def test_fields_that_are_filled_show_and_every_field_on_request(
    browse: Browse, staff: Staff
) -> None:
    case = make_case(details={"order_number": "A-17"})
    page = page_of(browse, staff.handler, case)
    assert "A-17" in page
    assert "Place or branch" not in page
    assert "Place or branch" in page_of(browse, staff.handler, case, "?all")


def test_a_person_without_an_address_is_a_task_for_somebody(browse: Browse, staff: Staff) -> None:
    case = make_case(complainant={"name": "Somchai", "phone": "+66 2"})
    page = page_of(browse, staff.handler, case)
    assert "To be told by telephone or letter" in page
    assert "A message did not reach the person" not in page
    assert "Call or write to the person, then record the acknowledgement" in page
    act(case, "acknowledge", staff.handler, how="By telephone")
    page = page_of(browse, staff.handler, case)
    assert "then record the acknowledgement" not in page


def test_a_mail_that_could_not_be_sent_shows(browse: Browse, staff: Staff) -> None:
    case = make_case()
    assert "did not reach" not in page_of(browse, staff.handler, case)
    case.notices.update(state=Notice.State.FAILED)
    assert "Could not be sent" in page_of(browse, staff.handler, case)


def test_earlier_cases_of_the_same_address_show_if_the_viewer_may_see_them(
    browse: Browse, staff: Staff
) -> None:
    case, earlier = make_case(), make_case(email="KIM@example.com", description="Earlier matter")
    secret = make_case(description="Secret matter")
    act(secret, "set_confidential", staff.lead, confidential=True, reason="Staff")
    page = page_of(browse, staff.handler, case)
    assert "Other cases of the same person" in page
    assert earlier.reference in page
    assert secret.reference not in page
    assert secret.reference in page_of(browse, staff.lead, case)


def test_the_due_date_is_explained(browse: Browse, staff: Staff) -> None:
    case = make_case("open")
    page = browse(staff.handler).get(case_url(case))
    # Not the answer, but what they hear from us before it.
    assert page.context["due"].text == "Due in 10 working days"
    [why] = page.context["due_why"]
    assert "It is 10 working days, so the last day is" in why
    assert "Why this date?" in page.content.decode()


def test_a_clock_that_ran_out_says_so(browse: Browse, staff: Staff) -> None:
    case = make_case("open", now=timezone.now() - timedelta(days=70))
    page = browse(staff.handler).get(case_url(case))
    assert page.context["due"].is_overdue
    assert "working days overdue" in page.context["due"].text


@pytest.mark.requirement("GDPR-32")
def test_looking_is_logged_once_in_a_quarter_of_an_hour(browse: Browse, staff: Staff) -> None:
    case = make_case()
    client = browse(staff.handler)
    client.get(case_url(case))
    client.get(case_url(case))
    log = Access.objects.filter(case=case)
    assert list(log.values_list("user", "what")) == [(staff.handler.pk, "view")]
    log.update(at=timezone.now() - timedelta(minutes=16))
    client.get(case_url(case))
    assert log.count() == 2


@pytest.mark.requirement("GDPR-32")
def test_a_file_comes_as_a_download_and_is_logged(browse: Browse, staff: Staff) -> None:
    case = make_case(files=[checked_file("photo <1>.pdf")])
    attachment = case.attachments.get()
    url = reverse("conduct_complaints_admin:file", args=[case.reference, attachment.public_id])
    response = browse(staff.handler).get(url)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 receipt"  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="photo <1>.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert list(Access.objects.values_list("case", "user", "what")) == [
        (case.pk, staff.handler.pk, "file")
    ]


def test_a_file_is_not_served_below_another_case(browse: Browse, staff: Staff) -> None:
    case, other = make_case(files=[checked_file()]), make_case()
    attachment = case.attachments.get()
    url = reverse("conduct_complaints_admin:file", args=[other.reference, attachment.public_id])
    assert browse(staff.handler).get(url).status_code == 404


def test_a_lost_file_is_said_in_words(browse: Browse, staff: Staff) -> None:
    case = make_case(files=[checked_file()])
    attachment = case.attachments.get()
    attachment.file.storage.delete(str(attachment.file.name))
    url = reverse("conduct_complaints_admin:file", args=[case.reference, attachment.public_id])
    page = browse(staff.handler).get(url, follow=True).content.decode()
    assert "The file can&#x27;t be read from the storage." in page


@pytest.mark.parametrize("amount", [1, 30])
def test_the_page_costs_the_same_with_one_message_and_with_thirty(
    amount: int, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    case = make_case("investigating", complainant={"name": "Kim", "email": "kim@example.com"})
    for number in range(amount):
        act(case, "note", staff.lead, text=f"Note {number}")
        submit(email="kim@example.com")
    client = browse(staff.handler)
    client.get(case_url(case))
    # Among them permissions given, and whether there is one to take back or something to tell.
    with django_assert_num_queries(QUERIES):
        client.get(case_url(case))


def many_messages(case: Case, amount: int, author: Any) -> None:
    """Faster than as many actions; each third has a translation."""
    now = timezone.now()
    messages = Message.objects.bulk_create(
        Message(
            case=case, direction="internal", purpose="note", body=f"Note {number}.", language="en",
            author=author, at=now + timedelta(seconds=number),
        )
        for number in range(amount)
    )  # fmt: skip
    MessageTranslation.objects.bulk_create(
        MessageTranslation(message=message, language="ko", text="메모", author=author, at=now)
        for message in messages[::3]
    )


@pytest.mark.parametrize("query", ["", "?messages=all"])
@pytest.mark.parametrize("amount", [1, 500])
def test_the_page_costs_the_same_with_one_message_and_with_five_hundred(
    amount: int, query: str, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    case = make_case("investigating")
    many_messages(case, amount, staff.lead)
    client = browse(staff.handler)
    client.get(case_url(case))
    with django_assert_num_queries(QUERIES):
        client.get(case_url(case, query))


def test_of_a_long_conversation_the_newest_show_and_all_on_request(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("investigating")
    many_messages(case, 60, staff.lead)
    client = browse(staff.handler)
    page = client.get(case_url(case))
    bodies = [said.body for said in page.context["conversation"]]
    assert bodies == [f"Note {number}." for number in range(10, 60)]
    assert "Show all messages" in page.content.decode()
    page = client.get(case_url(case, "?messages=all"))
    assert len(page.context["conversation"]) == 60
    assert "Show all messages" not in page.content.decode()


def test_nothing_is_inline_for_a_strict_policy(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    page = page_of(browse, staff.handler, case)
    own = page[page.index('class="conduct-head"') : page.index('class="conduct-timeline"')]
    for inline in (" style=", "<style", "<script", "onclick", "javascript:"):
        assert inline not in own


def test_a_representative_and_support_needs_show(browse: Browse, staff: Staff) -> None:
    case = make_case(
        complainant={"name": "Kim", "email": "k@example.com", "support_needs": "Large print"},
        representative={"name": "Ms Adviser", "email": "a@example.com"},
    )
    Case.objects.filter(pk=case.pk).update(answer_to_representative=True)
    page = page_of(browse, staff.handler, case)
    for words in ("Large print", "Ms Adviser", "We write to the representative."):
        assert words in page
    assert Party.objects.count() == 2


def test_privacy_officers_read_without_acting(browse: Browse, staff: Staff) -> None:
    case = make_case()
    page = browse(people.make_privacy()).get(case_url(case))
    assert page.context["offers"].names == {"hold", "mark_sensitive", "redact"}
    assert "Kim Min-ji" in page.content.decode()
