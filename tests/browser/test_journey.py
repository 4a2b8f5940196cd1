"""The whole journey in a real browser, as people of three scripts and the offices live it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_the_form import go
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.running_site import RunningSite, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Words:
    """What a person of one language writes, and what their page must look like."""

    language: str
    direction: str
    name: str
    happened: str
    reply: str
    comment: str
    width: int


EVERYONE = [
    Words(
        "en",
        "ltr",
        "Robin O’Hara-Smith",
        "My parcel stood in the rain for two days. The books in it are ruined.",
        "It was on Tuesday, around four.",
        "Quick and kind.",
        1280,
    ),
    Words(
        "ko",
        "ltr",
        "김하늘",
        "택배가 이틀 동안 비를 맞았습니다. 안에 든 책이 모두 못 쓰게 되었습니다.",
        "화요일 네 시쯤이었습니다.",
        "빠르고 친절했습니다.",
        390,
    ),
    Words(
        "ar",
        "rtl",
        "ليلى عبد الرحمن",
        "بقي الطرد تحت المطر يومين وتلفت الكتب التي فيه.",
        "كان ذلك يوم الثلاثاء نحو الرابعة.",
        "سريع ولطيف.",
        320,
    ),
]


class Case:
    """One case and the people around it."""

    def __init__(self, site: RunningSite, open_page: OpenPage, words: Words) -> None:
        self.site, self.words = site, words
        self.address = f"{words.language}-{words.direction}@journey.example"
        self.customer = open_page(width=words.width)
        self.handler = sign_in(open_page(), "handler")
        self.lead = sign_in(open_page(), "lead")
        self.reference = self.key = ""

    def is_in_their_language(self) -> None:
        root = self.customer.locator("html")
        expect(root).to_have_attribute("lang", self.words.language)
        expect(root).to_have_attribute("dir", self.words.direction)

    def read_code(self) -> None:
        """The promise that was broken leads to the form."""
        page = self.customer
        page.goto(f"/{self.words.language}/code-of-conduct/")
        self.is_in_their_language()
        page.locator("main a[href*='promise=A2']").first.click()
        expect(page.locator("select[name=promise]")).to_have_value("A2")
        self.is_in_their_language()

    def complain(self) -> None:
        page, words = self.customer, self.words
        page.goto(f"/{words.language}/case/start/?promise=A2")
        expect(page.locator("select[name=promise]")).to_have_value("A2")
        page.fill("textarea[name=description]", words.happened)
        page.select_option("select[name=category]", "place")
        for slug in ("wish", "you"):
            go(page, "next")
            page.wait_for_url(f"**/{slug}/")
            self.is_in_their_language()
        page.fill("input[name=name]", words.name)
        page.fill("input[name=email]", self.address)
        for slug in ("acting", "support", "check"):
            go(page, "next")
            page.wait_for_url(f"**/{slug}/")
            self.is_in_their_language()
        expect(page.locator("main")).to_contain_text(words.happened)
        page.check("input[name=may_be_surveyed]")
        go(page, "send")
        keys = page.locator(".key")
        expect(keys.first).to_be_visible()
        shown = " ".join(keys.all_inner_texts())
        self.reference = re.search(r"C-\w{4}-\w{4}", shown)[0]  # type: ignore[index]
        self.key = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", shown)[0]  # type: ignore[index]
        mail = self.latest_mail()
        assert self.reference in str(mail["Subject"])
        assert self.key in text_of(mail)
        assert words.happened in text_of(mail)

    def latest_mail(self) -> EmailMessage:
        return self.site.mails_to(self.address)[-1]

    def languages_of_mails(self) -> list[str]:
        """Of every mail so far, as its HTML part says."""
        found = []
        for mail in self.site.mails_to(self.address):
            body = mail.get_body(("html",))
            assert body is not None
            found += re.findall(r'<html lang="([^"]+)"', str(body.get_content()))
        return found

    def act(self, page: Page, action: str, **fields: str | bool) -> None:
        """One action by its address; the case page links to it."""
        page.goto(f"/admin/cases/{self.reference}/{action}/")
        self.send(page, **fields)

    def send(self, page: Page, **fields: str | bool) -> None:
        """Fill in and send an action's form; a message to the person is looked at first."""
        for name, value in fields.items():
            field = page.locator(f"[name={name}]")
            if value is True:
                for box in field.all():
                    box.check()
            elif field.first.evaluate("f => f.tagName") == "SELECT":
                field.select_option(str(value))
            elif field.first.get_attribute("type") == "radio":
                page.check(f"[name={name}][value='{value}']")
            else:
                field.fill(str(value))
        page.click("form.conduct-form button[type=submit]:not([name])")
        page.wait_for_load_state()
        if page.locator("button[name=confirmed]").count():
            page.click("button[name=confirmed]")
        page.wait_for_url(f"**/cases/{self.reference}/")

    def open_case(self) -> Page:
        page = self.customer
        page.goto(f"/{self.words.language}/case/")
        if page.locator("input[name=reference]").count():
            page.fill("input[name=reference]", self.reference.lower())
            page.fill("input[name=key]", self.key.replace("-", " "))
            page.click("main form button[type=submit]")
        expect(page.locator("main .key").first).to_have_text(self.reference)
        return page

    def answer(self, action: str, text: str = "") -> None:
        page = self.open_case()
        page.click(f"main a[href$='/do/{action}/']")
        if text:
            page.fill("textarea[name=words]", text)
        page.click("main form button[type=submit]")
        expect(page.locator(".notice--success").first).to_be_visible()


@pytest.mark.requirement("I18N-1", "10002-7.9")
@pytest.mark.parametrize("words", EVERYONE, ids=lambda words: words.language)
def test_from_complaint_to_survey(site: RunningSite, open_page: OpenPage, words: Words) -> None:
    case = Case(site, open_page, words)
    case.read_code()
    case.complain()

    case.act(case.handler, "moderate", result="accept")
    case.act(case.handler, "assess", severity="3", complexity="low", impact="low")
    lead_page = case.lead
    lead_page.goto(f"/admin/cases/{case.reference}/assign/")
    ana = lead_page.locator("[name=handler] option", has_text="Ana").get_attribute("value")
    case.act(lead_page, "assign", handler=str(ana))
    case.act(case.handler, "investigate")
    case.act(case.handler, "ask", text="Which day was it?")
    assert case.reference in str(case.latest_mail()["Subject"])

    case.answer("reply", words.reply)
    case.handler.goto(f"/admin/cases/{case.reference}/")
    expect(case.handler.locator("main")).to_contain_text(words.reply)

    propose(case, case.handler)
    case.act(case.lead, "approve", checklist=True)
    assert "We pay the postage back" in text_of(case.latest_mail())
    case.answer("request_review")
    review(case, open_page)
    case.answer("accept")
    case.handler.goto(f"/admin/cases/{case.reference}/")
    case.handler.click("main a[href*='/deliver_remedy/']")
    case.send(case.handler, proof="Bank slip 7")
    case.lead.goto(f"/admin/cases/{case.reference}/")
    case.lead.click("main a[href*='/verify_remedy/']")
    case.send(case.lead)
    case.act(case.handler, "close", lesson="Rain bags for all.")

    answer_survey(case)
    see_performance(case)
    languages = case.languages_of_mails()
    assert len(languages) == len(case.site.mails_to(case.address))
    assert set(languages) == {words.language}


def review(case: Case, open_page: OpenPage) -> None:
    """Somebody who took no part looks at it again and comes to the same."""
    fresh = sign_in(open_page(), "handler2")
    before = len(case.site.mails_to(case.address))
    propose(case, fresh, promises=False)
    # The lead approved the first answer, so that somebody else has to approve this one.
    case.act(sign_in(open_page(), "admin"), "approve", checklist=True)
    assert len(case.site.mails_to(case.address)) == before + 1


def propose(case: Case, page: Page, *, promises: bool = True) -> None:
    page.goto(f"/admin/cases/{case.reference}/propose/")
    page.locator("[name^=finding_][value=upheld]").check()
    page.locator("textarea[name^=reasons_]").fill("The photograph shows it.")
    if promises:
        page.locator("[name=remedies-0-kind]").select_option(index=1)
        page.fill("[name=remedies-0-amount]", "12.50")
    page.fill("[name=cause]", "No rain bag")
    page.fill("[name=prevention]", "Every driver carries rain bags.")
    page.fill("[name=answer]", "We are sorry. We pay the postage back.")
    page.fill("[name=others_affected]", "Nobody else on that tour.")
    page.click("form.conduct-form button[type=submit]:not([name])")
    page.wait_for_load_state()
    if page.locator("button[name=confirmed]").count():
        page.click("button[name=confirmed]")
    page.wait_for_url(f"**/cases/{case.reference}/")


def answer_survey(case: Case) -> None:
    link = re.search(r"http://\S+/survey/\S+/", text_of(case.latest_mail()))
    assert link, text_of(case.latest_mail())
    page = case.customer
    page.goto(link[0])
    assert page.locator("html").get_attribute("lang") == case.words.language
    names = page.locator("input[type=radio]").evaluate_all(
        "inputs => [...new Set(inputs.map(i => i.name))]"
    )
    for name in names:
        page.check(f"input[name={name}][value='5']")
    page.locator("main textarea").last.fill(case.words.comment)
    # Somebody who was content still finds the way to complain.
    expect(page.locator("main a[href*='/complain/']").first).to_be_visible()
    page.click("main form button[type=submit]")
    expect(page.locator("main h1")).to_be_visible()
    assert page.locator("input[type=radio]").count() == 0


def see_performance(case: Case) -> None:
    """The promise that the complaint was about shows what was measured."""
    page = case.customer
    page.goto(f"/{case.words.language}/performance/")
    promise = page.locator("#promise-a2, #performance-a2, article:has-text('A2')").first
    expect(promise).to_be_visible()
    assert re.search(r"[\d٠-٩]", promise.inner_text())
