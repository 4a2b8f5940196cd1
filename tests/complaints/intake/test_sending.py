"""The complaint form's own view: one submission, one case, and nothing is lost on the way."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints.intake import tokens
from complaints.intake.receiving import already_received
from complaints.models import Attachment, Case, Event
from complaints.references import key_matches
from tests.complaints.intake.sending import ADDRESS, WORDS, send, text_of, token_of_age
from tests.factories import make_category, make_remedy_kind

pytestmark = pytest.mark.django_db
FORM_QUERIES = 8
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def pdf(name="letter.pdf"):
    return SimpleUploadedFile(name, PDF)


def hidden(response, name):
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', text_of(response))
    return found.group(1) if found else None


def key_in(response):
    return re.search(r'id="case-key" dir="ltr">([^<]+)<', text_of(response)).group(1)


@pytest.mark.requirement("10002-7.2")
def test_the_confirmation_shows_a_reference_and_a_key_that_open_the_case(client):
    response = send(client)
    case = Case.objects.get()
    assert f'id="case-reference" dir="ltr">{case.reference}<' in text_of(response)
    assert key_matches(key_in(response), case.key_hash)
    assert key_in(response) not in response.headers.get("Location", "")


def test_references_can_not_be_guessed_from_each_other(client):
    for number in range(5):
        send(client, description=f"{WORDS} {number}")
    references = list(Case.objects.order_by("pk").values_list("reference", flat=True))
    assert len(set(references)) == 5
    assert references != sorted(references) or len({r[:6] for r in references}) == 5


def test_sending_twice_makes_one_case_and_gives_the_same_confirmation(client):
    token = token_of_age()
    first, second = send(client, token=token, files=pdf()), send(client, token=token, files=pdf())
    assert Case.objects.count() == 1
    assert (key_in(first), text_of(first)) == (key_in(second), text_of(second).replace(
        hidden(second, "receipt"), hidden(first, "receipt")))  # fmt: skip
    assert Attachment.objects.count() == 1


def test_a_reload_a_day_later_still_gives_the_same_confirmation(client):
    token_id = "a" * 24
    first = send(client, token=token_of_age(60, token_id))
    second = send(client, token=token_of_age(200_000, token_id))
    assert key_in(first) == key_in(second)
    assert Case.objects.count() == 1


def test_something_else_sent_with_a_used_token_is_not_lost(client):
    token = token_of_age()
    send(client, token=token)
    response = send(client, token=token, description="Another thing happened.")
    assert "You have already sent a message with this form" in text_of(response)
    assert "Another thing happened." in text_of(response)
    assert hidden(response, "token") != token
    send(
        client, token=hidden(response, "token"), checked="1", description="Another thing happened."
    )
    assert Case.objects.count() == 2


@pytest.mark.parametrize("change", [{"phone": "12345"}, {"effect": "Wet socks."}])
def test_an_addition_after_sending_is_not_lost_either(client, change):
    token = token_of_age()
    send(client, token=token)
    response = send(client, token=token, **change)
    assert "You have already sent a message with this form" in text_of(response)
    assert next(iter(change.values())) in text_of(response)


def test_without_javascript_the_form_comes_back_to_be_checked_and_then_sends(client):
    response = send(client, token="", place="Hanoi", urgent="on", files=pdf())
    page = text_of(response)
    assert response.status_code == 200
    assert "<h1>Please check and send</h1>" in page
    assert "Not sent yet" in page
    assert WORDS in page
    assert 'value="Hanoi"' in page
    assert "<bdi>letter.pdf</bdi> (45" in page
    assert not Case.objects.exists()
    send(
        client, token=hidden(response, "token"), checked=hidden(response, "checked"), place="Hanoi"
    )
    case = Case.objects.get()
    assert case.place == "Hanoi"
    assert [(a.name, a.file.read()) for a in case.attachments.all()] == [("letter.pdf", PDF)]


def test_an_expired_token_costs_one_more_click_and_nothing_else(client):
    response = send(client, token=token_of_age(90_000), files=pdf())
    assert "The form was open for more than a day." in text_of(response)
    assert WORDS in text_of(response)
    again = send(client, token=hidden(response, "token"), checked="1")
    assert "We have your complaint" in text_of(again)
    assert Attachment.objects.get().name == "letter.pdf"


def test_files_kept_for_an_expired_form_are_found_again(client):
    old = "b" * 24
    send(client, token=token_of_age(80_000, old), email="", files=pdf())
    response = send(client, token=token_of_age(90_000, old))
    send(client, token=hidden(response, "token"), checked="1")
    assert Attachment.objects.get().name == "letter.pdf"


def test_a_damaged_token_is_as_good_as_none(client):
    assert "Please check and send" in text_of(send(client, token="no:such:token"))
    assert not Case.objects.exists()


@pytest.mark.parametrize("signs", [{"further_subject": "Buy"}, {"token": token_of_age(0)}])
def test_what_looks_like_a_program_is_asked_once_and_kept(client, signs):
    if "token" in signs:
        signs = {"token": tokens.new_token()}
    response = send(client, **signs)
    assert "If you are a person, we are sorry" in text_of(response)
    assert WORDS in text_of(response)
    assert 'name="further_subject"' not in text_of(response)
    send(client, token=hidden(response, "token"), checked="1")
    assert Case.objects.count() == 1


def test_over_the_limit_everything_is_kept_and_a_resend_is_no_new_message(client, settings):
    settings.CONDUCT_SUBMISSIONS_PER_HOUR = 1
    first = token_of_age()
    send(client, token=first)
    response = send(client, description="Another", files=pdf())
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "Please wait a few minutes" in text_of(response)
    assert "> Another</textarea>" in text_of(response)
    assert "<bdi>letter.pdf</bdi>" in text_of(response)
    assert send(client, token=first).status_code == 200
    assert Case.objects.count() == 1


def test_what_another_site_sends_is_shown_and_not_stored(client):
    response = send(client, headers={"sec-fetch-site": "cross-site"}, files=pdf())
    assert response.status_code == 403
    assert "This form was sent from another website" in text_of(response)
    assert WORDS in text_of(response)
    assert "letter.pdf" not in text_of(response)
    assert not Case.objects.exists()


def test_markup_is_shown_as_typed(client):
    response = send(
        client, token="", description="<script>alert(1)</script>", place='"><svg onload=x>'
    )
    assert "<script>alert" not in text_of(response)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text_of(response)
    assert "<svg onload" not in text_of(response)
    assert "&lt;svg onload=x&gt;" in text_of(response)


def test_a_file_that_is_refused_never_costs_the_case(client):
    program = SimpleUploadedFile("report.docx", b"MZ\x90\x00" + b"\x00" * 100)
    response = send(client, files=[program, pdf()])
    case = Case.objects.get()
    assert "<bdi>report.docx</bdi>: This kind of file can" in text_of(response)
    assert "Your complaint is with us all the same." in text_of(response)
    assert [a.name for a in case.attachments.all()] == ["letter.pdf"]


def test_a_file_refused_in_the_first_round_is_told_again_at_the_end(client):
    program = SimpleUploadedFile("tool.exe", b"MZ\x90\x00" + b"\x00" * 100)
    response = send(client, token="", files=program)
    assert "Files we could not take" in text_of(response)
    final = send(client, token=hidden(response, "token"), checked="1")
    assert "<bdi>tool.exe</bdi>" in text_of(final)
    assert Case.objects.count() == 1


def test_fifty_files_give_a_case_with_five_and_say_so(client):
    files = [SimpleUploadedFile(f"{n}.txt", f"page {n}".encode()) for n in range(50)]
    response = send(client, files=files)
    assert Case.objects.get().attachments.count() == 5
    assert text_of(response).count("Only 5 files can be sent at once.") == 45


def test_more_files_than_the_server_reads_at_all_get_a_sentence(client):
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(150)]
    response = send(client, files=files)
    assert response.status_code == 413
    assert "That was too much at once" in text_of(response)


def test_a_kept_file_can_be_taken_out_again(client):
    response = send(client, token="", files=[pdf("one.pdf"), SimpleUploadedFile("two.txt", b"two")])
    stored = re.findall(r'name="remove_file" value="([0-9a-f]+)"', text_of(response))
    send(client, token=hidden(response, "token"), checked="1", remove_file=stored[:1])
    assert [a.name for a in Attachment.objects.all()] == ["two.txt"]


def test_the_answer_is_never_cached_and_tells_no_other_site(client):
    for response in (send(client), send(client, token=""), send(client, email=None)):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_neither_session_nor_user_matters_and_no_csrf_token_is_asked(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    send(client)
    case = Case.objects.get()
    assert case.received_by is None
    assert Event.objects.filter(case=case, actor__isnull=False).count() == 0


def test_a_get_shows_the_form_with_a_token_and_the_promise_of_the_link(client):
    response = client.get(ADDRESS)
    assert tokens.read_token(hidden(response, "token")).id
    assert 'action="/en/case/send/"' in text_of(response)


def test_the_same_number_of_queries_with_one_and_with_thirty_rows(
    client, django_assert_num_queries
):
    make_category("c0")
    make_remedy_kind("r0")
    client.get(ADDRESS)
    with django_assert_num_queries(FORM_QUERIES):
        client.get(ADDRESS)
    for number in range(1, 30):
        make_category(f"c{number}")
        make_remedy_kind(f"r{number}")
    with django_assert_num_queries(FORM_QUERIES):
        client.get(ADDRESS)


def test_a_token_knows_its_case(client):
    token = token_of_age()
    assert already_received(tokens.read_token(token).id) is None
    send(client, token=token)
    assert already_received(tokens.read_token(token).id) == Case.objects.get()


def test_a_complaint_costs_few_queries(
    client, django_assert_num_queries, django_capture_on_commit_callbacks
):
    send(client)
    with django_capture_on_commit_callbacks(execute=False), django_assert_num_queries(50):
        assert send(client).status_code == 200
    assert Case.objects.count() == 2
