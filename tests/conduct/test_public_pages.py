"""What an anonymous reader gets at the public addresses of a code and a policy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Locale, Page

from conduct import pdf
from conduct.editions import publish
from conduct.indicators import Indicator, Measurement, register
from conduct.models import CodeOfConductPage, Edition, Organisation, PolicyPage, Promise
from conduct.periods import twelve_months

CODE = "/en/code-of-conduct/"


def soup(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def words(node: Any) -> str:
    return re.sub(r"[ \n\t]+", " ", node.get_text(" ")).replace(" .", ".").strip()


def day(year: int, month: int, number: int) -> str:
    """A date as the active language writes it: British or not is the host's choice."""
    return date_format(dt.date(year, month, number), "DATE_FORMAT")


def second_edition(page: CodeOfConductPage, **fields: object) -> Edition:
    page = CodeOfConductPage.objects.get(pk=page.pk)
    values: dict[str, object] = {
        "scope": "Parcels sent anywhere.",
        "what_changed": "Parcels abroad are covered too.",
        "approved_on": timezone.localdate(),
        "effective_date": dt.date(2026, 3, 1),
    }
    for name, value in (values | fields).items():
        setattr(page, name, value)
    edition = publish(page)
    assert edition is not None
    return edition


@pytest.fixture
def code(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    publish(code_draft)
    return code_draft


@pytest.mark.requirement("10001-6.4a")
def test_the_code_says_its_scope_purpose_dates_and_edition(
    client: Client, code: CodeOfConductPage
) -> None:
    main = soup(client, CODE).main
    assert main is not None

    assert words(main.h1) == "Code of conduct"
    assert words(main.select_one("p.lead")) == f"Edition 1, in force since {day(2025, 3, 1)}"
    rows = {words(dt): words(dt.find_next_sibling("dd")) for dt in main.select("dl dt")}
    assert rows["What it covers"] == "Parcels sent within the country."
    assert rows["What it does not cover"] == "Letters."
    assert rows["What it is for"] == "So that you know what to expect."
    assert rows["We look at it again by"] == day(2027, 3, 1)


@pytest.mark.requirement("10001-6.4b")
def test_a_promise_has_a_lasting_anchor_and_can_be_cited_in_a_complaint(
    client: Client, code: CodeOfConductPage
) -> None:
    promise = soup(client, CODE).select_one("article#promise-d1")
    assert promise is not None

    assert words(promise.select_one(".promise__code")) == "D1"
    assert words(promise.select_one(".promise__statement")) == "We deliver within 3 working days."
    links = {words(link): link["href"] for link in promise.find_all("a")}
    assert links == {
        "Tell us promise D1 was broken": "/en/complain/?promise=D1",
        "Ask about D1": "/en/feedback/?about=code-1&promise=D1#feedback-words",
        "Permanent link to D1": "/en/code-of-conduct/editions/1/promises/D1/",
    }


@pytest.mark.requirement("10001-6.4c")
def test_limits_stand_beside_the_promise_and_their_absence_is_said(
    client: Client, make_promise: Callable[..., Promise], code_draft: CodeOfConductPage
) -> None:
    make_promise("D2", limits_en="", conditions_en="Be at home.", order=2)
    publish(code_draft)

    page = soup(client, CODE)

    assert [words(line) for line in page.select("#promise-d1 .promise__limits")] == [
        "Limits: Islands: 5 working days."
    ]
    assert [words(line) for line in page.select("#promise-d2 .promise__limits")] == [
        "No limits",
        "Conditions: Be at home.",
    ]
    assert page.select(".promise .small, .promise small") == []


@pytest.mark.requirement("10001-6.4d")
def test_a_defined_term_opens_its_meaning_by_keyboard_without_scripts(
    client: Client, code: CodeOfConductPage
) -> None:
    page = soup(client, CODE)
    button = page.select_one(".prose button.term")
    assert button is not None

    # A native button takes Tab and Enter; a native popover closes with Esc and is told to readers.
    assert words(button) == "working day"
    assert button["type"] == "button"
    meaning = page.find(id=button["popovertarget"])
    assert meaning is not None
    assert meaning.has_attr("popover")
    assert words(meaning) == "Monday to Friday."
    assert words(page.select_one("dfn")) == "working day"


@pytest.mark.requirement("10001-6.4e")
def test_a_reader_learns_how_to_ask_complain_and_go_outside(
    client: Client, code: CodeOfConductPage
) -> None:
    section = soup(client, CODE).select_one("section[aria-labelledby=where-to-go]")
    assert section is not None

    assert [(words(link), link["href"]) for link in section.find_all("a")] == [
        ("Ask us", "/en/feedback/?about=code-1#feedback-words"),
        (
            "Tell us that we broke a promise, or about anything else you are unhappy with",
            "/en/complain/",
        ),
        ("The Parcel Ombudsman", "https://ombudsman.example/"),
    ]


@pytest.mark.requirement("FW-RIGHTS")
@pytest.mark.parametrize("address", ["code-of-conduct", "complaints-policy"])
def test_code_and_policy_say_that_legal_rights_stay(
    client: Client, code: CodeOfConductPage, policy_draft: PolicyPage, address: str
) -> None:
    publish(policy_draft)

    main = soup(client, f"/en/{address}/").main

    assert "Using this process does not limit your legal rights" in words(main)


def test_the_remedy_says_whether_one_has_to_ask_for_it(
    client: Client, make_promise: Callable[..., Promise], code_draft: CodeOfConductPage
) -> None:
    make_promise("D2", remedy_how="on_claim", claim_window_days=14, order=2)
    make_promise("D3", remedy_how="on_claim", order=3)
    publish(code_draft)

    remedies = [words(line) for line in soup(client, CODE).select(".promise__remedy")]

    assert remedies == [
        "If we break it: You get the postage back. You get it without asking.",
        "If we break it: You get the postage back. Claim it within 14 days.",
        (
            "If we break it: You get the postage back. "
            "Claim it whenever you notice: there is no time limit."
        ),
    ]


def test_a_promise_shows_what_was_measured(
    client: Client, own_indicators: Any, promise: Promise, code_draft: CodeOfConductPage
) -> None:
    register(Indicator("parcels", "Parcels", "…", lambda **_: Measurement(1158, 1204)))
    promise.indicator = "parcels"
    promise.save()
    publish(code_draft)

    result = soup(client, CODE).select_one("#promise-d1 .promise__result")

    assert words(result).replace(" ,", ",") == (
        # 1,204 in each of the four quarters.
        "Kept: 96.2 % of 4,816 (target at least 95 %), "
        f"{twelve_months(timezone.now()).words()}. Target met."
    )


def test_editing_a_promise_changes_nothing_until_the_code_is_published(
    client: Client, code: CodeOfConductPage, promise: Promise
) -> None:
    promise.statement_en = "We deliver whenever we like."
    promise.save()

    assert "whenever we like" not in words(soup(client, CODE).main)


@pytest.mark.requirement("10001-4.4")
def test_old_editions_stay_readable_and_say_that_they_are_superseded(
    client: Client, code: CodeOfConductPage
) -> None:
    second_edition(code)

    old = soup(client, f"{CODE}editions/1/").main
    assert old is not None
    assert words(old.select_one("p.lead")) == f"Edition 1, in force from {day(2025, 3, 1)}"
    assert words(old.select_one(".notice--warning")) == (
        "Superseded. This is edition 1; edition 2 is in force now. Read the edition in force"
    )
    assert "Parcels sent within the country." in words(old)

    current = soup(client, f"{CODE}editions/2/").main
    assert current is not None
    assert current.select(".notice--warning") == []
    assert words(current.select_one("p.lead")) == f"Edition 2, in force since {day(2026, 3, 1)}"
    assert "Parcels sent anywhere." in words(soup(client, CODE).main)


@pytest.mark.requirement("10001-4.4")
def test_the_list_of_editions_says_what_changed_and_which_is_in_force(
    client: Client, code: CodeOfConductPage
) -> None:
    second_edition(code)
    second_edition(
        code,
        scope="Everything.",
        what_changed="All is covered.",
        effective_date=dt.date(2099, 1, 1),
        review_date=dt.date(2100, 1, 1),
    )

    rows = soup(client, f"{CODE}editions/").select("tbody tr")
    for approval in [mark for row in rows for mark in row.select(".muted")]:
        approval.decompose()

    assert [[words(cell) for cell in row.find_all(["th", "td"])] for row in rows] == [
        [
            "Edition 3",
            day(2099, 1, 1),
            "All is covered. What edition 3 changed, word by word",
            "Not yet in force",
        ],
        [
            "Edition 2",
            day(2026, 3, 1),
            "Parcels abroad are covered too. What edition 2 changed, word by word",
            "In force",
        ],
        ["Edition 1", day(2025, 3, 1), "The first edition", "Superseded"],
    ]


@pytest.mark.requirement("10001-4.4")
def test_the_comparison_marks_words_for_eyes_and_ears(
    client: Client, code: CodeOfConductPage, promise: Promise
) -> None:
    promise.statement_en = "We deliver within 2 working days."
    promise.save()
    second_edition(code)

    cards = soup(client, f"{CODE}editions/2/changes/").select("section.card")

    assert [words(card.h3) for card in cards] == ["What it covers", "Promise D1"]
    assert str(cards[1].find("del")) == (
        '<del><span class="visually-hidden"> removed: </span>3'
        '<span class="visually-hidden"> (end of what was removed) </span></del>'
    )
    assert str(cards[1].find("ins")) == (
        '<ins><span class="visually-hidden"> added: </span>2'
        '<span class="visually-hidden"> (end of what was added) </span></ins>'
    )


def test_the_first_edition_has_nothing_to_compare_with(
    client: Client, code: CodeOfConductPage
) -> None:
    main = soup(client, f"{CODE}editions/1/changes/").main

    assert "This is the first edition, so nothing came before it." in words(main)


@pytest.mark.parametrize("number", ["0", "2", "99"])
def test_an_edition_that_never_was_is_not_found(
    client: Client, code: CodeOfConductPage, number: str
) -> None:
    assert client.get(f"{CODE}editions/{number}/").status_code == 404
    assert client.get(f"{CODE}editions/{number}/changes/").status_code == 404


def test_a_postponed_edition_is_announced_and_not_yet_shown(
    client: Client, code: CodeOfConductPage
) -> None:
    second_edition(code, effective_date=dt.date(2099, 1, 1), review_date=dt.date(2100, 1, 1))

    main = soup(client, CODE).main
    assert main is not None

    assert "Parcels sent within the country." in words(main)
    assert words(main.select_one(".notice--info")) == (
        f"Edition 2 comes into force on {day(2099, 1, 1)}. See what will change"
    )


def test_a_first_edition_that_waits_says_so(client: Client, code_draft: CodeOfConductPage) -> None:
    code_draft.effective_date = dt.date(2099, 1, 1)
    code_draft.review_date = dt.date(2100, 1, 1)
    publish(code_draft)

    lead = soup(client, CODE).select_one("p.lead")

    assert words(lead) == f"Edition 1, comes into force on {day(2099, 1, 1)}"


@pytest.fixture
def korean(code: CodeOfConductPage, korean_home: Page) -> CodeOfConductPage:
    page = code.copy_for_translation(Locale.objects.get(language_code="ko"))
    page.title = "행동규범"
    page.scope = "국내 소포"
    publish(page)
    return page


def test_a_translation_of_an_older_edition_says_so(
    client: Client, code: CodeOfConductPage, korean: CodeOfConductPage
) -> None:
    second_edition(code)

    main = soup(client, "/ko/code-of-conduct/").main
    assert main is not None

    notice = main.select_one(".notice--warning")
    assert notice is not None
    assert notice.a is not None
    assert notice.a["href"] == CODE
    assert {"1", "2"} <= set(re.findall(r"\d+", words(notice)))
    assert "국내 소포" in words(main)


def test_a_translation_of_the_edition_in_force_says_nothing(
    client: Client, korean: CodeOfConductPage
) -> None:
    main = soup(client, "/ko/code-of-conduct/").main
    assert main is not None

    assert main.select(".notice") == []


def test_words_in_another_language_are_marked_with_it(
    client: Client, korean: CodeOfConductPage
) -> None:
    statement = soup(client, "/ko/code-of-conduct/").select_one(".promise__statement")

    assert statement is not None
    assert str(statement.span) == (
        '<span dir="ltr" lang="en">We deliver within 3 working days.</span>'
    )


def test_links_follow_the_readers_language(
    client: Client, korean: CodeOfConductPage, korean_home: Page, organisation: Organisation
) -> None:
    organisation.complaint_page.copy_for_translation(korean_home.locale).save_revision().publish()

    promise = soup(client, "/ko/code-of-conduct/").select_one("#promise-d1")

    assert promise is not None
    assert promise.a is not None
    assert promise.a["href"] == "/ko/complain/?promise=D1"


def test_public_pages_can_be_cached(client: Client, code: CodeOfConductPage) -> None:
    for address in (CODE, f"{CODE}editions/", f"{CODE}editions/1/", f"{CODE}editions/1/changes/"):
        response = client.get(address)

        assert response.status_code == 200
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.cookies == {}


def test_public_pages_keep_to_the_strict_policy(client: Client, code: CodeOfConductPage) -> None:
    for address in (CODE, f"{CODE}editions/", f"{CODE}editions/1/changes/"):
        page = soup(client, address)

        assert page.find_all("style") == []
        assert [script for script in page.find_all("script") if not script.get("src")] == []
        assert [tag for tag in page.find_all(True) if tag.has_attr("style")] == []
        identifiers = [tag["id"] for tag in page.find_all(id=True)]
        assert sorted(identifiers) == sorted(set(identifiers))


def test_queries_do_not_grow_with_promises(
    client: Client, make_promise: Callable[..., Promise], code_draft: CodeOfConductPage
) -> None:
    def queries() -> list[str]:
        client.get(CODE)
        with CaptureQueriesContext(connection) as context:
            client.get(CODE)
        return [query["sql"] for query in context.captured_queries]

    publish(code_draft)
    with_one = queries()
    for index in range(29):
        make_promise(f"X{index}", order=index + 2)
    again = CodeOfConductPage.objects.get(pk=code_draft.pk)
    again.what_changed, again.approved_on = "More promises.", timezone.localdate()
    publish(again)
    with_thirty = queries()

    assert client.get(CODE).content.count(b'class="promise"') == 30
    # Editions, text, promises of the edition, promises that still stand; the frame adds its own.
    ours = ("conduct_edition", "conduct_promise")
    assert len([sql for sql in with_one if any(f'FROM "{table}' in sql for table in ours)]) == 4
    assert len(with_thirty) == len(with_one)


def test_the_pdf_holds_the_edition(client: Client, code: CodeOfConductPage) -> None:
    pytest.importorskip("weasyprint")

    response = client.get(f"{CODE}pdf/")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="code-of-conduct-1.pdf"'
    assert response.content.startswith(b"%PDF-")
    assert client.get(f"{CODE}pdf/").content == response.content


def test_the_pdf_fetches_nothing() -> None:
    pytest.importorskip("weasyprint")

    with pytest.raises(pdf.OutsideAddress):
        pdf._refuse("file:///etc/hostname")


def test_without_the_pdf_extra_there_is_a_page_to_print(
    client: Client, code: CodeOfConductPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)

    main = soup(client, f"{CODE}pdf/").main
    assert main is not None

    assert words(main.select_one(".notice")) == (
        "Print this page, or save it as a PDF, with your browser."
    )
    assert words(main.select_one(".promise__statement")) == "We deliver within 3 working days."
    assert main.select(".promise a") == []
