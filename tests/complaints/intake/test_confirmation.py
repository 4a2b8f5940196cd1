"""What the sender takes away: the page, the text file, the mail; and files only as downloads."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils.formats import date_format
from wagtail.models import Site

from complaints.intake import confirming
from complaints.intake.downloads import file_response
from complaints.models import Attachment, Case
from conduct.models import Organisation
from tests.complaints.intake.sending import WORDS, send, text_of
from tests.complaints.intake.test_sending import hidden, key_in, pdf
from tests.factories import submit

pytestmark = pytest.mark.django_db
RECEIPT = "/en/case/receipt/"


@pytest.fixture
def _outside_body():
    owner = Organisation.for_site(Site.objects.get(is_default_site=True))
    owner.external_body_name = "Consumer Ombudsman"
    owner.external_body_url = "https://ombudsman.example/"
    owner.save()


def test_the_dates_are_those_of_the_clocks():
    # A Friday: one working day later is Monday, twenty are four weeks.
    noon = datetime(2026, 3, 6, 12, tzinfo=UTC)
    receipt = submit(now=noon, complainant={"name": "Kim", "phone": "12345", "reply_by": "phone"})
    dates = confirming.dates_of(receipt.case)
    assert dates.received.isoformat() == "2026-03-06"
    assert dates.acknowledge_by.isoformat() == "2026-03-09"
    assert dates.answer_by.isoformat() == "2026-04-03"


@pytest.mark.usefixtures("_outside_body")
def test_the_page_tells_what_happens_now_and_what_else_can_be_done(client):
    page = unescape(text_of(send(client)))
    answer_by = confirming.dates_of(Case.objects.get()).answer_by
    assert f"By {date_format(answer_by)}: our answer." in page
    assert "ask for a review by someone who was not involved" in page
    assert '<a href="https://ombudsman.example/" rel="external">Consumer Ombudsman</a>' in page
    assert "All of this is free of charge." in page
    assert "Using this process does not limit your legal rights" in page
    assert 'We also send them to <bdi dir="ltr">kim@example.com</bdi>' in page
    assert f"<dd><bdi>{WORDS}</bdi></dd>" in page
    assert 'href="/en/case/"' in page


@pytest.mark.usefixtures("_outside_body")
def test_the_receipt_can_be_taken_along_as_text(client):
    response = send(client)
    answer = client.post(RECEIPT, {"receipt": hidden(response, "receipt")})
    case = Case.objects.get()
    text = answer.content.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="{case.reference}.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    for words in (case.reference, key_in(response), "/en/case/", WORDS, "Consumer Ombudsman"):
        assert words in text
    assert re.findall(r"&#|<", text) == []


@pytest.mark.parametrize("receipt", ["", "C-1234", "x:y:z"])
def test_a_receipt_is_given_to_nobody_who_guesses(client, receipt):
    assert client.post(RECEIPT, {"receipt": receipt}).status_code == 404


def test_a_receipt_is_not_given_on_another_site():
    receipt = submit()
    other = Site(hostname="other.example", root_page_id=receipt.case.site.root_page_id)
    other.save()
    with pytest.raises(Case.DoesNotExist):
        confirming.read_receipt(confirming.sign_receipt(receipt), other)


@pytest.mark.requirement("SEC-FILE")
def test_a_stored_file_is_sent_as_a_download_that_nothing_runs(client):
    send(client, files=pdf("b\u00e1o c\u00e1o \u202egpj.pdf"))
    response = file_response(Attachment.objects.get())
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o%20gpj.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/pdf"
    response.close()


@pytest.mark.requirement("SEC-FILE")
def test_a_stored_file_has_no_address_of_its_own(client):
    send(client, files=pdf())
    attachment = Attachment.objects.get()
    assert "letter" not in attachment.file.name
    assert attachment.file.storage.exists(attachment.file.name)
    assert client.get(f"/media/{attachment.file.name}").status_code == 404
    assert client.get(attachment.file.url).status_code == 404


def test_the_page_is_spoken_in_the_language_of_the_address(client):
    response = client.get("/ar/case/send/")
    assert '<html lang="ar" dir="rtl"' in text_of(response)
