"""Export and import in the admin: who gets in, the preview, and only its own confirmation."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Category, ExportLog, Holiday, RemedyKind, Team
from complaints.models.conversation import private_storage
from complaints.privacy.encryption import decrypt_bytes
from complaints.signals import clocks_run
from complaints.transfer import waiting
from complaints.transfer.files import read
from tests import people
from tests.complaints.transfer.conftest import LANGUAGES, VIEWSETS, Send, csv_file

pytestmark = pytest.mark.django_db

FILE = "code,name_en\ngoods,Things\nnew,New\n"


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    storage = private_storage()
    for name in _waiting():
        storage.delete(f"{waiting.FOLDER}/{name}")


def _waiting() -> list[str]:
    try:
        return private_storage().listdir(waiting.FOLDER)[1]
    except OSError:
        return []


@pytest.fixture
def goods(db: None) -> Category:
    return Category.objects.create(code="goods", name_en="Goods")  # type: ignore[misc]


def address(model: Any, name: str) -> str:
    return reverse(f"{VIEWSETS[model]}:{name}")


def kept_of(page: Any) -> str:
    return str(page.context_data["kept"])


def names() -> dict[str, str]:
    return dict(Category.objects.values_list("code", "name_en"))


def said(response: Any) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


# Who


def _with(*rights: str) -> Callable[[], Any]:
    def person() -> Any:
        user = people.make_auditor()
        user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
        return user

    return person


def _switched_off() -> Any:
    user = people.make_quality("gone")
    user.is_active = False
    user.save()
    return user


LOGIN, NO_ENTRY = "login", "no entry"
WHO: dict[str, tuple[Callable[[], Any], Any]] = {
    "anonymous": (lambda: None, LOGIN),
    "inactive": (_switched_off, LOGIN),
    "editor": (people.make_editor, NO_ENTRY),
    "handler": (people.make_handler, NO_ENTRY),
    "lead": (people.make_lead, NO_ENTRY),
    "auditor": (people.make_auditor, NO_ENTRY),
    "privacy": (people.make_privacy, NO_ENTRY),
    "may only change": (_with("change_category", "change_team"), NO_ENTRY),
    "may only add": (_with("add_category", "add_team"), NO_ENTRY),
    "may change another table": (_with("add_holiday", "change_holiday"), NO_ENTRY),
    "quality": (people.make_quality, 200),
    "admin": (people.make_admin, 200),
}


def outcome(response: Any) -> Any:
    if response.status_code != 302:
        return response.status_code
    target = response["Location"]
    if target.startswith(reverse("wagtailadmin_login")):
        return LOGIN
    return NO_ENTRY if target == reverse("wagtailadmin_home") else target


@pytest.mark.requirement("SEC-EXPORT")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("model", [Category, Team])
def test_who_may_add_and_change_gets_in_and_nobody_else(
    who: str, model: Any, goods: Category
) -> None:
    make, expected = WHO[who]
    person, client = make(), Client()
    if person is not None:
        client.force_login(person)
    found = {
        (method, name): outcome(getattr(client, method)(address(model, name), {}))
        for name in ("export", "import", "confirm")
        for method in ("get", "post")
    }
    # The confirmation is never a page of its own.
    back = address(model, "import") if expected == 200 else expected
    assert found == dict.fromkeys(found, expected) | {
        ("get", "confirm"): back,
        ("post", "confirm"): back,
    }
    assert not ExportLog.objects.exists()
    if expected != 200:
        client.post(address(model, "export"), {"format": "csv", "purpose": "settings"})
        client.post(address(model, "import"), {"file": csv_file(FILE)})
        assert (ExportLog.objects.count(), _waiting(), names()) == (0, [], {"goods": "Goods"})


def test_the_list_offers_both_to_who_may(client_of: Any, quality: Any, goods: Category) -> None:
    page = client_of(quality).get(address(Category, "index")).content.decode()
    assert address(Category, "export") in page
    assert address(Category, "import") in page
    person = _with("change_category")()
    page = client_of(person).get(address(Category, "index")).content.decode()
    assert "Goods" in page
    assert address(Category, "export") not in page
    assert address(Category, "import") not in page


def test_a_list_without_a_table_offers_neither(client_of: Any) -> None:
    from complaints.backoffice.ability import AbsenceViewSet

    patterns = {pattern.name for pattern in AbsenceViewSet().get_urlpatterns()}
    assert not patterns & {"export", "import", "confirm"}
    url = reverse("conduct_absences:index")
    page = client_of(people.make_admin()).get(url)
    assert (page.status_code, b"conduct_absences/import" in page.content) == (200, False)


# Out


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", VIEWSETS)
def test_a_table_is_downloaded_and_leaves_a_line_in_the_log(
    model: Any, kind: str, client_of: Any, quality: Any, goods: Category
) -> None:
    Team.objects.create(name="Care")
    RemedyKind.objects.create(code="refund", name="Refund", family="money")
    Holiday.objects.create(day="2026-12-25", name="Christmas")
    response = client_of(quality).post(
        address(model, "export"), {"format": kind, "purpose": "settings"}
    )
    table = read(io.BytesIO(response.content))
    assert len(table.rows) == 1
    [log] = ExportLog.objects.all()
    assert (log.user, log.table, log.rows, log.purpose) == (
        quality, model._meta.model_name, 1, "settings",
    )  # fmt: skip
    day = timezone.localdate().isoformat()
    name = f'filename="{model._meta.model_name}-{day}.{kind}"'
    assert response["Content-Disposition"] == f"attachment; {name}"
    # Only teams tell of people.
    assert log.personal == (model is Team) == (table.headings[-1] == "exported")
    if log.personal:
        assert table.rows[0][-1].startswith(f"{log.reference} quality ")


def test_a_table_of_people_is_not_given_without_a_purpose(client_of: Any, quality: Any) -> None:
    client, url = client_of(quality), address(Team, "export")
    for data, wrong in (
        ({}, "purpose"),
        ({"purpose": "handling"}, "purpose"),
        ({"purpose": "other"}, "purpose_note"),
    ):
        page = client.post(url, {"format": "csv", **data})
        assert list(page.context_data["form"].errors) == [wrong]
    assert not ExportLog.objects.exists()
    assert client.post(address(Category, "export"), {"format": "csv"}).status_code == 200
    assert ExportLog.objects.get().personal is False


# In


def test_a_file_is_looked_at_first_and_then_done(send: Send, quality: Any, goods: Category) -> None:
    page = send(Category, FILE)
    text = page.content.decode()
    assert "<del>Goods</del>" in text
    assert "<ins>Things</ins>" in text
    found = page.context_data["found"]
    assert (len(found.new), len(found.changed), found.unchanged) == (1, 1, 0)
    assert names() == {"goods": "Goods"}
    done = send.client.post(  # type: ignore[attr-defined]
        address(Category, "confirm"), {"kept": kept_of(page)}, follow=True
    )
    assert done.redirect_chain == [(address(Category, "index"), 302)]
    assert said(done) == ["1 row was added. 1 row was changed."]
    assert names() == {"goods": "Things", "new": "New"}
    assert _waiting() == []


def test_nothing_of_what_waits_can_be_read_on_the_disk(send: Send, goods: Category) -> None:
    send(Category, FILE)
    [name] = _waiting()
    with private_storage().open(f"{waiting.FOLDER}/{name}") as file:
        content = file.read()
    assert b"Things" not in content
    assert decrypt_bytes(content) == FILE.encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_open_in_every_language(
    language: str, send: Send, quality: Any, goods: Category
) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(quality)
    profile.preferred_language = language
    profile.save()
    page = send(Category, FILE)
    done = send.client.post(  # type: ignore[attr-defined]
        address(Category, "confirm"), {"kept": kept_of(page)}
    )
    assert done["Location"] == address(Category, "index")
    assert names() == {"goods": "Things", "new": "New"}


def test_a_file_that_changes_nothing_can_t_be_confirmed(send: Send, goods: Category) -> None:
    page = send(Category, "code,name_en\ngoods,Goods\n")
    assert "This file changes nothing" in page.content.decode()
    assert (kept_of(page), _waiting()) == ("", [])


def test_what_is_wrong_stands_on_the_page_and_can_t_be_confirmed(
    send: Send, goods: Category
) -> None:
    page = send(Category, "code,name_en,parent\nx,X,\ny,Y,nowhere\n")
    text = page.content.decode()
    assert "Belongs to: There is no category “nowhere”." in text
    assert "Nothing was imported." in text
    assert (kept_of(page), _waiting(), names()) == ("", [], {"goods": "Goods"})
    assert address(Category, "confirm") not in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"\xff\xfea\0", "This file is written in UTF-16. Save it as “CSV UTF-8” or as XLSX"),
        (b"name_en\nX\n", "The column “code” is missing: it tells which row is meant."),
    ],
)
def test_a_file_that_is_no_table_is_answered_at_its_field(
    content: bytes, words: str, send: Send
) -> None:
    form = send(Category, content).context_data["form"]
    assert form.errors["file"][0].startswith(words)


def test_no_file_is_answered_as_well(send: Send) -> None:
    page = send.client.post(address(Category, "import"), {})  # type: ignore[attr-defined]
    assert page.context_data["form"].errors["file"] == ["Choose a file."]
    text = page.content.decode()
    assert "At most 5000 rows and 5 MB." in text
    assert "name_ko" in text
    teams = send.client.get(address(Team, "import")).content.decode()  # type: ignore[attr-defined]
    assert "kim:lead:1000.00; lee:member:0.00" in teams


def test_what_a_file_says_is_shown_as_text(send: Send) -> None:
    text = send(Category, 'code,name_en\nx,"<script>alert(1)</script>"\n').content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_page_has_no_styles_and_scripts_of_its_own(send: Send, goods: Category) -> None:
    main = send(Category, FILE).content.decode().partition("<main")[2]
    assert main
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", main)


def test_a_long_preview_is_cut_and_counted(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    from complaints.backoffice import transfer_in

    monkeypatch.setattr(transfer_in, "SHOWN", 2)
    rows = "".join(f"x{number},X\n" for number in range(5))
    page = send(Category, f"code,name_en\n{rows}")
    assert (len(page.context_data["new"]), page.context_data["more"]["new"]) == (2, 3)
    assert "and 3 more" in page.content.decode()


# Confirming what one may not

OLD = (
    "Nothing was imported: this preview is older than an hour, was used already or is somebody "
    "else’s. Choose the file again."
)


def _of_another(kept: str, send: Any) -> tuple[Any, str]:
    client = Client()
    client.force_login(people.make_quality("other"))
    return client, kept


def _tampered(kept: str, send: Any) -> tuple[Any, str]:
    return send.client, ("A" if kept[0] != "A" else "B") + kept[1:]


def _signed_elsewhere(kept: str, send: Any) -> tuple[Any, str]:
    said = signing.loads(kept, salt=waiting._SALT)
    return send.client, signing.dumps(said, salt="another")


def _of_another_table(kept: str, send: Any) -> tuple[Any, str]:
    note = signing.loads(kept, salt=waiting._SALT) | {"table": "team"}
    return send.client, signing.dumps(note, salt=waiting._SALT)


def _file_swapped(kept: str, send: Any) -> tuple[Any, str]:
    other = kept_of(send(Category, "code,name_en\nevil,Evil\n"))
    stored = signing.loads(other, salt=waiting._SALT)["stored"]
    note = signing.loads(kept, salt=waiting._SALT) | {"stored": stored}
    return send.client, signing.dumps(note, salt=waiting._SALT)


def _file_damaged(kept: str, send: Any) -> tuple[Any, str]:
    [name] = _waiting()
    path = private_storage().path(f"{waiting.FOLDER}/{name}")
    with open(path, "ab") as file:  # noqa: PTH123 - of a storage
        file.write(b"x")
    return send.client, kept


def _file_gone(kept: str, send: Any) -> tuple[Any, str]:
    for name in _waiting():
        private_storage().delete(f"{waiting.FOLDER}/{name}")
    return send.client, kept


def _nothing(kept: str, send: Any) -> tuple[Any, str]:
    return send.client, ""


def _used(kept: str, send: Any) -> tuple[Any, str]:
    send.client.post(address(Category, "confirm"), {"kept": kept})
    Category.objects.exclude(code="goods").delete()
    Category.objects.update(name_en="Goods")
    return send.client, kept


@pytest.mark.parametrize(
    "how",
    [
        _of_another, _tampered, _signed_elsewhere, _of_another_table, _file_swapped,
        _file_damaged, _file_gone, _nothing, _used,
    ],
)  # fmt: skip
def test_only_the_preview_one_has_seen_is_confirmed(how: Any, send: Send, goods: Category) -> None:
    client, kept = how(kept_of(send(Category, FILE)), send)
    response = client.post(address(Category, "confirm"), {"kept": kept}, follow=True)
    assert response.redirect_chain == [(address(Category, "import"), 302)]
    assert OLD in said(response)
    assert names() == {"goods": "Goods"}


def test_a_preview_is_good_for_an_hour(
    send: Send, goods: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = kept_of(send(Category, FILE))
    monkeypatch.setattr(waiting, "KEPT_FOR", timedelta(seconds=-1))
    response = send.client.post(  # type: ignore[attr-defined]
        address(Category, "confirm"), {"kept": kept}, follow=True
    )
    assert OLD in said(response)
    assert names() == {"goods": "Goods"}


def test_what_nobody_confirmed_is_deleted_by_the_clocks(
    send: Send, goods: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(Category, FILE)
    clocks_run.send(None, now=timezone.now())
    assert len(_waiting()) == 1
    monkeypatch.setattr(waiting, "KEPT_FOR", timedelta(seconds=-1))
    clocks_run.send(None, now=timezone.now())
    assert _waiting() == []


def test_rows_that_changed_meanwhile_are_shown_anew(send: Send, goods: Category) -> None:
    kept = kept_of(send(Category, FILE))
    Category.objects.update(name_en="Goods and more")
    again = send.client.post(address(Category, "confirm"), {"kept": kept})  # type: ignore[attr-defined]
    assert again.status_code == 200
    assert "<del>Goods and more</del>" in again.content.decode()
    assert names() == {"goods": "Goods and more"}
    send.client.post(address(Category, "confirm"), {"kept": kept_of(again)})  # type: ignore[attr-defined]
    assert names() == {"goods": "Things", "new": "New"}


def test_pages_that_readers_may_have_are_made_anew(
    send: Send, goods: Category, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from django.core.cache import cache

    from conduct import page_cache

    cache.set(page_cache.VERSION, "before")
    kept = kept_of(send(Category, FILE))
    with django_capture_on_commit_callbacks(execute=True):
        send.client.post(address(Category, "confirm"), {"kept": kept})  # type: ignore[attr-defined]
    assert cache.get(page_cache.VERSION) != "before"
