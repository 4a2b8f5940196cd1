"""What the tests of the whole form have in common: words, files, and looking into the database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from playwright.sync_api import Page

from tests.browser.running_site import RunningSite
from tests.complaints.intake import specimens

WORDS = {
    "en": "My parcel stood in the rain for two days. The books in it are ruined.",
    "ko": "택배가 이틀 동안 비를 맞았습니다. 안에 든 책이 모두 못 쓰게 되었습니다.",
    "ar": "بقي الطرد تحت المطر يومين وتلفت الكتب التي فيه.",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
KEY = re.compile(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b")
REFERENCE = re.compile(r"C-\w{4}-\w{4}")


def a_file(name: str, content: bytes = specimens.PDF) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def a_program(name: str) -> Any:
    return a_file(name, specimens.EXE)


@contextmanager
def database(site: RunningSite) -> Iterator[sqlite3.Connection]:
    path = site.mail.parent / "site.sqlite3"
    with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
        yield connection


def case_row(site: RunningSite, reference: str, columns: str) -> tuple[Any, ...]:
    with database(site) as db:
        return db.execute(
            f"SELECT {columns} FROM conduct_complaints_case AS c WHERE reference = ?",
            [reference],
        ).fetchone()


def how_many_cases(site: RunningSite) -> int:
    with database(site) as db:
        return int(db.execute("SELECT count(*) FROM conduct_complaints_case").fetchone()[0])


def files_of(site: RunningSite, reference: str) -> list[str]:
    with database(site) as db:
        rows = db.execute(
            "SELECT a.name FROM conduct_complaints_attachment AS a "
            "JOIN conduct_complaints_case AS c ON c.id = a.case_id "
            "WHERE c.reference = ? ORDER BY a.id",
            [reference],
        )
        return [name for (name,) in rows]


def go(page: Page, where: str) -> None:
    """Press a button of the form by what it does."""
    with page.expect_navigation():
        page.locator(f"button[name=go][value='{where}']:not(.visually-hidden)").click()


def begin(page: Page, language: str = "en", words: str = "") -> None:
    """The first step is filled in and kept: the second is open."""
    page.goto(f"/{language}/case/start/")
    page.fill("textarea[name=description]", words or WORDS[language])
    go(page, "next")
    page.wait_for_url("**/wish/")


def step(page: Page, slug: str) -> None:
    """Open a step of the draft that is open by its address."""
    page.goto(re.sub(r"(/draft/[0-9a-f-]{36}/).*", rf"\1{slug}/", page.url))


def reference_shown(page: Page) -> str:
    page.locator("#case-key").wait_for()
    return page.locator("#case-reference").inner_text()
