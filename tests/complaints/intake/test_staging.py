"""Files of messages that are not sent yet: kept by token, deleted in time."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.utils import timezone

from complaints.intake import staging
from complaints.intake.submission import CheckedFile
from complaints.intake.uploads import RefusedFile
from complaints.models.conversation import private_storage
from tests.complaints.intake import specimens
from tests.complaints.intake.sending import send, text_of
from tests.complaints.intake.test_sending import hidden, pdf


def checked(name="a.pdf", content=specimens.PDF):
    return CheckedFile(name, "application/pdf", len(content), ContentFile(content))


def folders():
    storage = private_storage()
    return storage.listdir(staging.FOLDER)[0] if storage.exists(staging.FOLDER) else []


@pytest.fixture(autouse=True)
def _nothing_left():
    staging.sweep(now=timezone.now() + timedelta(days=10))


def test_what_was_kept_is_found_by_its_token_only():
    staging.keep("token-1", [checked()], [RefusedFile("b.exe", "No.")])
    found = staging.load("token-1")
    assert [(f.name, f.size, f.content.read()) for f in found.files] == [
        ("a.pdf", len(specimens.PDF), specimens.PDF)
    ]
    assert [(r.name, r.reason) for r in found.refused] == [("b.exe", "No.")]
    assert staging.load("token-2") == staging.Staged()


def test_paths_tell_neither_token_nor_name():
    staging.keep("token-1", [checked("secret-name.pdf")], [])
    storage = private_storage()
    names = storage.listdir(f"{staging.FOLDER}/{folders()[0]}")[1]
    assert "token-1" not in folders()[0]
    assert [n for n in names if "secret" in n] == []


def test_keeping_again_adds_and_takes_out():
    first = staging.keep("token-1", [checked("a.pdf"), checked("b.pdf")], [])
    staging.keep("token-1", [first[1], checked("c.pdf")], [])
    assert [f.name for f in staging.load("token-1").files] == ["b.pdf", "c.pdf"]
    storage = private_storage()
    assert len(storage.listdir(f"{staging.FOLDER}/{folders()[0]}")[1]) == 3


def test_old_files_are_swept_and_young_ones_stay():
    staging.keep("token-1", [checked()], [])
    now = timezone.now()
    assert staging.sweep(now=now + timedelta(hours=47)) == 0
    assert len(staging.load("token-1").files) == 1
    assert staging.sweep(now=now + timedelta(hours=49)) == 1
    assert staging.sweep(now=now + timedelta(hours=49)) == 0
    assert folders() == []


@pytest.mark.django_db
def test_nothing_stays_behind_when_the_message_is_sent(client):
    response = send(client, token="", files=pdf())
    assert len(folders()) == 1
    send(client, token=hidden(response, "token"), checked="1")
    assert folders() == []


class FullDisk(InMemoryStorage):
    def _save(self, name, content):
        raise OSError("No space left on device")


@pytest.mark.django_db
def test_where_files_can_not_be_kept_the_page_says_so(client, settings):
    settings.STORAGES = settings.STORAGES | {
        "conduct_private": {"BACKEND": f"{__name__}.FullDisk"}
    }  # fmt: skip
    response = send(client, token="", files=pdf())
    assert "The files you chose could not be kept. Please choose them again." in text_of(response)
    assert response.status_code == 200


@pytest.fixture
def _broken_storage():
    """A file stands where the folder of the cases' files should be."""
    root = Path(private_storage().path(""))
    root.mkdir(parents=True, exist_ok=True)
    folder, aside = root / "cases", root / "cases-aside"
    if folder.exists():
        folder.rename(aside)
    folder.write_text("in the way")
    yield
    folder.unlink()
    if aside.exists():
        aside.rename(folder)


@pytest.mark.django_db
@pytest.mark.usefixtures("_broken_storage")
def test_a_file_that_can_not_be_stored_does_not_cost_the_case(client):
    response = send(client, files=pdf())
    assert "<bdi>letter.pdf</bdi>: It could not be stored." in text_of(response)
    assert "We have your complaint" in text_of(response)
