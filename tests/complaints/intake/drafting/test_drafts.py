"""Drafts: encrypted, for two weeks, opened by their code and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from complaints.automation import run_clocks
from complaints.intake import staging
from complaints.intake.drafting import drafts
from complaints.intake.drafting.answers import Answers
from complaints.models import Case, Draft
from complaints.models.conversation import private_storage
from tests.complaints.intake import specimens
from tests.complaints.intake.drafting.test_steps import pdf
from tests.complaints.intake.drafting.walking import (
    COOKIE,
    RESUME,
    START,
    STEPS,
    Walk,
    begin,
    code_in,
    key_in,
    ready,
    slug_of,
    the_case,
)
from tests.complaints.intake.sending import WORDS, text_of, token_of_age
from tests.people import make_user

pytestmark = pytest.mark.django_db
SECRETS = ("parcel", "Minji", "kim@example.com", "Umbrella", "letter.pdf", "%PDF")


def stored_bytes() -> bytes:
    """Everything in the table and in the folder of drafts, as whoever steals the disk finds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Draft._meta.db_table}")
        found = repr(cursor.fetchall()).encode()
    storage = private_storage()
    for folder in storage.listdir(staging.DRAFTS.root)[0]:
        for name in storage.listdir(f"{staging.DRAFTS.root}/{folder}")[1]:
            with storage.open(f"{staging.DRAFTS.root}/{folder}/{name}") as file:
                found += name.encode() + file.read()
    return found


def age(walk: Walk, **time: int) -> None:
    """As if everything had been done so long ago."""
    draft, ago = walk.draft, timedelta(**time)
    Draft.objects.filter(pk=draft.pk).update(
        created_at=draft.created_at - ago,
        changed_at=draft.changed_at - ago,
        expires_at=draft.expires_at - ago,
    )


def test_nothing_of_a_draft_can_be_read_on_the_disk() -> None:
    walk = begin(product="Umbrella", files=pdf())
    walk.fill(you={"name": "Minji", "email": "kim@example.com"})
    code = code_in(walk.get("later"))
    found = stored_bytes()
    assert [word for word in (*SECRETS, code, walk.draft.token_id) if word.encode() in found] == []
    assert [f.name for f in walk.files()] == ["letter.pdf"]


def test_a_draft_lives_for_two_weeks_from_its_last_change() -> None:
    walk = begin()
    assert walk.draft.expires_at - walk.draft.created_at == timedelta(days=14)
    age(walk, days=13)
    walk.post("wish", "next", remedy_wanted="Money")
    draft = walk.draft
    assert draft.expires_at - draft.changed_at == timedelta(days=14)
    assert draft.changed_at - draft.created_at > timedelta(days=13)


@pytest.mark.requirement("WCAG-TIME")
@pytest.mark.parametrize("time", [{"hours": 1}, {"days": 1}, {"days": 13}])
def test_a_draft_left_alone_is_still_there_and_sends(time: dict[str, int]) -> None:
    walk = ready(product="Umbrella", files=pdf())
    age(walk, **time)
    assert 'value="Umbrella"' in text_of(walk.get("problem-1"))
    assert "We have your complaint" in text_of(walk.send())
    assert (the_case().product, the_case().attachments.count()) == ("Umbrella", 1)


@pytest.mark.requirement("WCAG-TIME")
@pytest.mark.parametrize("seconds", [3600, 86_500, 13 * 86_400])
def test_a_first_step_left_open_still_leads_on_without_another_click(seconds: int) -> None:
    walk = begin(token=token_of_age(seconds), product="Umbrella")
    walk.fill(you={"email": "kim@example.com"})
    walk.send()
    assert the_case().product == "Umbrella"


def test_the_code_opens_it_in_another_browser() -> None:
    walk = begin(product="Umbrella")
    code = code_in(walk.get("later"))
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code} "):
        other = Walk(Client(), walk.public_id)
        assert other.get("wish").status_code == 404
        response = other.client.post(RESUME, {"code": typed})
        assert response.headers["Location"] == walk.url("problem-1")
        assert 'value="Umbrella"' in text_of(other.get("problem-1"))


def closed_doors() -> dict[str, Walk]:
    """Drafts that the browser in question can't open."""
    foreign, expired, deleted, wrong = begin(), begin(), begin(), begin()
    age(expired, days=15)
    deleted.post("delete", seen="")
    cookie = next(iter(wrong.client.cookies))
    wrong.client.cookies[cookie] = "AAAA-AAAA-AAAA-AAAA"
    return {
        "foreign": Walk(Client(), foreign.public_id),
        "another draft's cookie": Walk(begin().client, foreign.public_id),
        "expired": expired,
        "deleted": deleted,
        "wrong": wrong,
        "never there": Walk(Client(), str(uuid4())),
    }


def test_what_this_browser_can_not_open_looks_all_the_same() -> None:
    before = Draft.objects.count()
    pages = set()
    for walk in closed_doors().values():
        for slug in (*STEPS, "check", "later", "delete", "problem-2", "nothing"):
            url = walk.url(slug)
            for response in (walk.client.get(url), walk.client.post(url, {"description": "x"})):
                page = text_of(response).replace(url, "")
                pages.add((response.status_code, response["Cache-Control"], page[:300]))
                assert "This browser can't open what was kept" in page.replace("&#x27;", "'")
                assert WORDS not in page
    assert len(pages) == 1
    assert pages.pop()[:2] == (404, "private, no-store")
    assert Draft.objects.count() == before + 4


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "x", "é" * 16, "a\x00b", "A" * 61, "' --"])
def test_a_wrong_code_gets_words(code: str) -> None:
    begin()
    response = Client().post(RESUME, {"code": code})
    page = text_of(response)
    assert (response.status_code, response.cookies.keys()) == (422, set())
    assert 'class="error-summary"' in page
    assert WORDS not in page


def test_no_code_at_all_gets_words() -> None:
    assert "Type the code that you wrote down." in text_of(Client().post(RESUME, {"code": " "}))


def test_the_cookie_is_for_this_browser_alone_and_gone_when_it_closes() -> None:
    walk = begin()
    (name,) = walk.client.cookies
    cookie = walk.client.cookies[name]
    assert name == f"{COOKIE}{walk.public_id.replace('-', '')[:16]}"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    secure = Client().post(START, {"description": WORDS}, secure=True)
    assert [morsel["secure"] for morsel in secure.cookies.values()] == [True]


def every_page(walk: Walk) -> list[Any]:
    """All pages of a draft and those before and behind it."""
    pages = [walk.get(slug) for slug in (*STEPS, "check", "later", "delete")]
    pages += [walk.post("you", "next"), walk.post("wish", "next"), walk.post("check", "later")]
    code = code_in(walk.get("later"))
    link = f"{RESUME}{code}/"
    pages += [Client().get(RESUME), Client().post(RESUME, {"code": code}), Client().get(link)]
    return [*pages, walk.send(), walk.get("check"), walk.get("you")]


def test_no_page_is_cached_or_named_to_other_sites_or_holds_the_code_in_its_address() -> None:
    walk = ready()
    code = code_in(walk.get("later"))
    for response in every_page(walk):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "same-origin"
        assert code not in response.headers.get("Location", "")


OTHER_SITES = [
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "same-site"}, False),
    ({"origin": "https://evil.example"}, False),
    ({"origin": "null"}, False),
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),
    ({"origin": "http://testserver"}, True),
    ({}, True),
]


@pytest.mark.parametrize(("headers", "is_ours"), OTHER_SITES)
@pytest.mark.parametrize("slug", ["wish", "check", "later", "delete"])
def test_what_another_site_posts_changes_nothing(
    slug: str, headers: dict[str, str], is_ours: bool
) -> None:
    walk = ready()
    before = Draft.objects.values().get()
    seen = "" if slug in {"later", "delete"} else None
    options = {"seen": seen} if seen is not None else {}
    go = "send" if slug == "check" else "next"
    typed = {"remedy_wanted": "x", "email": "kim@example.com"}
    walk.post(slug, go, headers=headers, **options, **typed)
    assert (list(Draft.objects.values()) != [before]) == is_ours
    assert Case.objects.exists() == (is_ours and slug == "check")


@pytest.mark.parametrize(("headers", "is_ours"), OTHER_SITES)
def test_another_site_can_neither_begin_nor_open_a_draft(
    headers: dict[str, str], is_ours: bool
) -> None:
    code = code_in(begin().get("later"))
    begun = Client().post(START, {"description": WORDS, "go": "next"}, headers=headers)
    opened = Client().post(RESUME, {"code": code}, headers=headers)
    assert Draft.objects.count() == 1 + is_ours
    assert [bool(begun.cookies), bool(opened.cookies)] == [is_ours, is_ours]
    assert is_ours or (begun.status_code, opened.status_code) == (403, 403)


def test_too_much_from_one_network_is_said_in_words_and_loses_nothing(settings: Any) -> None:
    settings.CONDUCT_SUBMISSIONS_PER_HOUR = 1
    walk = ready(product="Umbrella")
    assert "We have your complaint" in text_of(ready().send())
    response = walk.send()
    assert response.status_code == 429
    assert "Everything you wrote is still here. Please wait a few minutes" in text_of(response)
    assert walk.answers().raw("problem-1")["product"] == ["Umbrella"]
    # Two drafts so far; four an hour can be begun.
    begin()
    begin()
    again = Client().post(START, {"description": "Rain", "go": "next", "token": token_of_age()})
    assert again.status_code == 429
    assert "> Rain</textarea>" in text_of(again)
    for _time in range(4):
        Client().post(RESUME, {"code": "AAAA"})
    assert "Too many codes were tried." in text_of(Client().post(RESUME, {"code": "AAAA"}))


def test_files_over_the_limit_are_said_and_the_words_are_kept(settings: Any) -> None:
    settings.CONDUCT_SUBMISSIONS_PER_HOUR, settings.CONDUCT_MAX_FILES = 1, 50
    walk = begin(files=pdf())
    for number in range(7):
        walk.post("problem-1", "files", description=WORDS, files=pdf(extra=bytes([number])))
    response = walk.post("problem-1", description="Other words", files=pdf(extra=b"x"))
    assert "could not be kept" in text_of(response)
    assert walk.answers().raw("problem-1") == {"description": ["Other words"]}


def test_staff_have_no_screen_that_shows_drafts() -> None:
    assert Draft not in get_snippet_models()
    assert not admin.site.is_registered(Draft)
    begin(description="Zweiundzwanzig Regenschirme")
    client = Client()
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    for path in ("/admin/", "/admin/complaints/cases/", "/admin/reports/"):
        page = text_of(client.get(path, follow=True))
        assert "Regenschirme" not in page
    shown = {m for m in apps.get_models() if getattr(m, "snippet_viewset", None)}
    assert Draft not in shown


# The end of a draft


def test_sweeping_deletes_after_its_time_and_not_before() -> None:
    walk, young = begin(files=pdf()), begin(files=pdf())
    token_id = walk.draft.token_id
    age(walk, days=14)
    assert drafts.sweep(timezone.now()) == 1
    assert list(Draft.objects.all()) == [young.draft]
    assert staging.DRAFTS.load(token_id) == staging.Staged()
    assert len(young.files()) == 1
    assert drafts.sweep(timezone.now()) == 0


def test_the_clocks_sweep_drafts_and_keep_what_was_just_sent() -> None:
    walk = ready(files=pdf())
    sent = walk.send()
    run_clocks(timezone.now() + timedelta(hours=23))
    assert key_in(walk.send(seen="")) == key_in(sent)
    run_clocks(timezone.now() + timedelta(hours=25))
    assert not Draft.objects.exists()
    assert Case.objects.count() == 1
    assert the_case().attachments.count() == 1


def test_sweeping_does_not_touch_what_is_sent_or_changed_at_that_moment() -> None:
    walk, kept = ready(), begin()
    stale = [walk.draft, kept.draft]
    age(walk, days=15)
    age(kept, days=15)
    now = timezone.now()
    over = Draft.objects.unsent().filter(expires_at__lte=now)
    # Between the list and the deletion, one is sent and the other kept on.
    Draft.objects.filter(pk=walk.draft.pk).update(case=ready_case())
    Draft.objects.filter(pk=kept.draft.pk).update(expires_at=now + timedelta(days=14))
    assert [drafts._delete(over, draft) for draft in stale] == [False, False]
    assert Draft.objects.filter(pk__in=[d.pk for d in stale]).count() == 2


def ready_case() -> Case:
    walk = ready()
    walk.send()
    case = Case.objects.latest("pk")
    walk.draft.delete()
    return case


def test_throwing_away_takes_everything_and_closes_the_door() -> None:
    walk = begin(files=pdf())
    token_id = walk.draft.token_id
    page = text_of(walk.get("delete"))
    assert "can't be brought back" in page.replace("&#x27;", "'")
    assert len(walk.files()) == 1
    response = walk.post("delete", seen="")
    assert "Nothing of what you wrote is kept" in text_of(response)
    assert response.cookies[next(iter(response.cookies))]["max-age"] == 0
    assert not Draft.objects.exists()
    assert staging.DRAFTS.load(token_id) == staging.Staged()


def test_files_that_a_stopped_process_left_reach_their_case() -> None:
    walk = ready(files=[pdf("a.pdf", b"a"), pdf("b.pdf", b"b")])
    walk.send()
    case, token_id = the_case(), walk.draft.token_id
    case.attachments.all().delete()
    for name in ("a.pdf", "b.pdf"):
        checked = staging.CheckedFile(name, "application/pdf", 1, pdf(name, name.encode()))
        staging.DRAFTS.add(token_id, checked)
    run_clocks()
    assert sorted(a.name for a in case.attachments.all()) == ["a.pdf", "b.pdf"]
    run_clocks()
    assert case.attachments.count() == 2
    assert staging.DRAFTS.load(token_id) == staging.Staged()


def test_one_damaged_file_stops_neither_the_clocks_nor_the_others() -> None:
    walk = ready(files=[pdf("a.pdf", b"a" * 200_000)])
    walk.send()
    case, token_id = the_case(), walk.draft.token_id
    case.attachments.all().delete()
    for name in ("a.pdf", "b.pdf"):
        content = pdf(name, name.encode() * 60_000)
        checked = staging.CheckedFile(name, "application/pdf", content.size or 0, content)
        staging.DRAFTS.add(token_id, checked)
    storage, folder = private_storage(), staging.DRAFTS._folder(token_id)
    stored = staging.DRAFTS.load(token_id).files[0].stored
    path = f"{folder}/{stored[staging._MOMENT :]}"
    with storage.open(path) as file:
        data = file.read()
    storage.delete(path)
    storage.save(path, specimens_file(data[: len(data) // 2]))
    assert run_clocks().failed == 0
    assert [a.name for a in case.attachments.all()] == ["b.pdf"]


def specimens_file(data: bytes) -> Any:
    from django.core.files.base import ContentFile

    assert specimens.PDF not in data
    return ContentFile(data)


def test_a_draft_that_is_thrown_away_while_it_is_answered_is_no_error() -> None:
    walk = begin()
    opened = drafts.find(
        walk.draft.public_id, drafts.code_of(walk.draft.token_id), now=timezone.now()
    )
    assert opened is not None
    walk.draft.delete()
    with pytest.raises(drafts.Gone):
        drafts.keep(opened, "wish", {}, seen=None, now=timezone.now())


def test_answers_survive_their_journey_through_json() -> None:
    steps = {"problem-1": {"description": ["\u202e😀\x00\r\n\u2028'\"</script>", ""]}}
    assert Answers.from_json(Answers(steps=steps, signs=["x"]).to_json()) == Answers(steps, ["x"])


def test_nothing_is_stored_before_something_is_sent() -> None:
    client = Client()
    response = client.get(START)
    assert (Draft.objects.count(), response.cookies.keys()) == (0, set())
    assert slug_of(client.post(START, {"description": WORDS, "go": "next"})) == "wish"
