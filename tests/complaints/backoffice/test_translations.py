"""A translation stands beside the original, says who made it, and never takes its place (4.9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.access import Actor
from complaints.backoffice.translations import is_foreign
from complaints.lifecycle import ACTIONS
from complaints.models import Case, Involvement, Message, MessageTranslation
from complaints.translating import NotTranslated, propose_translation
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db
KOREAN = "택배가 비를 맞았습니다."
SERVICE = f"{__name__}.a_service"


def a_service(text: str, source: str, target: str) -> str:
    return f"[{source}>{target}] {text}"


def a_broken_service(text: str, source: str, target: str) -> str:
    raise TimeoutError(text)


def a_silent_service(text: str, source: str, target: str) -> str:
    return "  "


@pytest.fixture
def case(staff: Staff) -> Case:
    return make_case("investigating", language="ko", description=KOREAN)


def first(case: Case) -> Message:
    return case.messages.get(purpose=Message.Purpose.ORIGINAL)


def propose_url(message: Message) -> str:
    reference = message.case.reference
    return reverse("conduct_complaints_admin:propose_translation", args=[reference, message.pk])


def page(browse: Browse, user: Any, case: Case) -> str:
    url = reverse("conduct_complaints_admin:case", args=[case.reference])
    return str(browse(user).get(url).content.decode())


def translate(message: Message, text: str, **fields: Any) -> None:
    fields.setdefault("language", "en")
    MessageTranslation.objects.create(message=message, text=text, at=timezone.now(), **fields)


@pytest.mark.requirement("I18N-4")
def test_both_texts_stand_beside_each_other_and_the_original_is_untouched(
    browse: Browse, staff: Staff, case: Case
) -> None:
    translate(first(case), "The parcel got wet.", author=staff.lead)
    act(case, "update", staff.handler, text="기다려 주세요.")
    translate(
        case.messages.get(purpose="update"), "Please wait.", author=staff.handler, is_source=True
    )
    words = page(browse, staff.handler, case)
    assert f'<blockquote class="conduct-original" lang="ko" dir="ltr"><p>{KOREAN}</p>' in words
    assert 'lang="en" dir="ltr"><p>The parcel got wet.</p>' in words
    assert "Translated by Lead" in words
    assert "As Handler wrote it" in words
    assert "기다려 주세요." in words
    assert "The words are as received" in words


@pytest.mark.requirement("GDPR-22")
def test_a_machine_is_never_taken_for_a_person(browse: Browse, staff: Staff, case: Case) -> None:
    translate(first(case), "The parcel got wet.", author=staff.lead, by_machine=True)
    words = page(browse, staff.handler, case)
    assert "Translated by a machine, not checked" in words
    assert "Translated by Lead" not in words


def test_arabic_keeps_its_direction_in_a_translation(
    browse: Browse, staff: Staff, case: Case
) -> None:
    translate(first(case), "ابتل الطرد", language="ar", author=staff.lead)
    assert 'lang="ar" dir="rtl"><p>ابتل الطرد</p>' in page(browse, staff.handler, case)


@pytest.mark.parametrize("role", ["quality", "auditor"])
def test_who_reads_no_words_reads_no_translation(
    role: str, browse: Browse, staff: Staff, case: Case
) -> None:
    translate(first(case), "The parcel got wet.", author=staff.lead)
    user = people.make_quality() if role == "quality" else people.make_auditor()
    assert "The parcel got wet." not in page(browse, user, case)


@pytest.mark.skipif("translate" not in ACTIONS, reason="the action comes with another branch")
def test_the_way_to_translate_is_offered_where_the_language_is_not_ones_own(
    browse: Browse, staff: Staff, case: Case
) -> None:
    address = f"/cases/{case.reference}/translate/?message={first(case).pk}"
    assert address in page(browse, staff.handler, case)
    english = make_case("investigating")
    assert "/translate/?message=" not in page(browse, staff.handler, english)
    assert "/translate/?message=" not in page(browse, people.make_privacy(), case)


def test_what_is_foreign_depends_on_who_reads() -> None:
    assert [is_foreign(code) for code in ("en", "en-gb", "ko", "zh-hans")] == [
        False, False, True, True,
    ]  # fmt: skip


@pytest.mark.requirement("GDPR-22")
def test_without_a_service_nothing_is_offered_and_nothing_answers(
    browse: Browse, staff: Staff, case: Case
) -> None:
    assert "Propose a translation" not in page(browse, staff.handler, case)
    assert browse(staff.handler).post(propose_url(first(case))).status_code == 404


@pytest.mark.requirement("GDPR-22")
def test_a_service_is_asked_when_somebody_presses_the_button_and_only_then(
    browse: Browse, staff: Staff, case: Case, settings: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = SERVICE
    assert "Propose a translation" in page(browse, staff.handler, case)
    assert browse(staff.handler).get(propose_url(first(case))).status_code == 405
    assert not MessageTranslation.objects.exists()
    browse(staff.handler).post(propose_url(first(case)))
    row = MessageTranslation.objects.get()
    assert (row.message, row.language, row.by_machine, row.is_source, row.author) == (
        first(case), "en", True, False, staff.handler,
    )  # fmt: skip
    assert row.text == f"[ko>en] {KOREAN}"
    if "translate" in ACTIONS:
        event = case.events.order_by("-number")[0]
        assert event.action == "translate"
        assert event.data == {"message": first(case).pk, "language": "en", "by_machine": True}


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("a_broken_service", "The translation service did not answer. Nothing was changed"),
        ("a_silent_service", "The translation service gave nothing back."),
        ("no_such_service", "The translation service did not answer. Nothing was changed"),
    ],
)
def test_a_service_that_fails_is_said_in_words_and_nothing_is_lost(
    service: str, words: str, browse: Browse, staff: Staff, case: Case, settings: Any, caplog: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = f"{__name__}.{service}"
    response = browse(staff.handler).post(propose_url(first(case)), follow=True)
    assert words in response.content.decode()
    assert not MessageTranslation.objects.exists()
    assert KOREAN not in caplog.text


def test_what_a_person_translated_is_never_replaced_by_a_machine(
    staff: Staff, case: Case, settings: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = SERVICE
    translate(first(case), "By hand.", author=staff.lead)
    with pytest.raises(NotTranslated):
        propose_translation(first(case), "en", actor=Actor.staff(staff.handler))
    assert MessageTranslation.objects.get().text == "By hand."


def named(case: Case) -> Any:
    user = people.make_admin("named")
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at
    )
    return user


@pytest.mark.parametrize(
    ("who", "kept"),
    [
        (lambda case: Staff().handler, 1),
        (lambda case: Staff().lead, 1),
        (lambda case: people.make_privacy(), 0),
        (lambda case: people.make_quality(), 0),
        (lambda case: people.make_auditor(), 0),
        (lambda case: people.make_editor(), 0),
        (lambda case: people.make_handler("other", team=people.make_team("Billing")), 0),
        (named, 0),
    ],
    ids=["handler", "lead", "privacy", "quality", "auditor", "editor", "other team", "named"],
)
def test_only_who_works_on_the_case_may_ask_a_service(
    who: Any, kept: int, browse: Browse, staff: Staff, case: Case, settings: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = SERVICE
    browse(who(case)).post(propose_url(first(case)))
    assert MessageTranslation.objects.count() == kept


def test_a_message_of_another_case_is_not_found(
    browse: Browse, staff: Staff, case: Case, settings: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = SERVICE
    other = first(make_case(language="ko"))
    url = reverse("conduct_complaints_admin:propose_translation", args=[case.reference, other.pk])
    assert browse(staff.handler).post(url).status_code == 404


def a_slow_service(text: str, source: str, target: str) -> str:
    """While it thinks, a colleague blacks something out."""
    Message.objects.filter(body=text).update(body="█████")
    return f"[{target}] {text}"


@pytest.mark.requirement("GDPR-9")
def test_a_translation_does_not_bring_back_what_was_blacked_out_meanwhile(
    case: Case, staff: Staff, settings: Any
) -> None:
    settings.CONDUCT_TRANSLATOR = f"{__name__}.a_slow_service"
    with pytest.raises(NotTranslated) as refusal:
        propose_translation(first(case), "en", actor=Actor.staff(staff.handler))
    assert "has changed" in refusal.value.why
    assert not MessageTranslation.objects.exists()
