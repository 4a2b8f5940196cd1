"""Staff write down what somebody told them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.entering_form import EntryForm
from complaints.models import Access, Case, ClockName, Consent, Involvement, Party
from complaints.references import hash_key
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_category, make_remedy_kind, submit

pytestmark = pytest.mark.django_db

URL = "conduct_complaints_admin:enter"
YESTERDAY = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
KEY = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")


def shown_values(client: Client) -> dict[str, Any]:
    """What the browser posts if nothing at all is filled in."""
    form = client.get(reverse(URL)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "", [])}


def enter(client: Client, **data: Any) -> Any:
    values = shown_values(client) | {"description": "The bus never came.", "kind": "complaint"}
    return client.post(reverse(URL), values | data)


def key_on(response: Any) -> str:
    found = set(KEY.findall(response.content.decode()))
    assert len(found) == 1
    return found.pop()


@pytest.mark.requirement("10002-4.11")
def test_two_filled_fields_are_enough(browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    response = client.post(
        reverse(URL),
        shown_values(client) | {"description": "The bus never came.", "kind": "suggestion"},
    )
    assert "Saved. Tell the person now:" in response.content.decode()
    case = Case.objects.get()
    assert (case.description, case.kind, case.channel, case.language, case.received_by) == (
        "The bus never came.",
        "suggestion",
        "phone",
        "en",
        staff.handler,
    )


def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(
    browse: Browse, staff: Staff
) -> None:
    response = enter(browse(staff.handler), description="", kind="", name="Kim")
    assert response.context["form"].errors == {
        "description": ["Write down what they said, in a sentence at least."],
        "kind": ["Choose what it is. It can be changed later."],
    }
    assert 'value="Kim"' in response.content.decode()
    assert not Case.objects.exists()


def test_with_an_address_the_mail_tells_and_the_case_opens(
    browse: Browse, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    client = browse(staff.handler)
    with django_capture_on_commit_callbacks(execute=True):
        response = enter(client, email="kim@example.com", name="Kim")
    case = Case.objects.get()
    assert response["Location"] == reverse("conduct_complaints_admin:case", args=[case.reference])
    page = client.get(response["Location"]).content.decode()
    assert f"Saved as {case.reference}. Reference and key are on their way by e-mail." in page
    assert [message.to for message in mail.outbox] == [["kim@example.com"]]
    assert not KEY.search(page)
    assert case.complainant.reply_by == "email"


def test_without_an_address_reference_and_key_are_shown_once_and_open_the_case(
    browse: Browse, staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    client = browse(staff.handler)
    response = enter(client, name="Kim", phone="+44 20 7946 0123")
    case, key = Case.objects.get(), key_on(response)
    assert hash_key(key) == case.key_hash
    assert case.reference in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    # In no address, no log, no session, and on no later page.
    assert "Location" not in response
    assert key not in caplog.text
    assert key not in str(dict(client.session))
    for name in ("case", "index"):
        arguments = [case.reference] if name == "case" else []
        page = client.get(reverse(f"conduct_complaints_admin:{name}", args=arguments), follow=True)
        assert key not in page.content.decode()
    assert all(key not in notice.text + notice.secret for notice in case.notices.all())


def test_the_letter_with_the_key_is_there_to_print(browse: Browse, staff: Staff) -> None:
    response = enter(
        browse(staff.handler), name="Kim", postal_address="1 High Street\nNewtown", channel="post"
    )
    letter = response.context["letter"]
    assert (letter.name, letter.address) == ("Kim", "1 High Street\nNewtown")
    assert f"Your key: {key_on(response)}" in letter.text
    assert "data-print" in response.content.decode()


def test_a_double_click_makes_one_case_with_one_key(browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    values = shown_values(client) | {"description": "The bus never came.", "kind": "complaint"}
    first, second = (client.post(reverse(URL), values) for _click in range(2))
    assert Case.objects.count() == 1
    assert key_on(first) == key_on(second)
    # A day later the same page, sent again, no longer shows it.
    Case.objects.update(stored_at=timezone.now() - timedelta(days=1))
    later = client.post(reverse(URL), values, follow=True).content.decode()
    assert f"This was saved before, as {Case.objects.get().reference}." in later
    assert not KEY.search(later)


def test_the_number_of_another_form_opens_nobodys_case(browse: Browse, staff: Staff) -> None:
    theirs = submit(token_id="a-form-on-the-web")
    client = browse(staff.lead)
    mine = key_on(enter(client, submission_id="a-form-on-the-web"))
    assert mine != theirs.key
    # Nor does that of a colleague.
    again = key_on(enter(browse(staff.handler), submission_id="a-form-on-the-web"))
    assert len({mine, theirs.key, again}) == 3
    assert Case.objects.count() == 3


@pytest.mark.requirement("10002-7.2")
def test_a_receipt_set_back_moves_every_clock(browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    told_at = (timezone.localtime() - timedelta(days=200)).replace(second=0, microsecond=0)
    given = told_at.strftime("%Y-%m-%d %H:%M")
    enter(client, received_at=given, back_dating_reason="Told at the counter")
    late = Case.objects.get()
    assert (late.received_at, late.back_dating_reason) == (told_at, "Told at the counter")
    assert late.stored_at > told_at
    on_the_day = submit(now=told_at, channel="phone", complainant={"name": "Kim"}).case
    due = {
        case: list(
            case.clocks.exclude(name=ClockName.UPDATE)
            .order_by("name")
            .values_list("name", "started_at", "due_at")
        )
        for case in (late, on_the_day)
    }
    assert due[late] == due[on_the_day]
    assert [name for name, _start, _due in due[late]] == [ClockName.ACKNOWLEDGE, ClockName.ANSWER]
    assert late.due_at == due[late][1][2]
    # The next message is counted from the one that goes out now.
    assert late.clocks.get(name=ClockName.UPDATE).started_at > told_at
    event = late.events.get(action="receive")
    assert event.data["received_at"] == told_at.isoformat()
    assert event.at > told_at
    page = client.get(
        reverse("conduct_complaints_admin:case", args=[late.reference])
    ).content.decode()
    assert "Told at the counter" in page


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (
            {"received_at": YESTERDAY},
            {"back_dating_reason": ["Say why it is entered later than it came in."]},
        ),
        (
            {"back_dating_reason": "Told at the counter"},
            {"received_at": ["Choose when it came in, or clear the reason."]},
        ),
        (
            {"received_at": "2999-01-01 10:00", "back_dating_reason": "Ahead"},
            {
                "received_at": [
                    "This lies ahead. Choose when it came in, or leave it empty for now."
                ]
            },
        ),
        (
            {"received_at": "0202-01-01 10:00", "back_dating_reason": "Slip"},
            {"received_at": ["This is more than five years ago. Check the year."]},
        ),
        (
            {"received_at": "yesterday", "back_dating_reason": "Slip"},
            {"received_at": ["Write day and time, such as 2026-03-31 14:30."]},
        ),
        (
            {"reply_by": "post"},
            {"postal_address": ["Write the postal address, or choose another way."]},
        ),
        (
            {"support": ["large_print"]},
            {
                "support_agreed": [
                    "Ask whether we may keep it. If they do not agree, clear what is above."
                ]
            },
        ),
        (
            {"representative_phone": "+44 20 7946 0123"},
            {"representative_name": ["Write the name of whoever acts for them."]},
        ),
        (
            {"representative_name": "Ms Adviser", "answer_to_representative": "on"},
            {
                "representative_email": [
                    "Write their e-mail address or telephone number, so that we can reach them."
                ]
            },
        ),
        (
            {"happened_on": "2999-01-01"},
            {"happened_on": ["This date lies ahead. Write the day on which it happened."]},
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_said_and_the_folded_part_is_open(
    data: dict[str, Any], errors: dict[str, list[str]], browse: Browse, staff: Staff
) -> None:
    response = enter(browse(staff.handler), **data)
    assert response.context["form"].errors == errors
    assert '<details class="conduct-section conduct-entry__more" open>' in response.content.decode()
    assert not Case.objects.exists()


#: Every row of table C1 (annex C in paraphrase) and the fields in which staff write it down. How
#: and when it was sent is set by the system.
TABLE_C1: dict[str, tuple[str, ...]] = {
    "full name": ("name",),
    "how to address": ("address_as",),
    "e-mail, phone, address": ("email", "phone", "postal_address"),
    "language, channel, contact times": ("language", "reply_by", "contact_times"),
    "support or adjustment": ("support", "support_needs", "support_agreed"),
    "acting for": (
        "representative_name", "representative_relation", "representative_email",
        "representative_phone", "authority_files", "answer_to_representative",
    ),
    "other person": ("other_contact",),
    "about": ("product", "order_number", "place", "staff_named"),
    "promise": ("promise",),
    "date": ("happened_on", "happened_when"),
    "going on, before, earlier": ("still_going_on", "happened_before", "earlier_contact"),
    "what happened": ("description",),
    "effect": ("effect",),
    "urgent": ("urgent",),
    "remedy": ("remedies", "remedy_wanted"),
    "evidence": ("evidence_files", "enclosures", "evidence_link"),
    "elsewhere": ("elsewhere",),
    "consent": ("may_be_surveyed", "may_be_told"),
}  # fmt: skip
OF_STAFF_ONLY = {
    "submission_id", "kind", "channel", "category", "received_at", "back_dating_reason"
}  # fmt: skip


@pytest.mark.requirement("10002-C")
def test_the_staffs_form_asks_for_all_of_table_c1() -> None:
    asked = {name for names in TABLE_C1.values() for name in names}
    assert set(EntryForm.base_fields) == asked | OF_STAFF_ONLY
    shown = {*EntryForm.SHORT, *(name for _title, names in EntryForm.MORE for name in names)}
    assert shown == set(EntryForm.base_fields) - {"submission_id"}


@pytest.mark.requirement("10002-C")
def test_everything_that_is_filled_in_is_kept(browse: Browse, staff: Staff) -> None:
    refund, category = make_remedy_kind(), make_category()
    texts = {
        "product": "Bus 7", "order_number": "A-17", "place": "Newtown", "happened_when": "In May",
        "earlier_contact": "In April", "effect": "Missed a day", "remedy_wanted": "The fare",
        "elsewhere": "The ombudsman", "enclosures": "The ticket", "other_contact": "Her sister",
        "evidence_link": "https://example.com/photo",
    }  # fmt: skip
    ticks = ("still_going_on", "happened_before", "urgent", "may_be_surveyed", "may_be_told")
    enter(
        browse(staff.handler),
        **texts, **dict.fromkeys(ticks, "on"),
        name="Kim", email="kim@example.com", phone="+44 20 7946 0123", address_as="Ms Kim",
        postal_address="1 High Street", reply_by="phone", contact_times="After 17:00",
        language="ar", category=category.pk, channel="in_person", happened_on="2026-05-04",
        remedies=[refund.pk], support=["large_print"], support_needs="Speak slowly",
        support_agreed="on", representative_name="Ms Adviser", representative_relation="Daughter",
        representative_email="a@example.com", representative_phone="+44 1",
        evidence_files=[SimpleUploadedFile("ticket.pdf", b"%PDF-1.7 ticket")],
        authority_files=[SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter")],
    )  # fmt: skip
    case = Case.objects.get()
    assert {name: getattr(case, name) for name in texts} == texts
    assert all(getattr(case, name) for name in ticks)
    assert (case.language, case.channel, str(case.happened_on)) == ("ar", "in_person", "2026-05-04")
    assert [issue.category for issue in case.issues.all()] == [category]
    assert list(case.remedies_wanted.all()) == [refund]
    person, other = case.complainant, case.representative
    assert (person.reply_by, person.support, person.support_needs) == (
        "phone", ["large_print"], "Speak slowly",
    )  # fmt: skip
    assert person.support_review_on == timezone.localdate() + timedelta(days=365)
    assert other is not None
    assert (other.name, other.relation, other.authority) == (
        "Ms Adviser", "Daughter", Party.Authority.SENT,
    )  # fmt: skip
    assert {(file.name, file.is_authority) for file in case.attachments.all()} == {
        ("ticket.pdf", False),
        ("letter.pdf", True),
    }
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"survey", "story", "support"}


def test_a_refused_file_never_loses_the_case(browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    program = SimpleUploadedFile("invoice.pdf", b"MZ\x90\x00\x03" + b"\x00" * 60)
    response = enter(client, email="kim@example.com", evidence_files=[program])
    page = client.get(response["Location"]).content.decode()
    assert "was not kept:" in page
    assert Case.objects.get().attachments.count() == 0


def named_handler() -> Any:
    return people.make_handler("ana", first_name="Ana", last_name="Moreno")


@pytest.mark.requirement("10002-4.11")
def test_who_is_named_in_it_is_told_before_losing_sight_of_it(browse: Browse, staff: Staff) -> None:
    ana = named_handler()
    client = browse(ana)
    data = shown_values(client) | {
        "description": "She was rude.", "kind": "complaint", "staff_named": "Mrs Moreno",
    }  # fmt: skip
    warned = client.post(reverse(URL), data)
    assert "You are named in it yourself." in warned.content.decode()
    assert not Case.objects.exists()
    saved = client.post(reverse(URL), data | {"knowing": "1"}, follow=True)
    case = Case.objects.get()
    assert f"Saved as {case.reference}. A colleague handles it." in saved.content.decode()
    assert not KEY.search(saved.content.decode())
    assert case.involvements.get(user=ana).part == Involvement.Part.NAMED
    url = reverse("conduct_complaints_admin:case", args=[case.reference])
    assert client.get(url).status_code == 404
    assert browse(staff.lead).get(url).status_code == 200
    # Nor does sending it once more bring the key to light.
    again = client.post(reverse(URL), data | {"knowing": "1"}, follow=True)
    assert not KEY.search(again.content.decode())


def test_who_hands_it_to_another_team_is_told_so(browse: Browse, staff: Staff) -> None:
    billing = people.make_handler("bill", team=people.make_team("Billing"))
    page = enter(browse(billing), category=make_category().pk).content.decode()
    assert "It is with Customer care: they see the case, you don't." in page
    assert "Open the case" not in page
    to_them = enter(browse(billing), category=make_category().pk, email="kim@example.com")
    assert to_them["Location"] == reverse("conduct_complaints_admin:index")


def test_the_way_it_came_last_comes_first(browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    enter(client, channel="post")
    assert shown_values(client)["channel"] == "post"


#: Who may write down what they heard, and whether they then see that it became a case.
ENTERS: dict[str, tuple[Callable[[], Any], bool, bool]] = {
    "handler": (lambda: Staff().handler, True, True),
    "lead": (lambda: Staff().lead, True, True),
    "admin": (people.make_admin, True, True),
    "quality": (people.make_quality, True, True),
    "auditor": (people.make_auditor, True, True),
    "privacy": (people.make_privacy, True, True),
    "editor": (people.make_editor, True, False),
    "inactive": (lambda: people.make_handler("gone", is_active=False), False, False),
    "no access to the admin": (lambda: people.make_user("visitor"), False, False),
}


@pytest.mark.requirement("10002-4.11", "10002-5.4.5")
@pytest.mark.parametrize("who", ENTERS)
def test_every_colleague_finds_the_form_and_may_send_it(
    who: str, browse: Browse, staff: Staff
) -> None:
    make, may, sees = ENTERS[who]
    client, url = browse(make()), reverse(URL)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (url in home) is may
    values = {
        "description": "The bus never came.", "kind": "complaint", "channel": "phone",
        "language": "en", "submission_id": "one",
    }  # fmt: skip
    client.post(url, values)
    assert Case.objects.count() == (1 if may else 0)
    inbox = client.get(reverse("conduct_complaints_admin:list", args=["open"]))
    assert (inbox.status_code == 200) is sees
    if who in {"handler", "lead", "admin"}:
        buttons = {button.label: button.url for button in inbox.context["header_buttons"]}
        assert buttons["Log a new case"] == url


@pytest.mark.requirement("10002-5.4.5")
def test_a_colleague_without_a_role_sees_the_receipt_and_no_case(
    browse: Browse, staff: Staff
) -> None:
    other = submit(description="The ferry sank.").case
    client = browse(people.make_editor())
    form = client.get(reverse(URL)).content.decode()
    assert "You need no training for this" in form
    receipt = enter(client)
    case = Case.objects.exclude(pk=other.pk).get()
    page = receipt.content.decode()
    assert key_on(receipt)
    assert "Colleagues who work on cases take it from here." in page
    assert case.received_by.username == "editor"
    # No way from here to a case, to a list, to what somebody else said.
    lists = reverse("conduct_complaints_admin:index")
    for said in (form, page):
        assert f'href="{lists}"' not in said
        assert "ferry" not in said
        assert other.reference not in said
    reference = case.reference
    for address in (
        lists,
        reverse("conduct_complaints_admin:list", args=["open"]) + f"?q={reference}",
        reverse("conduct_complaints_admin:case", args=[reference]),
        reverse("conduct_complaints_admin:action", args=[reference, "note"]),
        reverse("conduct_complaints_admin:refused"),
        reverse("conduct_complaints_admin:export_all"),
        reverse("conduct_complaints_admin:help"),
    ):
        assert client.get(address)["Location"] == reverse("wagtailadmin_home")
    assert not Case.objects.visible_to(people.make_editor("second")).exists()


@pytest.mark.requirement("10002-5.4.5")
def test_with_an_address_a_colleague_without_a_role_reads_that_it_was_saved(
    browse: Browse, staff: Staff
) -> None:
    client = browse(people.make_editor())
    response = enter(client, email="kim@example.com")
    assert response["Location"] == reverse(URL)
    page = client.get(reverse(URL)).content.decode()
    reference = Case.objects.get().reference
    assert f"Saved as {reference}. Reference and key are on their way by e-mail." in page
    assert not KEY.search(page)


def test_a_colleague_without_a_role_who_is_named_gets_no_key_either(
    browse: Browse, staff: Staff
) -> None:
    editor = people.make_editor()
    editor.last_name = "Moreno"
    editor.save()
    client = browse(editor)
    warned = enter(client, staff_named="Mrs Moreno")
    assert "You are named in it yourself." in warned.content.decode()
    saved = enter(client, staff_named="Mrs Moreno", knowing="1")
    assert saved["Location"] == reverse(URL)
    assert not KEY.search(client.get(reverse(URL)).content.decode())


def test_nothing_is_logged_as_looked_at_by_writing_it_down(browse: Browse, staff: Staff) -> None:
    enter(browse(staff.handler))
    assert not Access.objects.exists()


def test_another_persons_words_in_a_saved_form_are_another_case(
    browse: Browse, staff: Staff
) -> None:
    """As after going back with the browser: the hidden number is still the first one's."""
    client = browse(staff.handler)
    values = shown_values(client) | {"description": "The bus never came.", "kind": "complaint"}
    first = client.post(reverse(URL), values)
    second = client.post(reverse(URL), values | {"description": "My bag was torn."})
    assert key_on(first) != key_on(second)
    assert sorted(Case.objects.values_list("description", flat=True)) == [
        "My bag was torn.",
        "The bus never came.",
    ]


@pytest.mark.requirement("GDPR-6")
@pytest.mark.parametrize("ticked", [True, False])
def test_only_who_allowed_it_is_asked_afterwards(
    browse: Browse, staff: Staff, ticked: bool
) -> None:
    enter(browse(staff.handler), **({"may_be_surveyed": "on"} if ticked else {}))
    case = Case.objects.get()
    assert (case.may_be_surveyed, case.consents.count()) == (ticked, int(ticked))
