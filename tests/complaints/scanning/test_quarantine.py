"""Files stay closed until a scan found nothing; a harmful one for good."""

import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.automation import run_clocks
from complaints.intake.submission import CheckedFile
from complaints.models import Attachment, Notice
from complaints.scanning.quarantine import scan_one, scan_waiting
from complaints.tracking import session
from tests.complaints.intake.sending import send, text_of
from tests.complaints.scanning.clamav import EICAR, free_port
from tests.factories import Staff, make_case

pytestmark = [pytest.mark.requirement("SEC-FILE"), pytest.mark.django_db]
WAITING = "We are still checking this file. Try again in a minute."
HARMFUL = "This file is harmful, so nobody can open it."


def checked(name="letter.pdf", content=b"%PDF-1.7 good words"):
    return CheckedFile(name, "application/pdf", len(content), ContentFile(content))


def upload(name="letter.pdf", content=b"%PDF-1.7 good words"):
    return SimpleUploadedFile(name, content)


BAD = b"%PDF-1.7 " + EICAR


@pytest.fixture
def nobody_listens(settings):
    settings.CONDUCT_CLAMD_URL = f"tcp://127.0.0.1:{free_port()}"


@pytest.fixture
def scanner(settings, clamd):
    settings.CONDUCT_CLAMD_URL = clamd.urls[0]


def states():
    return list(Attachment.objects.order_by("pk").values_list("name", "scan"))


def complainant_of(case):
    """A browser in which the case is open."""
    client = Client()
    store = client.session
    request = type("Request", (), {"session": store})()
    session.remember(request, case, timezone.now())
    store.save()
    client.cookies["sessionid"] = store.session_key
    return client


def staff_browser():
    client = Client()
    client.force_login(Staff().handler)
    return client


def staff_address(attachment):
    return reverse(
        "conduct_complaints_admin:file", args=[attachment.case.reference, attachment.public_id]
    )


def test_without_a_scanner_a_file_can_be_opened_at_once():
    case = make_case(files=[checked()])
    attachment = case.attachments.get()
    assert (attachment.scan, attachment.may_be_opened) == ("", True)
    assert scan_waiting() == 0
    assert staff_browser().get(staff_address(attachment)).getvalue() == b"%PDF-1.7 good words"


@pytest.mark.usefixtures("scanner")
def test_files_are_scanned_when_the_message_is_stored(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, files=[upload(), upload("bad.pdf", BAD)])
    assert states() == [("letter.pdf", "clean"), ("bad.pdf", "infected")]
    assert None not in Attachment.objects.values_list("scanned_at", flat=True)


@pytest.mark.usefixtures("nobody_listens")
def test_a_scanner_that_is_down_costs_nothing(
    client, django_capture_on_commit_callbacks, settings, clamd, caplog
):
    with django_capture_on_commit_callbacks(execute=True), caplog.at_level(logging.INFO):
        response = send(client, files=upload("kim-letter.pdf", BAD))
    assert "We have your complaint" in text_of(response)
    assert states() == [("kim-letter.pdf", "waiting")]
    run_clocks()
    assert states() == [("kim-letter.pdf", "waiting")]
    assert "kim" not in caplog.text.lower()
    settings.CONDUCT_CLAMD_URL = clamd.urls[1]
    assert run_clocks().scanned == 1
    assert states() == [("kim-letter.pdf", "infected")]
    assert run_clocks().scanned == 0


@pytest.mark.usefixtures("nobody_listens")
def test_nobody_opens_a_file_before_it_was_scanned():
    attachment = make_case(files=[checked()]).attachments.get()
    page = staff_browser().get(staff_address(attachment), follow=True)
    assert WAITING in text_of(page)
    assert "Not scanned yet" in text_of(page)
    theirs = complainant_of(attachment.case)
    refused = theirs.get(reverse("conduct_complaints:tracking_file", args=[attachment.public_id]))
    assert (refused.status_code, WAITING in text_of(refused)) == (404, True)
    own_page = text_of(theirs.get(reverse("conduct_complaints:tracking")))
    assert WAITING in own_page
    assert str(attachment.public_id) not in own_page


@pytest.mark.usefixtures("scanner")
def test_a_harmful_file_stays_in_the_storage_and_goes_to_nobody():
    attachment = make_case(files=[checked("bad.pdf", BAD)]).attachments.get()
    assert scan_one(attachment.pk) is True
    with attachment.file.open("rb") as file:
        assert file.read() == BAD
    page = staff_browser().get(staff_address(attachment), follow=True)
    assert HARMFUL in text_of(page)
    assert "Harmful, locked away" in text_of(page)
    theirs = complainant_of(attachment.case)
    refused = theirs.get(reverse("conduct_complaints:tracking_file", args=[attachment.public_id]))
    assert (refused.status_code, HARMFUL in text_of(refused)) == (404, True)
    assert HARMFUL in text_of(theirs.get(reverse("conduct_complaints:tracking")))


@pytest.mark.usefixtures("scanner")
def test_a_clean_file_is_served_to_both_sides():
    attachment = make_case(files=[checked()]).attachments.get()
    assert scan_one(attachment.pk) is True
    assert staff_browser().get(staff_address(attachment)).getvalue() == b"%PDF-1.7 good words"
    theirs = complainant_of(attachment.case)
    address = reverse("conduct_complaints:tracking_file", args=[attachment.public_id])
    assert theirs.get(address).getvalue() == b"%PDF-1.7 good words"


@pytest.mark.usefixtures("scanner")
def test_the_staff_hear_once_of_a_harmful_file_and_not_its_name():
    staff = Staff()
    case = make_case("investigating", files=[checked("kims-bad.pdf", BAD)])
    attachment = case.attachments.get()
    assert [scan_one(attachment.pk), scan_one(attachment.pk), scan_waiting()] == [True, False, 0]
    told = Notice.objects.filter(template="staff_harmful_file")
    assert {n.to_user for n in told} == {staff.handler, staff.lead}
    assert told.count() == 2
    assert [n for n in told if "kims" in n.subject + n.text + n.html] == []


@pytest.mark.usefixtures("scanner")
def test_one_file_that_can_not_be_read_does_not_keep_the_others_waiting():
    case = make_case(files=[checked("lost.pdf", b"%PDF-1"), checked("good.pdf", b"%PDF-2")])
    lost = case.attachments.get(name="lost.pdf")
    lost.file.storage.delete(lost.file.name)
    assert scan_waiting() == 1
    assert states() == [("lost.pdf", "waiting"), ("good.pdf", "clean")]


def test_a_mistyped_address_locks_files_and_breaks_nothing(settings):
    settings.CONDUCT_CLAMD_URL = "clamd"
    attachment = make_case(files=[checked()]).attachments.get()
    assert [scan_one(attachment.pk), scan_waiting()] == [False, 0]
    assert states() == [("letter.pdf", "waiting")]
