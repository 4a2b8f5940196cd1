"""The receipt: what it says in every form, who gets it, and the page where anyone can check it."""

from __future__ import annotations

import logging
import re
import time
import unicodedata
import zlib
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.core import mail, signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from complaints.intake import confirming, mailing_receipt, receipt_views
from complaints.intake.confirming import sign_receipt
from complaints.intake.receipt_signature import Result, check
from complaints.intake.receipts import receipt_pdf, receipt_text
from complaints.intake.submission import Answered, Problem
from complaints.models import ExtraOption, ExtraQuestion, HandlingSettings, Notice, NoticeAddress
from conduct import pdf
from conduct.models import Organisation
from tests.complaints.intake.sending import text_of
from tests.factories import WORDS, make_category, make_remedy_kind, submit

pytestmark = pytest.mark.django_db
CHECK = "/en/case/check-receipt/"
MAIL = "/en/case/receipt/mail/"
PAGE = "/en/case/receipt/page/"
TEXT = "/en/case/receipt/"
PDF = "/en/case/receipt/pdf/"
NOW = datetime(2026, 11, 24, 17, 54, 23, tzinfo=UTC)
SCRIPTS = {
    "en": "The café’s parcel — naïve, as ever.",
    "ko": "소포가 비를 맞아 모두 젖었습니다.",
    "ar": "تُرك الطرد تحت المطر وتبلّل كل ما فيه.",
    "vi": "Bưu kiện bị bỏ ngoài mưa và mọi thứ đều ướt.",
}
ANONYMOUS = {"reply_by": "online"}


def words_of(response: Any) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def heading(response: Any) -> str:
    return " ".join(re.findall(r"<h2>([^<]*)</h2>", text_of(response)))


def unpacked(content: bytes) -> bytes:
    """A PDF with its streams readable."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    readable = []
    for stream in streams:
        try:
            readable.append(zlib.decompress(stream))
        except zlib.error:
            readable.append(stream)
    return content + b"\n".join(readable)


def question(code: str, kind: str, label: str, **options: str) -> ExtraQuestion:
    asked = ExtraQuestion.objects.create(code=code, kind=kind, label=label)
    for option, words in options.items():
        ExtraOption.objects.create(question=asked, code=option, label=words)
    return asked


@pytest.fixture
def _organisation():
    site = Site.objects.get(is_default_site=True)
    owner = Organisation.for_site(site)
    owner.name, owner.phone = "Parcel Post", "0800 123"
    owner.external_body_name = "Consumer Ombudsman"
    owner.external_body_url = "https://ombudsman.example/"
    owner.save()
    handling = HandlingSettings.for_site(site)
    handling.time_zone = "Europe/Berlin"
    handling.save()


@pytest.fixture
def several():
    """Two problems with answers to every kind of extra question."""
    kinds = ExtraQuestion.Kind
    colour = question("colour", kinds.CHOICES, "Which colours?", red="Red", blue="Blue")
    red, blue = colour.options.order_by("pk")
    paid = question("paid", kinds.AMOUNT, "How much did you pay?")
    bought = question("bought", kinds.DATE, "When did you buy it?")
    return submit(
        now=NOW,
        description="1. Wet parcel.\n\n2. Rude words.",
        problems=[
            Problem(
                description="Wet parcel.",
                category=make_category(),
                details={"product": "Parcel 7", "happened_when": "last spring"},
                answers=[
                    Answered(colour, red),
                    Answered(colour, blue),
                    Answered(paid, text="1234.5"),
                ],
            ),
            Problem(
                description="Rude words.",
                category=make_category("staff"),
                details={"place": "Shop 3"},
                answers=[Answered(bought, text="2026-10-31")],
            ),
        ],
        remedies_wanted=[make_remedy_kind()],
        details={"effect": "I lost two days.", "enclosures": "A photo follows by post."},
    )


EVERYTHING = (
    "Problem 1", "Wet parcel.", "Delivery", "Parcel 7", "last spring", "Which colours?",
    "Red; Blue", "1,234.5", "Problem 2", "Rude words.", "Staff", "Shop 3", "When did you buy it?",
    "31 October 2026", "Refund", "I lost two days.", "A photo follows by post.",
)  # fmt: skip


@pytest.mark.requirement("10002-C", "10002-7.4")
@pytest.mark.usefixtures("_organisation")
def test_the_text_says_everything_a_person_has_to_keep(several):
    text = receipt_text(several, "en")
    for part in (
        "Parcel Post",
        f"Reference: {several.case.reference}",
        f"Key: {several.key}",
        "Received: 24 November 2026, 18:54 (Europe/Berlin, UTC+01:00)",
        "By 22 December 2026: our answer.",
        "All of this is free of charge.",
        "/en/case/",
        "Consumer Ombudsman",
        "https://ombudsman.example/",
        "Using this process does not limit your legal rights",
        "Telephone: 0800 123",
        "Version 1 of our privacy notice stood beside the form. http://localhost/en/privacy-notice/1/",
        "/en/case/check-receipt/",
        f"Fingerprint of what you wrote (SHA-256): {several.case.original_hash}",
        "Full name: Kim Min-ji",
        *EVERYTHING,
    ):
        assert part in text
    assert re.findall(r"&#|&amp;|<|\{", text) == []


@pytest.mark.requirement("10002-7.4")
def test_the_page_and_the_mail_show_every_problem_and_every_answer(client, several):
    page = words_of(client.post(PAGE, {"receipt": sign_receipt(several)}))
    notice = several.case.notices.get(template="received")
    for part in EVERYTHING:
        assert part in page
        assert part in notice.text
        assert part in unescape(notice.html)


def test_issues_that_staff_added_are_not_what_the_person_sent():
    receipt = submit()
    receipt.case.issues.create(number=2, category=make_category("staff"), summary="Also rude")
    text = receipt_text(receipt, "en")
    assert WORDS in text
    assert "Problem 1" not in text
    assert "Also rude" not in text


@pytest.mark.requirement("10002-C")
@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_receipt_in_any_script_can_be_checked_after_other_programs_had_it(language, form):
    receipt = submit(language=language, description=SCRIPTS[language])
    text = receipt_text(receipt, language)
    handled = unicodedata.normalize(form, text).replace("\n", "\r\n")
    assert check(handled).result == Result.UNCHANGED
    words = unicodedata.normalize(form, SCRIPTS[language])
    assert handled.count(words) == 1
    assert check(handled.replace(words, words[:-2] + words[-1])).result == Result.CHANGED


def test_the_key_can_be_taken_out_and_is_in_no_part_of_the_signature():
    receipt = submit()
    text = receipt_text(receipt, "en")
    assert text.count(receipt.key) == 1
    assert check(text.replace(receipt.key, "")).result == Result.UNCHANGED
    code = check(text).says
    assert receipt.key not in repr(code)
    assert "Kim" not in repr(code)


def test_the_pdf_is_tagged_and_says_its_language_and_the_reference():
    pytest.importorskip("weasyprint")
    receipt = submit(language="ar", description=SCRIPTS["ar"])
    content = receipt_pdf(receipt, "ar")
    assert content.startswith(b"%PDF-")
    inside = unpacked(content)
    assert re.findall(rb"/Lang ?\(ar\)", inside) == [b"/Lang (ar)"] or b"/Lang(ar)" in inside
    assert b"pdfuaid:part" in inside
    assert receipt.case.reference.encode() in inside


@pytest.mark.requirement("SEC-VULN")
def test_large_print_is_given_to_whoever_needs_it():
    pytest.importorskip("weasyprint")
    person = {"name": "Kim", "email": "kim@example.com"}
    usual = submit(complainant=person)
    large = submit(complainant=person | {"support": ["large_print"]})
    sizes = [
        re.findall(r"font-size: (\d+)px", r.case.notices.get(template="received").html)
        for r in (usual, large)
    ]
    assert sizes == [["17"], ["26"]]
    pages = [
        len(re.findall(rb"/Type ?/Page\b", unpacked(receipt_pdf(r, "en")))) for r in (usual, large)
    ]
    assert pages[0] < pages[1]


def test_a_pdf_fetches_nothing_whatever_its_words_are(caplog):
    pytest.importorskip("weasyprint")
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        content = pdf.render(
            '<title>t</title><img src="file:///etc/hostname"><img src="http://192.0.2.1/x.png">',
            "@import url(http://192.0.2.1/x.css);",
        )
    assert content.startswith(b"%PDF-")
    assert len([r for r in caplog.records if "nothing is fetched" in r.getMessage()]) == 3


def test_without_the_pdf_extra_text_and_print_are_offered(client, monkeypatch):
    receipt = submit()
    form = {"receipt": sign_receipt(receipt)}
    pytest.importorskip("weasyprint")
    assert "Download as a PDF" in words_of(client.post(PAGE, form))
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    page = words_of(client.post(PAGE, form))
    assert "Download as a PDF" not in page
    assert "Download as a text file" in page
    assert client.post(PDF, form).status_code == 404


def test_files_are_downloads_that_no_cache_keeps(client):
    receipt = submit()
    form = {"receipt": sign_receipt(receipt)}
    kinds = [(TEXT, "txt", "text/plain; charset=utf-8")]
    if pdf.is_available():
        kinds.append((PDF, "pdf", "application/pdf"))
    for address, ending, kind in kinds:
        response = client.post(address, form)
        assert {name: response[name] for name in (
            "Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options"
        )} == {
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{receipt.case.reference}.{ending}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }  # fmt: skip


class _EightDaysAgo(signing.TimestampSigner):
    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - 8 * 24 * 3600)


@pytest.mark.parametrize("address", [TEXT, PDF, MAIL, PAGE])
def test_a_receipt_is_given_to_nobody_who_guesses_and_not_for_ever(client, address):
    receipt = submit()
    right = sign_receipt(receipt)
    old = _EightDaysAgo(salt=confirming._SALT).sign_object([receipt.case.reference, receipt.key])
    for text in ("", "x:y:z", right[:-1], right.swapcase(), old, receipt.case.reference):
        form = {"receipt": text, "email": "me@example.com"}
        assert client.post(address, form).status_code == 404
    assert client.get(address).status_code == 405
    assert Notice.objects.filter(template="receipt").count() == 0


# Mailing it


def mail_it(client, receipt, email="me@example.com", **headers):
    form = {"receipt": sign_receipt(receipt), "email": email}
    return client.post(MAIL, form, headers=headers)


@pytest.fixture
def anonymous():
    mail.outbox = []
    return submit(complainant=ANONYMOUS)


@pytest.mark.requirement("10002-C")
def test_the_receipt_is_mailed_and_the_address_forgotten(
    client, anonymous, django_capture_on_commit_callbacks
):
    page = client.post(PAGE, {"receipt": sign_receipt(anonymous)})
    assert "You chose to stay anonymous. Your mail provider" in words_of(page)
    with django_capture_on_commit_callbacks(execute=True):
        response = mail_it(client, anonymous)

    assert "We have sent it to me@example.com ." in words_of(response)
    assert f'action="{PAGE}"' in text_of(response)
    (message,) = mail.outbox
    assert message.to == ["me@example.com"]
    assert anonymous.key not in message.subject
    assert f"Your key: {anonymous.key}" in message.body
    assert check(message.body).result == Result.UNCHANGED
    html = unescape(re.sub(r"<[^>]+>", " ", message.alternatives[0][0]))
    assert check(html).result == Result.UNCHANGED
    notice = Notice.objects.get(template="receipt")
    assert (notice.to_address, notice.secret, notice.case) == ("", "", anonymous.case)
    assert anonymous.key not in notice.text + notice.html
    anonymous.case.complainant.refresh_from_db()
    assert anonymous.case.complainant.email == ""
    assert NoticeAddress.objects.count() == 0


def test_a_mail_does_not_repeat_who_wrote_since_an_address_is_easily_mistyped(
    client, django_capture_on_commit_callbacks
):
    receipt = submit(complainant={"name": "Kim Min-ji", "phone": "555 0100", "reply_by": "phone"})
    mail.outbox = []
    with django_capture_on_commit_callbacks(execute=True):
        mail_it(client, receipt)
    assert WORDS in mail.outbox[0].body
    assert "555 0100" not in mail.outbox[0].body
    assert "555 0100" in receipt_text(receipt, "en")


def test_a_double_click_sends_one_mail(client, anonymous):
    pages = [words_of(mail_it(client, anonymous, email)) for email in ("a@b.org", "A@b.org ")]
    assert ["We have sent it to" in page for page in pages] == [True, True]
    assert Notice.objects.filter(template="receipt").count() == 1


def test_an_address_that_is_none_is_said_and_can_be_mended(client, anonymous):
    for typed, said in (
        ("", "Write the e-mail address to which we should send the receipt."),
        ("me@", "Write the e-mail address in full, such as name@example.com."),
    ):
        response = mail_it(client, anonymous, typed)
        assert response.status_code == 422
        assert said in words_of(response)
        assert f'value="{typed}"' in text_of(response) or not typed
    assert Notice.objects.filter(template="receipt").count() == 0


def test_mails_are_limited_for_a_case_and_for_a_network(client, anonymous):
    answers = [
        mail_it(client, anonymous, f"n{number}@example.com").status_code
        for number in range(mailing_receipt.PER_CASE + 1)
    ]
    assert answers == [200] * mailing_receipt.PER_CASE + [429]
    answers = []
    for number in range(mailing_receipt.PER_NETWORK):
        response = mail_it(client, submit(complainant=ANONYMOUS), f"m{number}@example.com")
        answers.append(response.status_code)
    left = mailing_receipt.PER_NETWORK - mailing_receipt.PER_CASE - 1
    assert answers == [200] * left + [429] * (mailing_receipt.PER_NETWORK - left)
    assert "We can't mail this receipt now." in words_of(response)
    assert response["Retry-After"] == "1800"


def test_nothing_is_mailed_for_another_site_nor_while_it_may_be_spam(client, anonymous):
    response = mail_it(client, anonymous, Origin="https://elsewhere.example")
    assert response.status_code == 403
    assert "This came from another website" in words_of(response)
    anonymous.case.held = True
    anonymous.case.save()
    assert mail_it(client, anonymous).status_code == 429
    assert Notice.objects.filter(template="receipt").count() == 0
    page = words_of(client.post(PAGE, {"receipt": sign_receipt(anonymous)}))
    assert "Mail it to me" not in page


def test_whoever_gave_an_address_is_asked_for_none(client):
    receipt = submit()
    page = words_of(client.post(PAGE, {"receipt": sign_receipt(receipt)}))
    assert "We also send them to kim@example.com" in page
    assert "Mail it to me" not in page
    assert mail_it(client, receipt).status_code == 429


def test_neither_key_nor_address_gets_into_logs_or_addresses(
    client, anonymous, caplog, django_capture_on_commit_callbacks
):
    form = {"receipt": sign_receipt(anonymous)}
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        page = client.post(PAGE, form)
        text = client.post(TEXT, form).content.decode()
        client.post(CHECK, {"text": text})
        mail_it(client, anonymous)
        mail_it(client, anonymous, "me@")
        client.post(PDF, form)
    logged = " ".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    for secret in (anonymous.key, "me@example.com", form["receipt"]):
        assert secret not in logged
    addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode()))
    assert anonymous.key not in addresses
    assert anonymous.case.reference not in addresses


# Checking it


def test_the_page_to_check_can_be_cached_for_everybody(client):
    response = client.get(CHECK)
    assert response.cookies == {}
    assert "Cache-Control" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in text_of(response)
    assert f'action="{CHECK}"' in text_of(response)


@pytest.mark.requirement("10002-C")
def test_anyone_learns_whether_a_receipt_is_genuine(client):
    receipt = submit(now=NOW)
    text = receipt_text(receipt, "en")
    code = text.rpartition("Code:")[2]
    table = {
        text: "This receipt is genuine",
        text.replace(receipt.key, ""): "This receipt is genuine",
        code: "This code is genuine",
        text.replace("rain", "sun"): "The text was changed after we made it",
        text.replace("=", ""): "The code is genuine, but we could not check the text",
        text.replace(code, ""): "This is not a receipt of ours",
        "Hello": "This is not a receipt of ours",
    }
    for pasted, expected in table.items():
        response = client.post(CHECK, {"text": pasted})
        assert (response.status_code, heading(response)) == (200, expected)
        assert response.cookies == {}
        assert response["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("_organisation")
def test_the_answer_says_nothing_that_the_paper_does_not_say(client):
    receipt = submit(now=NOW)
    text = receipt_text(receipt, "en")
    page = text_of(client.post(CHECK, {"text": text.rpartition("Code:")[2]}))
    told = [unescape(re.sub(r"<[^>]+>", "", dd)) for dd in re.findall(r"<dd>(.*?)</dd>", page)]
    assert told == [
        receipt.case.reference,
        "24 November 2026, 18:54 (Europe/Berlin, UTC+01:00)",
        str(len(WORDS)),
        receipt.case.original_hash,
    ]
    for value in told:
        assert value in text


def test_a_check_reads_no_case_so_that_it_works_without_one(client):
    receipt = submit()
    text = receipt_text(receipt, "en")
    with CaptureQueriesContext(connection) as queries:
        response = client.post(CHECK, {"text": text})
    assert heading(response) == "This receipt is genuine"
    touched = [q["sql"] for q in queries if re.search(r"complaints_(case|party|issue)", q["sql"])]
    assert touched == []


def test_a_check_that_can_not_be_done_says_why(client, monkeypatch):
    assert (client.post(CHECK, {"text": ""}).status_code) == 422
    page = text_of(client.post(CHECK, {}))
    assert '<a href="#check-text">Paste the text of the receipt, or its signature code.</a>' in page
    foreign = client.post(CHECK, {"text": "kept"}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "kept</textarea>" in text_of(foreign)
    monkeypatch.setattr(receipt_views, "CHECKS_PER_HOUR", 1)
    answers = [client.post(CHECK, {"text": "x"}).status_code for _try in range(2)]
    assert answers == [200, 429]
    much = client.post(CHECK, {"text": "x" * 3_000_000})
    assert much.status_code == 413
