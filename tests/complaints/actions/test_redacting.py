"""What nobody needs to read is blacked out everywhere, and everybody sees that it was (GDPR 9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.actions.redacting import OF_CASE, PLACES
from complaints.automation import run_clocks
from complaints.backoffice.searching import search_cases
from complaints.events import broken_links
from complaints.kept_writing import keep
from complaints.lifecycle import Refused
from complaints.models import (
    Access,
    Attachment,
    Case,
    DoomedFile,
    Event,
    HandlingSettings,
    Party,
    RedactedText,
)
from complaints.privacy import register
from tests.complaints.backoffice.conftest import checked_file
from tests.factories import Staff, act, make_case
from tests.people import make_auditor, make_handler, make_privacy, make_quality

pytestmark = pytest.mark.django_db
SECRET = "Mr O'Hara & son\nhave epilepsy"
WORDS = f"The parcel is wet. My neighbours {SECRET}. I want my money back."
ADMIN = "conduct_complaints_admin"


def told_everywhere(**fields: Any) -> Case:
    """The secret in the complaint, its copy in a mail, a reply, a note, a translation, the plan."""
    case, staff = make_case("open", description=WORDS, **fields), Staff()
    act(case, "assess", staff.handler, severity=4, complexity="low", impact="low")
    act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "investigate", staff.handler, plan=f"Ask whether {SECRET}.")
    act(case, "reply", text=f"As I said, {SECRET.upper()}!")
    act(case, "note", staff.handler, text="So mr o'hara &  son HAVE epilepsy.")
    reply = case.messages.get(purpose="reply")
    act(case, "translate", staff.handler, message=reply, language="de", text=f"Er sagt: {SECRET}")
    act(case, "update", staff.handler, text=f"We heard that {SECRET}.")
    return case


def black_out(case: Case, user: Any = None, **changes: Any) -> None:
    values = {"words": SECRET.replace("\n", " "), "why": "health", "original": "keep"}
    act(case, "redact", user or Staff().lead, **values | {"reason": "Not needed."} | changes)


def stored() -> str:
    """All that the database has of this app, as it has it."""
    said = []
    for model in apps.get_app_config("conduct_complaints").get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.TextField | models.CharField | models.JSONField)
        ]
        # Encrypted ones as they are stored.
        for row in model._default_manager.all():
            for name in names:
                field = model._meta.get_field(name)
                value = getattr(row, name)
                said.append(str(field.get_prep_value(value) if "Encrypted" in
                                type(field).__name__ else value))  # fmt: skip
    return "\n".join(said)


@pytest.mark.requirement("GDPR-9")
def test_the_words_are_gone_from_every_text_of_the_case_and_the_rest_stays() -> None:
    case = told_everywhere()
    assert stored().lower().count("epilepsy") > 8

    black_out(case)

    assert "epilepsy" not in stored().lower()
    assert case.description == "The parcel is wet. My neighbours █████. I want my money back."
    assert case.subject.startswith("The parcel is wet. My neighbours █████.")
    assert case.messages.get(purpose="update").body == "We heard that █████."
    assert case.messages.get(purpose="note").body == "So █████."


@pytest.mark.requirement("GDPR-9")
def test_no_page_print_search_or_export_shows_them(client: Client) -> None:
    case, staff = told_everywhere(), Staff()
    black_out(case)
    client.force_login(staff.lead)
    for name in ("case", "print"):
        page = client.get(reverse(f"{ADMIN}:{name}", args=[case.reference])).content.decode()
        assert ("█████" in page, "epilepsy" in page.lower()) == (True, False), name
    assert [c.pk for c in search_cases(Case.objects.all(), "neighbours", staff.lead).cases] == [
        case.pk
    ]
    assert list(search_cases(Case.objects.all(), "epilepsy", staff.lead).cases) == []
    url = reverse(f"{ADMIN}:export_all")
    table: Any = client.post(url, {"purpose": "statistics", "content": "with"})
    shown = b"".join(table.streaming_content).decode()
    assert ("█████" in shown, "epilepsy" in shown.lower()) == (True, False)


@pytest.mark.requirement("GDPR-9")
def test_the_timeline_says_that_and_why_and_the_event_tells_nothing(client: Client) -> None:
    case, staff = told_everywhere(), Staff()
    black_out(case)
    event = Event.objects.get(case=case, action="redact")
    assert set(event.data) == {"redaction", "why", "kept", "places", "words", "message"}
    assert (event.data["why"], event.data["kept"]) == ("health", True)
    client.force_login(staff.handler)
    page = client.get(reverse(f"{ADMIN}:case", args=[case.reference])).content.decode()
    assert "blacked out words" in page
    assert "Why: About somebody’s health." in page


@pytest.mark.requirement("GDPR-9")
def test_the_chain_goes_on_proving_what_is_left() -> None:
    case = told_everywhere()
    black_out(case)
    assert list(broken_links()) == []
    Case.objects.filter(pk=case.pk).update(description="The parcel is dry.")
    assert [broken.why for broken in broken_links()] == ["what was first written was changed"]


@pytest.mark.requirement("GDPR-9")
def test_only_who_protects_data_reads_the_original_and_that_is_kept(client: Client) -> None:
    case, staff = told_everywhere(), Staff()
    black_out(case)
    url = reverse(f"{ADMIN}:redacted", args=[case.reference])
    others = (staff.handler, staff.lead, make_quality(), make_auditor())
    for user in others:
        client.force_login(user)
        assert client.get(url).status_code == 404, user
    privacy = make_privacy()
    client.force_login(privacy)
    page = client.get(url)
    assert page.status_code == 200
    assert "have epilepsy" in page.content.decode()
    assert Access.objects.filter(case=case, user=privacy).count() == 1


def test_removed_for_good_keeps_no_original() -> None:
    case = told_everywhere()
    black_out(case, original="remove")
    assert (case.redactions.get().kept, RedactedText.objects.count()) == (False, 0)
    assert "epilepsy" not in stored().lower()
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"words": "diabetes"}, "stand nowhere in this case"),
        ({"words": "my"}, "too short"),
        ({"reason": f"Because {SECRET}."}, "without the words themselves"),
        ({"words": ""}, "Something is missing"),
    ],
)
def test_what_is_refused_changes_nothing(change: dict[str, str], why: str) -> None:
    case = told_everywhere()
    with pytest.raises(Refused, match=why):
        black_out(case, **change)
    case.refresh_from_db()
    assert (case.description, case.redactions.count()) == (WORDS, 0)


def test_a_handler_blacks_nothing_out_and_a_privacy_officer_may() -> None:
    case = told_everywhere()
    with pytest.raises(Refused, match="don't have the right"):
        black_out(case, Staff().handler)
    black_out(case, make_privacy())
    assert "epilepsy" not in case.description


def test_another_case_keeps_its_words() -> None:
    case, other = told_everywhere(), make_case(description=WORDS, email="lee@example.com")
    black_out(case)
    other.refresh_from_db()
    assert other.description == WORDS


def test_what_a_colleague_had_begun_to_write_goes_too() -> None:
    case, staff = told_everywhere(), Staff()
    keep(case, staff.handler, "note", [("text", f"Because {SECRET}")])
    keep(case, staff.lead, "note", [("text", "Ring them.")])
    black_out(case)
    assert [draft.user for draft in case.writing_drafts.all()] == [staff.lead]


# Files


@pytest.mark.requirement("GDPR-9")
@pytest.mark.parametrize("original", ["keep", "remove"])
def test_a_withheld_file_opens_for_nobody_else(
    original: str, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    case, staff = make_case("open", files=[checked_file("health of Mr O.pdf")]), Staff()
    file = case.attachments.get()
    storage, path = file.file.storage, file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        act(case, "redact_file", staff.lead, file=file, why="health", original=original,
            reason="Not needed.")  # fmt: skip
    assert "health of Mr O" not in stored()
    client.force_login(staff.lead)
    at = reverse(f"{ADMIN}:file", args=[case.reference, file.public_id])
    assert client.get(at).status_code == 302
    privacy = make_privacy()
    client.force_login(privacy)
    page = client.get(reverse(f"{ADMIN}:redacted", args=[case.reference]) + f"?file={file.pk}")
    assert page.status_code == (200 if original == "keep" else 404)
    assert storage.exists(path) is (original == "keep")


# Specially protected data


@pytest.mark.requirement("GDPR-9")
def test_a_case_with_specially_protected_data_says_why_and_is_seen_by_its_people_only() -> None:
    case, staff, colleague = make_case("open"), Staff(), make_handler("colleague")
    act(case, "assign", staff.lead, handler=staff.handler)
    assert case in Case.objects.visible_to(colleague)

    act(case, "mark_sensitive", staff.handler, condition="claims", reason="A diagnosis.")

    assert (case.data_condition, case.confidential) == ("claims", True)
    assert case.events.last().data == {
        "old": "", "new": "claims", "message": case.messages.get(purpose="reason").pk,
    }  # fmt: skip
    seen = {user.username for user in (staff.handler, colleague, make_quality(), make_privacy())
            if case in Case.objects.visible_to(user)}  # fmt: skip
    assert seen == {"handler", "privacy"}
    with pytest.raises(Refused, match="specially protected data"):
        act(case, "set_confidential", staff.handler, confidential=False, reason="Over.")
    act(case, "mark_sensitive", staff.handler, condition="none", reason="Blacked out.")
    act(case, "set_confidential", staff.handler, confidential=False, reason="Over.")
    assert case in Case.objects.visible_to(colleague)


# Refused as too old (HOC-1)


@pytest.mark.requirement("HOC-1")
@pytest.mark.parametrize(
    ("happened_on", "months", "is_refusable"),
    [
        (date(2025, 6, 14), 12, True),
        (date(2025, 6, 15), 12, False),
        (date(2025, 6, 14), 24, False),
        (None, 12, False),
    ],
)
def test_nothing_is_refused_as_too_old_within_the_time_looked_back(
    happened_on: date | None, months: int, is_refusable: bool
) -> None:
    case = make_case(now=datetime(2026, 6, 15, 9, tzinfo=UTC), details={"happened_on": happened_on})
    HandlingSettings.objects.update_or_create(site=case.site, defaults={"look_back_months": months})
    case = Case.objects.get(pk=case.pk)
    refusal = {"result": "out_of_scope", "scope_reason": "too_old", "detail": "Ask the archive."}
    if not is_refusable:
        with pytest.raises(Refused, match=f"more than {months} months before"):
            act(case, "moderate", Staff().handler, **refusal)
        return
    act(case, "moderate", Staff().handler, **refusal)
    letter = case.notices.get(template="out_of_scope")
    for text in (letter.text, letter.html):
        assert "Ask the archive." in text
        assert "We know of no independent body outside our organisation" in text


@pytest.mark.requirement("HOC-1")
def test_who_asked_for_a_service_is_told_that_they_may_complain_of_it() -> None:
    case = make_case()
    act(case, "moderate", Staff().handler, result="out_of_scope", scope_reason="service",
        detail="Ring the desk.")  # fmt: skip
    request = make_case("open", kind="request")
    act(request, "close", Staff().handler, text="The desk will ring you.")
    offers = "tell us: we then look into it as a complaint."
    assert offers in case.notices.get(template="out_of_scope").text
    assert offers in request.notices.get(template="closed").text


@pytest.mark.requirement("GDPR-9")
@pytest.mark.parametrize("original", ["keep", "remove"])
def test_words_that_stand_only_in_what_an_author_wrote_first_go_too(original: str) -> None:
    """The answer went out in another language; its author's words are kept beside it."""
    case = make_case("answered")
    decision = case.decisions.get()
    decision.sources = {"answer": f"We were told that {SECRET}."}
    decision.save()

    black_out(case, original=original)

    decision.refresh_from_db()
    assert decision.sources == {"answer": "We were told that █████."}
    assert case.events.last().data["places"] == ["Decision.sources"]
    kept = [text.original for text in RedactedText.objects.all()]
    assert kept == ([f"We were told that {SECRET}."] if original == "keep" else [])


@pytest.mark.parametrize("scan", [Attachment.Scan.INFECTED, Attachment.Scan.WAITING])
def test_a_withheld_file_that_may_be_harmful_opens_for_nobody(scan: str, client: Client) -> None:
    case = make_case("open", files=[checked_file("health of Mr O.pdf")])
    file = case.attachments.get()
    act(case, "redact_file", Staff().lead, file=file, why="health", original="keep",
        reason="Not needed.")  # fmt: skip
    case.attachments.update(scan=scan)
    client.force_login(make_privacy())
    address = reverse(f"{ADMIN}:redacted", args=[case.reference])

    refused = client.get(f"{address}?file={file.pk}")

    assert (refused.status_code, refused["Location"]) == (302, address)
    words = "harmful" if scan == Attachment.Scan.INFECTED else "still checking this file"
    assert words in client.get(address).content.decode()


@pytest.mark.requirement("GDPR-9")
def test_a_problem_that_becomes_a_case_of_its_own_keeps_the_mark() -> None:
    case, staff = make_case("open"), Staff()
    case.issues.create(number=2)
    act(case, "mark_sensitive", staff.lead, condition="claims", reason="A diagnosis.")

    act(case, "split", staff.lead, issues=list(case.issues.filter(number=2)), reason="Two.")

    other = Case.objects.exclude(pk=case.pk).get()
    assert (other.confidential, other.data_condition) == (True, "claims")


# Every place


@pytest.mark.requirement("GDPR-9")
@pytest.mark.parametrize("original", ["keep", "remove"])
def test_limits_on_contact_and_what_is_known_of_the_people_are_blacked_out_too(
    original: str, client: Client
) -> None:
    told = f"Because {SECRET}."
    person = {"name": "Kim", "email": "kim@example.com", "support_needs": told}
    adviser = {
        "name": "Ms Adviser", "support_needs": told, "contact_times": told, "relation": told,
        "authority_scope": told,
    }  # fmt: skip
    case, staff = make_case("open", complainant=person, representative=adviser), Staff()
    until = timezone.localdate() + timedelta(days=30)
    act(case, "restrict_contact", staff.lead, measure="written", until=until, reason=told,
        text="Please write to us.")  # fmt: skip
    case.contact_restrictions.update(appeal=told)
    client.force_login(staff.lead)
    at = reverse(f"{ADMIN}:case", args=[case.reference])
    assert "epilepsy" in client.get(at).content.decode()

    black_out(case, original=original)

    assert "epilepsy" not in stored().lower()
    assert "epilepsy" not in client.get(at).content.decode()
    limit = case.contact_restrictions.values_list("reason", "appeal").get()
    assert limit == ("Because █████.", "Because █████.")
    places = {
        "ContactRestriction.appeal", "ContactRestriction.reason", "Party.authority_scope",
        "Party.contact_times", "Party.relation", "Party.support_needs",
    }  # fmt: skip
    assert set(case.events.last().data["places"]) == places
    kept = {(text.place, text.original) for text in RedactedText.objects.all()}
    assert kept == ({(place, told) for place in places} if original == "keep" else set())
    assert RedactedText.objects.count() == (7 if original == "keep" else 0)


def test_another_case_of_the_same_person_keeps_its_words() -> None:
    person = {"name": "Kim", "email": "kim@example.com", "support_needs": WORDS}
    case, other = (make_case("open", description=WORDS, complainant=person) for _ in range(2))
    black_out(case)
    other = Case.objects.get(pk=other.pk)
    assert (other.description, other.complainant.support_needs) == (WORDS, WORDS)


#: Texts about people that blacking out leaves as they are, and why.
EXCUSED = {
    # A code, chosen from a list.
    "Case": "language",
    # Without a name and addresses nobody could answer; the rest are codes and a hash.
    "Party": "name address_as email email_hash phone postal_address country support",
    "NoticeAddress": "email",
    "ContactDigest": "digest",
    # How to find them by an address.
    "ContactRestriction": "person_hash",
    # Made anew of the words that are left.
    "SearchEntry": "words digest",
    # Blacked out by `_sources`, text by text.
    "Decision": "sources",
    # Deleted where they hold it: `_forget_typing`.
    "WritingDraft": "typed",
    # Only its writer sees it, and it is deleted when it is sent.
    "Draft": "answers email",
    # What a mail server answered; where a mail goes that isn't sent yet.
    "Notice": "error to_address secret",
    # A code of a currency.
    "Remedy": "currency",
    # What was blacked out.
    "RedactedText": "original",
    # Which permission was given on which words.
    "Consent": "notice_version",
}


def belongs_to_a_case(model: Any) -> bool:
    """By a way of keys, however long."""
    ways, todo = {Case, Party}, [Case, Party]
    while todo:
        for relation in todo.pop()._meta.related_objects:
            if relation.related_model not in ways:
                ways.add(relation.related_model)
                todo.append(relation.related_model)
    return model in ways


def texts_about_people(model: Any) -> set[str]:
    """Fields that somebody's words may stand in, by the register of what is held."""
    kinds = models.CharField | models.TextField | models.JSONField
    texts = {f.name for f in model._meta.fields if isinstance(f, kinds) and not f.choices}
    return texts & register.personal_fields(model._meta.label)


@pytest.mark.requirement("GDPR-9")
def test_every_text_of_a_case_is_blacked_out_or_excused() -> None:
    """A new field has to be decided: in `PLACES` or `OF_CASE`, or above with the reason."""
    looked_at: dict[str, set[str]] = {"Case": set(OF_CASE)}
    for place, _way, names in PLACES:
        looked_at.setdefault(place.__name__, set()).update(names)
    excused = {model: set(names.split()) for model, names in EXCUSED.items()}
    own = filter(belongs_to_a_case, apps.get_app_config("conduct_complaints").get_models())
    texts = {model.__name__: found for model in own if (found := texts_about_people(model))}
    places = {(model, name) for model, found in looked_at.items() for name in found}
    without = {(model, name) for model, found in excused.items() for name in found}

    assert places & without == set()
    assert {(model, name) for model, found in texts.items() for name in found} == places | without


@pytest.mark.requirement("GDPR-9")
def test_both_people_of_a_case_are_looked_at() -> None:
    assert {way for place, way, _names in PLACES if place is Party} == {"case", "case_represented"}


# Files that storage could not delete


@pytest.mark.requirement("GDPR-9")
def test_a_file_is_deleted_later_where_storage_was_down(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case("open", files=[checked_file("health of Mr O.pdf")])
    file = case.attachments.get()
    storage, path = file.file.storage, file.file.name

    def is_down(name: str) -> None:
        raise OSError(name)

    with monkeypatch.context() as patched:
        patched.setattr(storage, "delete", is_down)
        with django_capture_on_commit_callbacks(execute=True):
            act(case, "redact_file", Staff().lead, file=file, why="health", original="remove",
                reason="Not needed.")  # fmt: skip
        run_clocks()
    assert storage.exists(path)
    assert [doomed.path for doomed in DoomedFile.objects.all()] == [path]

    run_clocks()

    assert not storage.exists(path)
    assert not DoomedFile.objects.exists()


def test_what_the_scanner_found_meanwhile_stays() -> None:
    case = make_case("open", files=[checked_file("a.pdf")])
    file = case.attachments.get()
    case.attachments.update(scan=Attachment.Scan.INFECTED)

    act(case, "redact_file", Staff().lead, file=file, why="health", original="keep",
        reason="Not needed.")  # fmt: skip

    assert case.attachments.get().scan == Attachment.Scan.INFECTED
