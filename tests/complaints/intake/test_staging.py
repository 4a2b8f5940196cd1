"""Files of messages that are not sent yet: kept by token, deleted in time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
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
    for key in ("token-1", "draft-1"):
        staging.DRAFTS.discard(key)


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
    # Two files, each with a small one that says what it is; the list of refused files is gone.
    assert len(storage.listdir(f"{staging.FOLDER}/{folders()[0]}")[1]) == 4


AREAS = pytest.mark.parametrize("area", [staging.FORMS, staging.DRAFTS], ids=["forms", "drafts"])


def known_file(**changes):
    return replace(checked("letter.pdf"), **changes)


@AREAS
def test_a_file_comes_back_as_what_it_was_sent_for(area):
    area.keep("token-1", [known_file(issue=2, question="proof", is_authority=True)])
    (found,) = area.load("token-1").files
    assert (found.issue, found.question, found.is_authority) == (2, "proof", True)
    # Now it is about another problem; the file itself stays where it is.
    area.keep("token-1", [replace(found, issue=3)])
    (again,) = area.load("token-1").files
    assert (again.issue, again.stored, again.content.read()) == (3, found.stored, specimens.PDF)


@AREAS
def test_one_file_is_added_and_taken_out(area):
    area.add("token-1", checked("a.pdf"))
    second = area.add("token-1", checked("b.pdf"))
    assert area.remove("token-1", second.stored) is True
    assert area.remove("token-1", second.stored) is False
    assert area.remove("token-2", "../../cases") is False
    assert [f.name for f in area.load("token-1").files] == ["a.pdf"]


def test_beyond_the_number_there_is_no_room_and_nothing_is_left_of_it():
    for name in "ab":
        staging.FORMS.add("token-1", checked(name), at_most=2)
    with pytest.raises(staging.NoRoom):
        staging.FORMS.add("token-1", checked("c"), at_most=2)
    assert [f.name for f in staging.load("token-1").files] == ["a", "b"]
    storage = private_storage()
    assert len(storage.listdir(f"{staging.FOLDER}/{folders()[0]}")[1]) == 4


@AREAS
def test_files_that_arrive_at_the_same_moment_are_all_kept(area):
    names = [f"{number}.pdf" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: area.add("token-1", checked(name)), names))
    found = area.load("token-1").files
    assert sorted(f.name for f in found) == sorted(names)
    assert {f.content.read() for f in found} == {specimens.PDF}


def test_of_many_at_the_same_moment_no_more_stay_than_there_is_room_for():
    def add(number):
        try:
            staging.FORMS.add("token-1", checked(f"{number}.pdf"), at_most=5)
        except staging.NoRoom:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(add, range(24)))
    assert taken == len(staging.load("token-1").files) == 5


def everything_stored(area):
    storage = private_storage()
    for folder in storage.listdir(area.root)[0] if storage.exists(area.root) else ():
        for name in storage.listdir(f"{area.root}/{folder}")[1]:
            with storage.open(f"{area.root}/{folder}/{name}") as file:
                yield name.encode() + file.read()


def test_of_a_draft_nothing_can_be_read_on_the_disk():
    content = b"%PDF-1.7 the doctor's letter " * 10_000
    # The folder of other tests is this one's, too.
    before = set(everything_stored(staging.DRAFTS))
    staging.DRAFTS.keep(
        "draft-1", [checked("doctor.pdf", content)], [RefusedFile("secret.exe", "No.")]
    )
    stored = set(everything_stored(staging.DRAFTS)) - before
    assert len(stored) == 3
    assert [x for x in stored if b"doctor" in x or b"%PDF" in x or b"secret" in x] == []
    found = staging.DRAFTS.load("draft-1")
    assert [(f.name, f.size, f.content.read()) for f in found.files] == [
        ("doctor.pdf", len(content), content)
    ]
    assert [(r.name, r.reason) for r in found.refused] == [("secret.exe", "No.")]


def test_drafts_are_not_swept_but_discarded():
    staging.DRAFTS.keep("draft-1", [checked()])
    assert staging.DRAFTS.sweep(now=timezone.now() + timedelta(days=100)) == 0
    assert len(staging.DRAFTS.load("draft-1").files) == 1
    staging.DRAFTS.discard("draft-1")
    assert staging.DRAFTS.load("draft-1") == staging.Staged()


def test_a_damaged_file_is_left_out_and_the_others_stay(settings):
    staging.DRAFTS.keep("draft-1", [checked("a.pdf")])
    settings.CONDUCT_FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    staging.DRAFTS.add("draft-1", checked("b.pdf"))
    assert [f.name for f in staging.DRAFTS.load("draft-1").files] == ["b.pdf"]


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
