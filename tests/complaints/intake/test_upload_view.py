"""A file that is sent while the form is still being filled in."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from complaints.intake import staging
from complaints.intake.drafting import drafts
from complaints.intake.drafting.answers import Answers
from complaints.intake.drafting.opening import let_open
from complaints.intake.tokens import read_token
from complaints.models import Case
from tests.complaints.intake import specimens
from tests.complaints.intake.sending import send, token_of_age

pytestmark = [pytest.mark.requirement("SEC-FILE"), pytest.mark.django_db]
ADDRESS = "/en/case/upload/"


@pytest.fixture(autouse=True)
def _nothing_left():
    yield
    staging.sweep(now=timezone.now() + timedelta(days=10))


def upload(client, named="letter.pdf", content=specimens.PDF, *, address=ADDRESS, **fields):
    fields = {"file": SimpleUploadedFile(named, content)} | fields
    response = client.post(address, {k: v for k, v in fields.items() if v is not None})
    return response.status_code, json.loads(response.content)


def kept(token):
    return [(f.name, f.question, f.is_authority) for f in staging.load(read_token(token).id).files]


def test_a_file_is_kept_under_the_token_and_goes_along_with_the_form(client):
    token = token_of_age()
    status, answer = upload(client, token=token)
    (file,) = staging.load(read_token(token).id).files
    assert (status, answer) == (
        200, {"name": "letter.pdf", "size": len(specimens.PDF), "stored": file.stored}
    )  # fmt: skip
    send(client, token=token)
    assert [a.name for a in Case.objects.get().attachments.all()] == ["letter.pdf"]
    assert kept(token) == []


def test_a_refused_file_is_answered_with_its_reason(client):
    token = token_of_age()
    status, answer = upload(client, "run.docx", specimens.EXE, token=token)
    assert (status, answer["name"]) == (422, "run.docx")
    assert answer["reason"].startswith("This kind of file can't be taken.")
    assert kept(token) == []


def test_a_file_is_taken_out_again_by_whoever_has_the_token(client):
    token = token_of_age()
    stored = upload(client, token=token)[1]["stored"]
    others = upload(client, token=token_of_age(), file=None, remove=stored)
    assert others == (200, {"removed": False})
    assert len(kept(token)) == 1
    assert upload(client, token=token, file=None, remove=stored) == (200, {"removed": True})
    assert kept(token) == []


def test_the_field_says_what_a_file_is_for(client):
    token = token_of_age()
    for name in ("files", "authority_file", "f-receipt", "f-../../x", "nonsense"):
        upload(client, f"{len(name)}.pdf", token=token, name=name)
    assert kept(token) == [
        ("5.pdf", "", False),
        ("14.pdf", "", True),
        ("9.pdf", "receipt", False),
        ("9.pdf", "", False),
        ("8.pdf", "", False),
    ]


def test_the_number_is_limited_for_each_purpose(client, settings):
    settings.CONDUCT_MAX_FILES = 2
    token = token_of_age()
    answers = [upload(client, f"{n}.pdf", token=token) for n in range(3)]
    assert [status for status, _answer in answers] == [200, 200, 422]
    assert answers[2][1]["reason"] == "Only 2 files can be sent at once."
    assert upload(client, "paper.pdf", token=token, name="authority_file")[0] == 200
    assert [name for name, *_rest in kept(token)] == ["0.pdf", "1.pdf", "paper.pdf"]


@pytest.mark.parametrize(
    ("fields", "query", "status"),
    [
        ({}, "", 404),
        ({"token": "nonsense"}, "", 404),
        ({"token": "old"}, "", 404),
        ({"token": "new", "file": None}, "", 400),
        ({"token": "new"}, "?draft=nonsense", 404),
        ({"token": "new"}, "?draft=8c8e6f1e-0000-4000-8000-000000000000", 404),
    ],
)
def test_who_owns_no_place_can_keep_nothing(client, fields, query, status):
    tokens = {"old": token_of_age(49 * 3600), "new": token_of_age()}
    fields = {k: tokens.get(v, v) for k, v in fields.items()}
    assert upload(client, address=f"{ADDRESS}{query}", **fields) == (status, {})


def test_other_sites_can_send_nothing():
    client = Client(headers={"sec-fetch-site": "cross-site"})
    token = token_of_age()
    assert upload(client, token=token) == (403, {})
    assert kept(token) == []


def test_one_network_can_send_so_many_bytes_an_hour(client, settings):
    settings.CONDUCT_STAGED_BYTES_PER_HOUR = 2 * len(specimens.PDF)
    statuses = [upload(client, token=token_of_age())[0] for _ in range(3)]
    assert statuses == [200, 200, 429]
    cache.clear()
    assert upload(client, token=token_of_age())[0] == 200


def test_one_network_can_send_so_many_files_an_hour(client, settings):
    settings.CONDUCT_MAX_FILES, settings.CONDUCT_SUBMISSIONS_PER_HOUR = 1, 1
    statuses = [upload(client, token=token_of_age())[0] for _ in range(3)]
    assert statuses == [200, 200, 429]


class FullDisk(InMemoryStorage):
    def _save(self, name, content):
        raise OSError("No space left on device")


def test_where_it_can_not_be_kept_it_stays_in_the_browser(client, settings):
    settings.STORAGES = settings.STORAGES | {
        "conduct_private": {"BACKEND": f"{__name__}.FullDisk"}
    }  # fmt: skip
    assert upload(client, token=token_of_age()) == (503, {})


@pytest.fixture
def draft():
    site = Site.objects.get(is_default_site=True)
    opened = drafts.start("draft-1", Answers(), site=site, language="en", now=timezone.now())
    yield opened
    staging.DRAFTS.discard("draft-1")


def browser_of(opened):
    client = Client()
    response = client.get("/en/case/send/")
    let_open(response, opened, response.wsgi_request)
    client.cookies.update(response.cookies)
    return client


def test_a_file_of_a_draft_is_kept_with_its_problem_for_who_has_the_code(client, draft):
    address = f"{ADDRESS}?draft={draft.draft.public_id}&issue=2"
    assert upload(client, address=address) == (404, {})
    assert upload(browser_of(draft), address=address)[0] == 200
    found = staging.DRAFTS.load("draft-1").files
    assert [(f.name, f.issue, f.content.read()) for f in found] == [
        ("letter.pdf", 2, specimens.PDF)
    ]
