"""What people read: each notice in one language, its subject with the reference and no more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from complaints.lifecycle import Objectivity
from complaints.models import HandlingSettings, Notice
from complaints.notices.outbox import render_notice
from conduct.models import Organisation
from conduct.rights import rights_sentence
from tests.factories import Staff, act, make_case, proposal, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
MAIL = Path(__file__).parents[3] / "complaints/templates/conduct_complaints/mail"
WRITTEN = sorted(path.name.removesuffix(".subject.txt") for path in MAIL.glob("*.subject.txt"))
#: Sent before there is a case, or about none or many.
OF_NO_CASE = {"draft", "look_back", "staff_assigned_many", "staff_digest"}
NAMES = [name for name in WRITTEN if name not in OF_NO_CASE]
TO_COMPLAINANT = [name for name in NAMES if not name.startswith("staff_")]
TO_STAFF = [name for name in NAMES if name.startswith("staff_")]
PERSONAL = ("Kim", "kim@example.com", "parcel", "rain")


def _render(case, name, language="en"):
    message = case.messages.order_by("pk").first()
    decision = case.decisions.last()
    context = {
        "decision": decision,
        "clock": "answer",
        "due_at": NOW,
        "reply_until": NOW,
    }
    return render_notice(case, name, language=language, message=message, context=context)


def test_every_notice_the_code_sends_has_its_templates():
    assert set(WRITTEN) == {
        "draft", "receipt", "look_back",
        "received", "out_of_scope", "duplicate", "question", "update", "answer", "routes",
        "review_started", "resolved_early", "withdrawn", "closed", "reopened", "silence_reminder",
        "put_right", "new_key", "released", "made_complaint", "authority", "something_new",
        "staff_assigned", "staff_reply", "staff_approve", "staff_returned", "staff_serious",
        "staff_conflict", "staff_silence", "staff_due_soon", "staff_overdue", "staff_undelivered",
        "staff_answered", "staff_escalated",
        "staff_harmful_file", "staff_assigned_many", "staff_digest", "staff_mentioned",
        "staff_away", "staff_unassigned", "extended", "unmerged", "new_contact", "split",
        "restricted", "restriction_reviewed",
    }  # fmt: skip


@pytest.mark.requirement("SEC-MAIL")
def test_subjects_carry_the_reference_and_no_detail_of_the_case():
    case = make_case("answered", now=NOW)
    for name in NAMES:
        subject = _render(case, name)[0]
        assert case.reference in subject
        assert not [word for word in PERSONAL if word.lower() in subject.lower()], name


def test_staff_notices_have_a_link_and_nothing_from_the_case():
    case = make_case("answered", now=NOW)
    for name in TO_STAFF:
        _subject, text, html = _render(case, name)
        assert not [word for word in PERSONAL if word in text + html], name
        assert case.reference in text
        assert f"/{case.reference}/" in text


def test_text_and_html_say_the_same_and_have_no_leftovers():
    case = make_case("answered", now=NOW, name="O'Neil & <b>Sons</b>")
    for name in NAMES:
        _subject, text, html = _render(case, name)
        assert "&amp;" not in text, name
        assert "&#x27;" not in text, name
        assert "<b>Sons" not in html, name
        assert "{%" not in text + html, name
        assert "{{" not in text + html, name
        assert "\n\n\n" not in text, name
        assert "<img" not in html, name


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ko", "ltr"), ("ar", "rtl")])
def test_the_page_says_its_language_and_direction(language, direction):
    case = make_case("answered", now=NOW, language=language)
    for name in NAMES:
        html = _render(case, name, language)[2]
        assert f'<html lang="{language}" dir="{direction}">' in html, name


@pytest.mark.requirement("10002-7.4")
def test_the_acknowledgement_tells_everything_a_person_needs():
    organisation = Organisation.for_site(submit().case.site)
    organisation.name = "Parcel Post"
    organisation.external_body_name = "Post Ombudsman"
    organisation.external_body_url = "https://ombudsman.example/"
    organisation.save()
    case = submit(now=NOW, details={"product": "Parcel 7", "remedy_wanted": "A dry parcel"}).case
    text = case.notices.get(template="received").text
    for part in (
        "Dear Kim Min-ji,",
        f"Your reference: {case.reference}",
        f"Your key: {Notice.SECRET_MARK}",
        "Who looks after it: Customer care",
        "free of charge",
        "If you need help, another language or another format",
        "add files or other evidence",
        "Post Ombudsman",
        "https://ombudsman.example/",
        rights_sentence(),
        "Product or service: Parcel 7",
        "What would put it right: A dry parcel",
        case.description,
    ):
        assert part in text


def test_an_acknowledgement_without_outside_body_names_none():
    text = submit(now=NOW).case.notices.get(template="received").text
    assert "independent of us" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "2026년 11월 30일"), ("de", "30. November 2026"), ("vi", "30 tháng 11 năm 2026")],
)
def test_dates_are_written_as_the_language_writes_them(language, words):
    case = submit(now=NOW, language=language).case
    with translation.override("en"):
        assert words in case.notices.get(template="received").text


def test_a_date_is_the_organisations_day_and_not_the_servers():
    case = submit(now=NOW).case
    settings = HandlingSettings.for_site(case.site)
    settings.time_zone = "America/Los_Angeles"
    settings.save()
    late = submit(now=datetime(2026, 11, 3, 3, tzinfo=UTC), language="de").case
    assert ": 2. November 2026\n" in late.notices.get(template="received").text


def test_the_answer_has_every_block():
    case = make_case("answered", now=NOW)
    text = case.decisions.get().sent_text
    for part in (
        "Dear Kim Min-ji,",
        case.reference,
        "1. Delivery",
        "you are right on this point (upheld)",
        "Why: It rained.",
        "We are sorry. We pay the postage back.",
        "Refund: Postage back – 20.00 EUR",
        "You can accept the answer.",
        "You can reject it.",
        "You can ask for a review",
        "If we do not hear from you by",
        "Consumer Ombudsman",
        rights_sentence(),
        "This answer was decided by Lead.",
        "Customer care",
    ):
        assert part in text
    notice = case.notices.get(template="answer")
    assert text.strip() in notice.text


def test_an_answer_without_outside_route_says_so():
    staff = Staff()
    case = make_case("investigating", now=NOW)
    act(case, "propose", staff.handler, now=NOW, **proposal(case, external_route=""))
    act(case, "approve", staff.lead, now=NOW, checklist=list(Objectivity))
    assert "We know of no independent body" in case.decisions.get().sent_text


def test_after_a_review_no_second_one_is_offered():
    case = make_case("answered", now=NOW)
    first = render_notice(
        case, "routes", language="en", context={"decision": case.decisions.get()}
    )[1]
    case.stage = 2
    second = render_notice(
        case, "routes", language="en", context={"decision": case.decisions.get()}
    )[1]
    assert "You can ask for a review." in first
    assert "You can ask for a review." not in second
    assert "cannot offer another review" in second


def test_a_duplicate_is_not_told_the_reference_of_the_other_case():
    other, case = make_case("open", now=NOW), make_case(now=NOW)
    case.duplicate_of = other
    _subject, text, html = _render(case, "duplicate")
    assert case.reference in text
    assert other.reference not in text + html
