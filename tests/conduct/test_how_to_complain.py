"""One source says how to complain: on the screen, on paper, and to staff with what they do."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.segments.extract import extract_segments

from conduct import pdf
from conduct.models import HowToComplainPage, Organisation
from conduct.models.how_to_complain import ASKED_FOR

PAGE = "/en/how-to-complain/"
STEPS = [
    {
        "type": "step",
        "id": "5f0f3ae4-6cf2-4f2a-8d3a-0a5d2e1c7b12",
        "value": {
            "name": "It has arrived",
            "text": "You get a reference.",
            "time": "1 working day",
            "staff_do": "Enter it the same day.",
            "staff_say": "Thank you for telling me.",
        },
    }
]
SIX: dict[str, Any] = {
    "where": "<p>With the form, or call.</p>",
    "tell": "<p>What happened.</p>",
    "steps": STEPS,
    "remedies": "<p>Your money back.</p>",
    "outside": "<p>After our answer, free of charge.</p>",
    "follow": "<p>With your reference.</p>",
}


@pytest.fixture
def page(home: Page, organisation: Organisation) -> HowToComplainPage:
    page = HowToComplainPage(
        title="How to complain", slug="how-to-complain", staff_intro="Write it down.", **SIX
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    organisation.how_to_complain_page = page
    organisation.save()
    return page


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    assert main is not None
    return re.sub(r"\s+", " ", main.get_text(" ")).strip()


def unpacked(content: bytes) -> bytes:
    """What a PDF says of itself, with its streams decompressed."""
    found = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join(found)


def page_count(content: bytes) -> int:
    counted = re.search(rb"/Type\s*/Pages.*?/Count (\d+)|/Count (\d+).*?/Type\s*/Pages", content)
    assert counted is not None
    return int(counted[1] or counted[2])


def staff(*permissions: str) -> Client:
    user = get_user_model().objects.create_user("ana", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.requirement("10002-7.1")
@pytest.mark.parametrize("name", ASKED_FOR)
def test_none_of_the_six_may_be_missing_when_it_is_published(home: Page, name: str) -> None:
    said = SIX | {name: [] if name == "steps" else "<p> </p>"}
    page = HowToComplainPage(title="How to complain", slug="how", **said)

    with pytest.raises(ValidationError) as refusal:
        home.add_child(instance=page)

    assert refusal.value.message_dict == {name: [str(ASKED_FOR[name])]}


@pytest.mark.requirement("10002-7.1")
def test_no_step_goes_without_its_time(home: Page) -> None:
    untimed = [STEPS[0] | {"value": STEPS[0]["value"] | {"time": " "}}]  # type: ignore[operator]
    page = HowToComplainPage(title="How to complain", slug="how", **SIX | {"steps": untimed})

    with pytest.raises(ValidationError) as refusal:
        home.add_child(instance=page)

    assert refusal.value.message_dict == {
        "steps": ["Say for each step how long it takes. It is missing in: It has arrived."]
    }


def test_a_draft_may_be_incomplete(home: Page) -> None:
    page = HowToComplainPage(title="How to complain", slug="how", live=False)
    page.is_draft_save = True

    home.add_child(instance=page)

    assert HowToComplainPage.objects.get().live is False


ALL_SIX = [
    "With the form, or call.",
    "What happened.",
    "It has arrived (1 working day)",
    "Your money back.",
    "After our answer, free of charge.",
    "The Parcel Ombudsman",
    "With your reference.",
]


@pytest.mark.requirement("10002-7.1")
def test_readers_get_all_six_in_order_and_the_ways_there(
    client: Client, page: HowToComplainPage
) -> None:
    text = read(client, PAGE)

    places = [text.index(words) for words in ALL_SIX]
    assert places == sorted(places)
    links = BeautifulSoup(client.get(PAGE).content, "html.parser").select("main a")
    assert [link["href"] for link in links] == [
        "/en/complain/",
        "/en/case/",
        "mailto:hello@example.org",
        "https://ombudsman.example/",
        f"{PAGE}leaflet/",
        f"{PAGE}poster/",
    ]


@pytest.mark.requirement("10002-7.1")
@pytest.mark.parametrize("name", ["leaflet", "poster"])
def test_without_weasyprint_there_is_a_page_to_print_with_the_same_six(
    client: Client, page: HowToComplainPage, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)

    text = read(client, f"{PAGE}{name}/")

    places = [text.index(words) for words in ALL_SIX]
    assert places == sorted(places)
    # On paper nothing can be clicked: addresses are written out.
    for address in ("/en/complain/", "/en/case/", PAGE):
        assert f"http://localhost{address}" in text
    assert ("You get a reference." in text) is (name == "leaflet")
    assert "Enter it the same day." not in text


@pytest.mark.requirement("10002-7.1")
def test_leaflet_and_poster_are_tagged_and_the_poster_is_one_page(
    client: Client, page: HowToComplainPage
) -> None:
    pytest.importorskip("weasyprint")
    for name in ("leaflet", "poster"):
        response = client.get(f"{PAGE}{name}/")

        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'inline; filename="how-to-complain-{name}.pdf"'
        content = unpacked(response.content)
        assert b"/StructTreeRoot" in content
        assert b"pdfuaid" in content
        assert b"/H1" in content
        assert page_count(content) == 1


def test_a_long_poster_gets_smaller_letters_before_it_gets_a_second_page() -> None:
    pytest.importorskip("weasyprint")

    def pages(lines: int) -> int:
        html = f"<html lang=en><title>x</title><body>{'<p>word</p>' * lines}</body></html>"
        return page_count(unpacked(pdf.render_on_one_page(html, "p { margin: 0 }", (30, 10))))

    assert [pages(lines) for lines in (10, 40, 90)] == [1, 1, 2]


@pytest.mark.requirement("10002-7.1")
@pytest.mark.parametrize("address", ["staff/", "staff/leaflet/"])
def test_only_staff_read_what_staff_do_and_say(
    client: Client, page: HowToComplainPage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    secret = ["Write it down.", "Enter it the same day.", "Thank you for telling me."]

    asked = client.get(f"{PAGE}{address}")
    assert (asked.status_code, asked["Location"]) == (
        302,
        f"/admin/login/?next={PAGE}{address}",
    )
    public = client.get(PAGE).content.decode()
    assert [words for words in secret if words in public] == []

    colleague = staff("access_admin")
    text = read(colleague, f"{PAGE}{address}")
    assert [words for words in [*secret, *ALL_SIX] if words not in text] == []
    assert "no-store" in colleague.get(f"{PAGE}{address}")["Cache-Control"]


def test_an_account_without_access_to_the_admin_is_no_staff(page: HowToComplainPage) -> None:
    assert staff().get(f"{PAGE}staff/").status_code == 403


def test_the_search_finds_the_steps_but_not_what_staff_say(page: HowToComplainPage) -> None:
    field = next(f for f in HowToComplainPage.search_fields if f.field_name == "steps")

    assert field.get_value(page) == ["It has arrived", "You get a reference.", "1 working day"]


def test_the_kept_page_is_the_same_for_all_and_staff_never_get_into_it(
    page: HowToComplainPage, settings: Any
) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 60
    staff("access_admin").get(f"{PAGE}staff/")

    assert Client().get(PAGE).content == Client().get(PAGE).content
    assert Client().get(f"{PAGE}staff/").status_code == 302


def test_every_word_can_be_translated(page: HowToComplainPage) -> None:
    said = {segment.path.partition(".")[0] for segment in extract_segments(page)}

    assert {"title", "staff_intro", *ASKED_FOR} - said == set()


def test_a_translation_has_its_own_leaflet(
    client: Client, page: HowToComplainPage, korean_home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    korean = page.copy_for_translation(Locale.objects.get(language_code="ko")).specific
    korean.tell = "<p>무슨 일이 있었는지</p>"
    korean.save_revision().publish()

    assert "무슨 일이 있었는지" in read(client, "/ko/how-to-complain/leaflet/")


def test_the_routes_of_a_document_lead_there(
    client: Client, page: HowToComplainPage, code_draft: Any
) -> None:
    from conduct.editions import publish

    publish(code_draft)

    links = BeautifulSoup(client.get("/en/code-of-conduct/").content, "html.parser").select("a")
    assert PAGE in [link["href"] for link in links]
