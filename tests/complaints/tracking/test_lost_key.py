"""A new key by mail to the address on file; the same answer for everybody who asks."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.lifecycle import State
from complaints.models import Message, NoticeAddress
from complaints.privacy.encryption import lookup_hash
from complaints.references import key_matches, new_reference
from complaints.tracking import lost_key
from complaints.tracking.lost_key import give_new_key
from tests.complaints.tracking.conftest import HOME, Complainant, text_of
from tests.factories import make_case, submit

pytestmark = pytest.mark.django_db
ADDRESS = "/en/case/lost-key/"
EMAIL = "kim@example.com"
ASKED = "If this reference and this address belong together, a new key is on its way"
KEY = re.compile(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b")


def ask(reference: str, email: str = EMAIL, client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).post(ADDRESS, {"reference": reference, "email": email}, **more)


def give(case: Any, email: str = EMAIL, *, ago: timedelta = timedelta()) -> bool:
    return give_new_key(case.reference, lookup_hash(email), timezone.now() - ago)


@pytest.mark.requirement("SEC-STATUS")
def test_a_new_key_goes_to_the_address_on_file_and_ends_the_old_one(
    complainant: Complainant, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox = []
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(complainant.case.reference)

    assert ASKED in text_of(response)
    (message,) = mail.outbox
    key = KEY.findall(message.body)[0]
    assert message.to == [EMAIL]
    assert key not in message.subject
    assert complainant.open().status_code == 422
    assert complainant.open(key=key).status_code == 302


@pytest.mark.parametrize("typed", [" KIM@Example.com ", "kim@example.com"])
@pytest.mark.parametrize("change", [str.lower, lambda t: t.replace("-", " "), lambda t: t[2:]])
def test_what_was_typed_is_understood_in_its_usual_variants(typed: str, change: Any) -> None:
    case = submit().case
    before = case.key_hash
    ask(change(case.reference), typed)
    case.refresh_from_db()
    assert case.key_hash != before


@pytest.mark.requirement("SEC-STATUS")
def test_everybody_gets_the_same_answer_and_only_a_fit_changes_anything() -> None:
    case, other = submit().case, submit(email="other@example.com").case
    silent = submit(complainant={"reply_by": "online"}).case
    NoticeAddress.objects.create(case=silent, email="apart@example.com")
    before = [case.key_hash, other.key_hash, silent.key_hash]
    asked = [
        ask(case.reference, "other@example.com"),
        ask(other.reference),
        ask(silent.reference),
        ask(silent.reference, "apart@example.com"),
        ask(new_reference()),
    ]
    for one in (case, other, silent):
        one.refresh_from_db()
    assert [case.key_hash, other.key_hash, silent.key_hash] == before
    asked.append(ask(case.reference))
    case.refresh_from_db()
    assert case.key_hash != before[0]
    assert {response.status_code for response in asked} == {200}
    assert len({text_of(response) for response in asked}) == 1


@pytest.mark.requirement("SEC-STATUS")
def test_a_request_does_the_same_work_whether_the_case_exists_or_not(settings: Any) -> None:
    immediate = settings.TASKS["default"]["BACKEND"]
    deferred = immediate.replace("immediate.Immediate", "dummy.Dummy")
    settings.TASKS = {"default": {"BACKEND": deferred}}
    case, client = submit().case, Client()
    work = []
    for reference, email in (
        (case.reference, EMAIL),
        (case.reference, "other@example.com"),
        (new_reference(), EMAIL),
        ("something else", EMAIL),
    ):
        with CaptureQueriesContext(connection) as queries:
            ask(reference, email, client)
        work.append([q["sql"] for q in queries if "complaints_" in q["sql"]])
    assert work == [[], [], [], []]
    key_hash = case.key_hash
    case.refresh_from_db()
    assert case.key_hash == key_hash
    assert give(case)


def test_the_letter_goes_to_whoever_is_written_to() -> None:
    acting = {"name": "Ana", "email": "ana@example.com", "reply_by": "email"}
    case = submit(representative=acting, details={"answer_to_representative": True}).case
    assert [give(case), give(case, "ana@example.com")] == [False, True]
    assert case.notices.get(template="new_key").to == case.representative


@pytest.mark.parametrize("state", [State.RECEIVED, State.WAITING, State.ANSWERED, State.CLOSED])
def test_it_works_in_every_state_and_changes_none(state: str) -> None:
    case = make_case(state)
    messages = Message.objects.filter(case=case).count()
    assert give(case)
    case.refresh_from_db()
    event = case.events.order_by("-number")[0]
    assert (case.state, event.action, event.actor_role, event.data) == (
        state, "new_key", "system", {},
    )  # fmt: skip
    assert Message.objects.filter(case=case).count() == messages


def test_nobody_is_written_to_about_a_case_that_may_be_spam_in_their_name() -> None:
    case = submit().case
    case.held = True
    case.save()
    assert not give(case)
    case.held = False
    case.save()
    assert give(case)


def test_a_task_that_runs_twice_sends_one_key() -> None:
    case = submit().case
    asked_at = timezone.now()
    results = [give_new_key(case.reference, lookup_hash(EMAIL), asked_at) for _run in range(2)]
    assert results == [True, False]
    assert case.notices.filter(template="new_key").count() == 1


@pytest.mark.requirement("SEC-STATUS")
@pytest.mark.parametrize("exists", [True, False])
def test_after_three_requests_a_case_has_to_wait_existing_or_not(exists: bool) -> None:
    receipt = submit()
    reference = receipt.case.reference if exists else new_reference()
    answers = [ask(reference) for _try in range(4)]
    assert [response.status_code for response in answers] == [200, 200, 200, 429]
    said = text_of(answers[-1])
    assert "A new key was asked for several times. Please wait 1 hour, then ask again" in said
    assert 890 < int(answers[-1]["Retry-After"]) <= 901
    # So soon after each other, one mail: each further one would end the key of the one before.
    assert receipt.case.notices.filter(template="new_key").count() == (1 if exists else 0)


def test_asking_for_keys_locks_nobody_out_of_their_case(complainant: Complainant) -> None:
    for _try in range(12):
        ask(complainant.case.reference, "somebody@example.com")
    assert complainant.open().status_code == 302


def test_one_network_can_not_ask_for_case_after_case() -> None:
    sender = {"REMOTE_ADDR": "192.0.2.7"}
    for _try in range(lost_key.PER_NETWORK.wrong):
        assert ask(new_reference(), **sender).status_code == 200
    assert ask(new_reference(), REMOTE_ADDR="192.0.2.9").status_code == 429
    assert ask(new_reference(), REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reference": "", "email": EMAIL}, '<a href="#id_reference">Type the reference.'),
        ({"reference": "C-1", "email": ""}, '<a href="#id_email">Write the e-mail address that'),
        ({"reference": "C-1", "email": "kim"}, '<a href="#id_email">Write the e-mail address in'),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(data: Any, said: str) -> None:
    response = Client().post(ADDRESS, data)
    body = response.content.decode()
    assert response.status_code == 422
    assert said in body
    for typed in filter(None, data.values()):
        assert f'value="{typed}"' in body


def test_the_page_is_found_says_the_other_way_and_is_kept_by_nobody() -> None:
    assert f'href="{ADDRESS}"' in Client().get(HOME).content.decode()
    response = Client().get(ADDRESS)
    assert "We make sure that it is you and send you a new key." in text_of(response)
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {}).status_code == 403


def test_nothing_about_the_person_is_in_logs_addresses_or_the_cache(
    complainant: Complainant, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox = []
    reference = complainant.case.reference
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        page = ask(reference, REMOTE_ADDR="192.0.2.7").content.decode()
    key = KEY.findall(mail.outbox[0].body)[0]
    complainant.case.refresh_from_db()
    assert key_matches(key, complainant.case.key_hash)
    kept: Any = cache._cache  # type: ignore[attr-defined]
    said = " ".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    for secret in (reference, EMAIL, key, "192.0.2.7"):
        assert secret not in unescape(page)
        assert secret not in repr(list(kept.items()))
    for secret in (EMAIL, key):
        assert secret not in said


def test_what_can_be_no_reference_is_said_at_once_and_counts_for_nobody() -> None:
    case = submit().case
    for _turn in range(5):
        response = ask("something else")
        assert response.status_code == 422
        assert "Type the reference." in response.content.decode()
    before = case.key_hash
    ask(case.reference)
    case.refresh_from_db()
    assert case.key_hash != before
