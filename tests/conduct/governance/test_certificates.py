"""A certificate is shown complete, until its last day, and nowhere after it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from conduct import certificates, page_cache, pdf
from conduct.blocks import CertificateBlock
from conduct.certificates import FIELDS
from conduct.editions import publish
from conduct.governance.certificate_listing import certificates as listed
from conduct.models import CodeOfConductPage
from home.models import StandardPage

LONDON = ZoneInfo("Europe/London")
LAST_DAY = dt.date(2026, 12, 31)


def value(**changes: Any) -> dict[str, Any]:
    return {
        "scheme_owner": "Example Register",
        "number": "C-2024-17",
        "scope": "Complaints about parcels",
        "expires_on": LAST_DAY,
        "link": "https://register.example/C-2024-17",
        **changes,
    }


class Clock:
    """What the apps take for now, settable to any instant."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = dt.datetime(2026, 12, 31, 23, 59, 30, tzinfo=LONDON)
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def midnight(self) -> None:
        self.now = dt.datetime(2027, 1, 1, tzinfo=LONDON)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def code(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    code_draft.body.append(("certificate", value()))
    publish(code_draft)
    return code_draft


@pytest.fixture
def standard(home: Page) -> StandardPage:
    page = home.add_child(
        instance=StandardPage(title="About us", slug="about", body=[("certificate", value())])
    )
    page.save_revision().publish()
    return page


@pytest.mark.requirement("FW-CLAIM")
@pytest.mark.parametrize("name", FIELDS)
def test_all_of_it_is_needed(name: str) -> None:
    from wagtail.blocks.struct_block import StructBlockValidationError

    block = CertificateBlock()
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.to_python(value(expires_on="2026-12-31") | {name: ""}))

    assert set(refusal.value.block_errors) == {name}


@pytest.mark.requirement("FW-CLAIM")
def test_readers_see_all_of_it_with_its_last_day(
    clock: Clock, client: Client, code: CodeOfConductPage, standard: StandardPage
) -> None:
    for page in (code, standard):
        shown = client.get(page.url).content.decode()

        for part in ("Example Register", "C-2024-17", "Complaints about parcels"):
            assert part in shown
        assert '<time datetime="2026-12-31">31 December 2026</time>' in shown
        assert 'href="https://register.example/C-2024-17"' in shown


@pytest.mark.requirement("FW-CLAIM")
@pytest.mark.parametrize("where", ["page", "edition", "print"])
def test_it_is_gone_from_a_frozen_edition_on_the_next_day(
    clock: Clock, client: Client, code: CodeOfConductPage, where: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    address = code.url + {"page": "", "edition": "editions/1/", "print": "pdf/"}[where]
    assert "C-2024-17" in client.get(address).content.decode()

    clock.midnight()

    assert "C-2024-17" not in client.get(address).content.decode()


@pytest.mark.requirement("FW-CLAIM")
def test_it_is_gone_from_the_page_cache_too(
    clock: Clock, client: Client, home: Page, standard: StandardPage, settings: Any
) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 3600
    other = home.add_child(instance=StandardPage(title="Other", slug="other"))
    cache.clear()
    started = time.time()

    client.get(standard.url)
    until_midnight = _seconds_kept(started)
    cache.clear()
    client.get(other.url)

    assert until_midnight == [pytest.approx(30, abs=5)]
    assert _seconds_kept(started) == [pytest.approx(3600, abs=5)]


def _seconds_kept(started: float) -> list[float]:
    """How long the local cache keeps each page that it has."""
    return [
        expires - started
        for key, expires in cache._expire_info.items()  # type: ignore[attr-defined]
        if page_cache.PREFIX in key and page_cache.VERSION not in key and expires
    ]


def test_a_page_made_in_the_last_moment_is_not_kept(
    clock: Clock, client: Client, standard: StandardPage, settings: Any
) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 3600
    clock.now = dt.datetime(2026, 12, 31, 23, 59, 59, 500_000, tzinfo=LONDON)
    assert "C-2024-17" in client.get(standard.url).content.decode()

    clock.midnight()

    assert "C-2024-17" not in client.get(standard.url).content.decode()


@pytest.mark.parametrize(
    ("day", "holds"), [(LAST_DAY, True), (LAST_DAY + dt.timedelta(days=1), False)]
)
def test_the_last_day_counts(day: dt.date, holds: bool) -> None:
    assert certificates.holds(LAST_DAY, day) is holds
    assert certificates.holds("2026-12-31", day) is holds
    assert certificates.holds("", day) is False


def test_a_draft_without_a_date_can_be_previewed(code_draft: CodeOfConductPage) -> None:
    code_draft.body.append(("certificate", value(expires_on=None)))

    parts = code_draft.body.stream_block.freeze(code_draft.body, [])

    assert parts[-1]["expires_on"] == ""
    assert list(certificates.certificates_on(code_draft)) == []


@pytest.mark.requirement("FW-CLAIM")
def test_the_admin_lists_the_days_that_are_left(
    clock: Clock, client: Client, code: CodeOfConductPage, standard: StandardPage
) -> None:
    standard.body[0].value["expires_on"] = LAST_DAY - dt.timedelta(days=1)
    standard.save()
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))

    address = reverse("conduct_admin:certificates")
    table = client.get(address, {"format": "csv"}).content.decode().splitlines()
    page = client.get(address).content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    assert table[1:] == [
        "About us,Example Register,C-2024-17,2026-12-30,-1",
        "Code of conduct,Example Register,C-2024-17,2026-12-31,0",
    ]
    assert "Over: readers don" in page
    assert "2 certificates have ended or end within 60 days." in home


def test_pages_without_a_certificate_are_not_even_read(
    home: Page, standard: StandardPage, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        home.add_child(instance=StandardPage(title="Other", slug=f"other-{number}"))

    # One for each type of page that may hold one: code, policy, home page, standard page.
    with django_assert_num_queries(4):
        found = listed()

    assert [each.page for each in found] == ["About us"]
