"""The outbox against a real mail server: nothing is lost, nothing is sent twice, nothing leaks."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection, connections
from django.utils import timezone, translation

from complaints.automation import run_clocks
from complaints.models import (
    Case,
    Clock,
    ClockName,
    HandlingSettings,
    Notice,
    NoticeAddress,
    Party,
)
from complaints.notices.kept_apart import forget_addresses
from complaints.notices.outbox import WAITS, claim
from complaints.notices.sending import FAILURES_IN_A_ROW, mail_of, send_due, send_one
from complaints.references import key_matches
from tests.factories import Staff, act, make_case, submit

pytestmark = pytest.mark.django_db


def _parts(mail):
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    return text, html


@pytest.mark.requirement("SEC-MAIL")
@pytest.mark.requirement("10002-7.4")
def test_the_acknowledgement_arrives_at_once_with_reference_and_key(mail_server, send):
    receipt = send()
    (mail,) = mail_server.inbox.mails
    text, html = _parts(mail)
    assert mail_server.inbox.recipients == [["kim@example.com"]]
    assert mail["Subject"] == f"Your case {receipt.case.reference}: we have received it"
    assert mail["Content-Language"] == "en"
    assert mail["Auto-Submitted"] == "auto-generated"
    for part in (text, html):
        assert receipt.case.reference in part
        assert receipt.key in part
        assert receipt.case.description in part
        assert Notice.SECRET_MARK not in part
    assert receipt.case.clocks.get(name=ClockName.ACKNOWLEDGE).stopped_at is not None


@pytest.mark.requirement("SEC-MAIL")
def test_the_key_is_forgotten_when_the_mail_is_sent(mail_server, send):
    mail_server.stop()
    receipt = send()
    notice = receipt.case.notices.get()
    assert notice.secret == receipt.key
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, text, html FROM conduct_complaints_notice")
        assert not [column for column in cursor.fetchone() if receipt.key in column]
    mail_server.start()
    assert send_due(timezone.now() + timedelta(hours=1)) == 1
    notice.refresh_from_db()
    assert notice.secret == ""
    assert receipt.key not in notice.text + notice.html
    assert key_matches(receipt.key, receipt.case.key_hash)


@pytest.mark.requirement("SEC-MAIL")
def test_a_server_that_is_down_loses_nothing_and_the_next_sweep_sends(mail_server, send):
    mail_server.stop()
    case = send().case
    notice = case.notices.get()
    assert (notice.state, notice.tries, notice.error) == (
        Notice.State.WAITING,
        1,
        "ConnectionRefusedError",
    )
    assert Case.objects.get().state == "received"
    mail_server.start()
    assert send_due() == 0, "its next try is not due yet"
    assert send_due(timezone.now() + WAITS[0]) == 1
    assert len(mail_server.inbox.mails) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.tries, notice.error) == (Notice.State.SENT, 2, "")
    assert send_due(timezone.now() + timedelta(days=1)) == 0
    assert len(mail_server.inbox.mails) == 1


@pytest.mark.requirement("SEC-MAIL")
def test_a_server_down_for_an_hour_loses_none_of_many(mail_server, send):
    mail_server.stop()
    cases = [send(email=f"kim{n}@example.com").case for n in range(8)]
    start = timezone.now()
    for minutes in range(5, 60, 5):
        assert send_due(start + timedelta(minutes=minutes)) == 0
    mail_server.start()
    assert send_due(start + timedelta(hours=3)) == 8
    assert sorted(m["To"] for m in mail_server.inbox.mails) == sorted(
        case.complainant.email for case in cases
    )


def test_a_sweep_ends_where_the_server_is_down(mail_server, send):
    mail_server.stop()
    for n in range(FAILURES_IN_A_ROW + 2):
        send(email=f"kim{n}@example.com")
    send_due(timezone.now() + timedelta(hours=1))
    tries = sorted(Notice.objects.values_list("tries", flat=True))
    assert tries == [1, 1] + [2] * FAILURES_IN_A_ROW


@pytest.mark.requirement("SEC-MAIL")
def test_two_sweeps_at_once_send_a_mail_once(real_transactions, mail_server):
    mail_server.stop()
    submit()
    mail_server.start()
    later = timezone.now() + timedelta(hours=1)
    start = threading.Barrier(4)

    def sweep():
        start.wait()
        try:
            send_due(later)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mail_server.inbox.mails) == 1
    assert Notice.objects.get().state == Notice.State.SENT


def test_a_claimed_notice_is_not_claimed_again_until_its_sender_must_be_dead(send):
    notice = send().case.notices.get()
    now = timezone.now()
    Notice.objects.update(state=Notice.State.WAITING, next_try_at=now)
    assert claim(notice.pk, now) is not None
    assert claim(notice.pk, now + WAITS[0] - timedelta(seconds=1)) is None
    assert claim(notice.pk, now + WAITS[0]) is not None


@pytest.mark.requirement("10002-7.4")
def test_a_mailbox_that_does_not_exist_is_given_up_at_once_and_staff_are_told(
    mail_server, django_capture_on_commit_callbacks
):
    staff = Staff()
    case = make_case("open")
    case.handler = staff.handler
    case.save()
    mail_server.inbox.refuse = "550 no such mailbox"
    with django_capture_on_commit_callbacks(execute=True):
        act(case, "update", staff.handler, text="We are on it.")
    notice = case.notices.get(template="update")
    assert (notice.state, notice.tries, notice.error) == (
        Notice.State.FAILED,
        1,
        "SMTPRecipientsRefused",
    )
    told = case.notices.get(template="staff_undelivered")
    assert told.to_user == staff.handler
    assert told.subject == f"{case.reference}: a message did not arrive"


def test_a_mailbox_that_is_full_is_tried_again_and_given_up_within_a_day(mail_server, send):
    staff = Staff()
    lead = staff.lead
    mail_server.inbox.refuse = "452 mailbox full"
    case = send().case
    moment = timezone.now()
    for wait in WAITS:
        assert case.notices.get(template="received").state == Notice.State.WAITING
        moment += wait + timedelta(seconds=1)
        send_one(case.notices.get(template="received").pk, moment)
    notice = case.notices.get(template="received")
    assert (notice.state, notice.tries) == (Notice.State.FAILED, len(WAITS) + 1)
    assert sum(WAITS, timedelta()) < timedelta(days=1)
    assert case.notices.get(template="staff_undelivered").to_user == lead


@pytest.mark.parametrize(
    "address",
    [
        "kim@example.com\nBcc: eve@example.com",
        "kim@example.com\r\nBcc: eve@example.com",
        "kim@example.com, eve@example.com",
        "kim@example.com\n\n<script>",
    ],
)
@pytest.mark.requirement("SEC-MAIL")
def test_an_address_can_not_add_a_header_or_a_recipient(mail_server, address, send):
    case = send(email=address).case
    assert mail_server.inbox.mails == []
    assert case.notices.get(template="received").state == Notice.State.FAILED


@pytest.mark.requirement("SEC-MAIL")
def test_what_a_person_writes_reaches_no_header(mail_server, send):
    words = "Injected\r\nBcc: eve@example.com"
    send(name=words, description=words, language="ko")
    (mail,) = mail_server.inbox.mails
    assert mail["Bcc"] is None
    assert mail_server.inbox.recipients == [["kim@example.com"]]
    assert mail["To"] == "kim@example.com"
    headers = "\n".join(f"{name}: {value}" for name, value in mail.items())
    assert "Injected" not in headers


def test_every_try_has_the_same_message_id(send):
    notice = send().case.notices.get()
    ids = {mail_of(notice).message()["Message-ID"] for _ in range(2)}
    assert len(ids) == 1
    assert ids.pop().endswith("@example.org>")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ko", "ltr"), ("ar", "rtl")])
def test_a_mail_is_in_the_language_of_its_case(mail_server, language, direction, send):
    send(language=language)
    (mail,) = mail_server.inbox.mails
    assert mail["Content-Language"] == language
    assert f'<html lang="{language}" dir="{direction}">' in _parts(mail)[1]


@pytest.mark.requirement("10002-7.4")
def test_without_an_address_the_clock_runs_until_a_person_has_told_them(mail_server, send):
    case = send(complainant={"name": "Kim", "phone": "+44 1632 960 1"}).case
    notice = case.notices.get()
    assert (notice.state, notice.secret, notice.next_try_at) == (Notice.State.OTHER_WAY, "", None)
    assert mail_server.inbox.mails == []
    assert Clock.objects.get(case=case, name=ClockName.ACKNOWLEDGE).is_running

    act(case, "record_told", Staff().handler, how="By telephone on Monday")

    notice.refresh_from_db()
    assert notice.state == Notice.State.TOLD
    assert not Clock.objects.get(case=case, name=ClockName.ACKNOWLEDGE).is_running
    assert case.acknowledged_at is not None


def test_who_was_acknowledged_in_person_need_not_be_told_of_the_receipt_again():
    case = submit(complainant={"name": "Kim", "phone": "+44 1632 960 1"}).case

    act(case, "acknowledge", Staff().handler, how="By telephone on Monday")

    assert case.notices.get().state == Notice.State.TOLD


MAIL, PHONE, POST = "kim@example.com", "+44 1632 960 1", "1 Main Street"


@pytest.mark.requirement("10002-4.6")
@pytest.mark.parametrize(
    ("reach", "reply_by", "received", "update"),
    [
        ({"email": MAIL, "phone": PHONE}, "email", "waiting", "waiting"),
        ({"email": MAIL, "phone": PHONE}, "phone", "waiting", "other_way"),
        ({"email": MAIL, "postal_address": POST}, "post", "waiting", "other_way"),
        # Who wants a letter and gave no address gets mail.
        ({"email": MAIL}, "post", "waiting", "waiting"),
        ({"email": MAIL}, "online", "waiting", "waiting"),
        ({"phone": PHONE}, "email", "other_way", "other_way"),
        ({"postal_address": POST}, "post", "other_way", "other_way"),
        ({}, "online", "no_address", "no_address"),
    ],
)
def test_everybody_is_told_the_way_they_asked_for(reach, reply_by, received, update):
    case = submit(complainant={"name": "Kim", "reply_by": reply_by, **reach}).case
    act(case, "moderate", Staff().handler, result="accept", category=case.issues.get().category)

    act(case, "update", Staff().handler, text="We asked the driver.")

    assert [(n.template, n.state) for n in case.notices.filter(to__isnull=False)] == [
        ("received", received),
        ("update", update),
    ]


def anonymous(**fields):
    return submit(complainant={"reply_by": "online"}, notice_email="x@example.com", **fields).case


@pytest.mark.requirement("10002-4.10")
def test_an_anonymous_person_is_told_that_there_is_news_and_nothing_else(
    mail_server, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        case = anonymous()
        case.notices.all().delete()
        act(case, "moderate", Staff().handler, result="accept", category=case.issues.get().category)
        act(case, "update", Staff().handler, text="The driver is Mr Brown.")

    assert mail_server.inbox.recipients == [["x@example.com"]]
    text, html = _parts(mail_server.inbox.mails[0])
    assert mail_server.inbox.mails[0]["Subject"] == (
        f"Your case {case.reference}: there is something to read"
    )
    for part in (text, html):
        assert "There is something new on the page of your case." in part
        assert not [word for word in ("Brown", "parcel", "rain") if word in part]
    notice = case.notices.get(template="something_new")
    assert (notice.to, notice.to_address, notice.state) == (None, "", Notice.State.SENT)
    assert case.notices.get(template="update").state == Notice.State.NO_ADDRESS


@pytest.mark.requirement("10002-4.10")
def test_the_address_for_notices_is_encrypted_and_on_no_person():
    case = anonymous()

    assert case.complainant.is_anonymous
    assert not Party.objects.exclude(email_hash="").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM conduct_complaints_noticeaddress")
        assert "x@example.com" not in str(cursor.fetchall())


@pytest.mark.requirement("10002-4.10")
def test_the_address_for_notices_is_forgotten_when_the_case_can_not_be_reopened_any_more():
    now = timezone.now()
    old, recent, still_open = anonymous(), anonymous(), anonymous()
    for case, age in ((old, timedelta(days=61)), (recent, timedelta(days=59))):
        act(case, "withdraw", now=now - age)

    forget_addresses(now)

    kept = set(NoticeAddress.objects.values_list("case", flat=True))
    assert kept == {recent.pk, still_open.pk}


@pytest.mark.requirement("10002-4.10")
def test_run_clocks_forgets_addresses_by_each_sites_own_time():
    case = anonymous()
    settings = HandlingSettings.for_site(case.site)
    settings.reopen_days = 5
    settings.save()
    act(case, "withdraw", now=timezone.now() - timedelta(days=6))

    run_clocks()

    assert NoticeAddress.objects.count() == 0


def test_the_representative_is_written_to_where_the_complainant_asked_for_it(mail_server, send):
    send(
        representative={"name": "Lee", "email": "lee@example.com"},
        details={"answer_to_representative": True},
    )
    # Until somebody has checked that they may: the key and the copy are the complainant's.
    assert mail_server.inbox.recipients == [["kim@example.com"], ["lee@example.com"]]
    assert Party.objects.count() == 2


def test_a_moment_is_kept_when_a_mail_goes_out(mail_server, send):
    before = timezone.now()
    notice = send().case.notices.get()
    assert isinstance(notice.sent_at, datetime)
    assert before <= notice.sent_at <= timezone.now()


def test_staff_read_their_own_language_not_that_of_who_wrote():
    case = make_case("investigating")
    with translation.override("ko"):
        act(case, "reply", text="비가 왔습니다.")

    notice = case.notices.get(template="staff_reply")

    assert (notice.language, notice.subject) == ("en", f"{case.reference}: a reply has come in")


def test_an_address_that_can_not_be_read_keeps_no_other_waiting(settings, mailoutbox):
    submit()
    settings.CONDUCT_FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    submit(email="lee@example.com")

    assert send_due() == 1

    assert [mail.to for mail in mailoutbox] == [["lee@example.com"]]
    states = Notice.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["waiting", "sent"]
