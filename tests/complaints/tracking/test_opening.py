"""Opening a case with reference and key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from complaints.models import Case
from complaints.references import new_key, new_reference
from complaints.tracking.opening import NotOpenedError, open_case
from complaints.tracking.tries import PER_CASE, PER_NETWORK, LockedError, wait_after
from tests.complaints.tracking.conftest import HOME, Complainant, text_of
from tests.factories import submit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOT_OPENED = "This reference and this key do not open a case together."


def errors_of(response: Any) -> str:
    return text_of(response).partition("Follow your case")[0]


def wrong_tries(reference: str, count: int, *, now: datetime = NOW, address: str = "") -> None:
    for _try in range(count):
        with pytest.raises(NotOpenedError):
            open_case(reference, new_key(), address=address, now=now)


@pytest.mark.requirement("10002-7.3")
def test_reference_and_key_open_the_case_without_an_account(complainant: Complainant) -> None:
    response = complainant.open()
    assert (response.status_code, response.url) == (302, HOME)
    page = complainant.page()
    assert page.startswith(f"Your case {complainant.case.reference} Where it is")
    assert "We have received it and will read it soon." in page
    assert "What you sent first From you" in page


@pytest.mark.parametrize("typed", [str.lower, lambda t: t.replace("-", " "), lambda t: f"  {t} "])
def test_what_was_typed_is_understood_in_its_usual_variants(
    complainant: Complainant, typed: Any
) -> None:
    response = complainant.open(
        reference=typed(complainant.case.reference), key=typed(complainant.receipt.key)
    )
    assert (response.status_code, response.url) == (302, HOME)


@pytest.mark.requirement("SEC-STATUS")
def test_wrong_reference_and_wrong_key_get_the_same_answer(complainant: Complainant) -> None:
    answers = {
        errors_of(complainant.open(reference=new_reference())),
        errors_of(complainant.open(reference="something else")),
        errors_of(complainant.open(key=new_key())),
        errors_of(complainant.open(key="ABC")),
        errors_of(Complainant(submit()).open(key=complainant.receipt.key)),
    }
    assert len(answers) == 1
    assert NOT_OPENED in answers.pop()


def test_unknown_reference_costs_the_same_query_and_the_same_comparison(
    complainant: Complainant, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []
    from complaints.tracking import opening

    real = opening.key_matches

    def counted(typed: str, stored: str) -> bool:
        compared.append(len(stored))
        return real(typed, stored)

    monkeypatch.setattr(opening, "key_matches", counted)
    for reference in (complainant.case.reference, new_reference(), "nonsense"):
        with django_assert_num_queries(1):
            wrong_tries(reference, 1)
    assert compared == [64, 64, 64]


def test_what_was_typed_is_kept_and_the_summary_leads_to_the_field(db: None) -> None:
    response = Client().post(HOME, {"reference": "C-1234", "key": ""})
    body = response.content.decode()
    assert response.status_code == 422
    assert 'value="C-1234"' in body
    assert '<a href="#id_key">Type the key.' in body
    assert 'aria-invalid="true"' in body
    assert 'id="id_key_error"' in body


@pytest.mark.requirement("SEC-STATUS")
def test_ten_wrong_tries_lock_the_case_even_for_the_right_key(complainant: Complainant) -> None:
    for _try in range(10):
        assert complainant.open(key=new_key()).status_code == 422
    response = complainant.open()
    assert response.status_code == 429
    assert "Please wait 15 minutes, then try again." in errors_of(response)
    assert 890 < int(response["Retry-After"]) <= 900
    assert complainant.page().startswith("Follow your case")


@pytest.mark.requirement("SEC-STATUS")
def test_reference_that_does_not_exist_is_locked_just_the_same(db: None) -> None:
    reference = new_reference()
    wrong_tries(reference, 10)
    with pytest.raises(LockedError) as locked:
        open_case(reference, new_key(), address="", now=NOW)
    assert locked.value.until == NOW + timedelta(minutes=15)


def test_after_the_wait_the_right_key_opens_and_a_wrong_one_waits_longer(
    complainant: Complainant,
) -> None:
    reference, key = complainant.case.reference, complainant.receipt.key
    wrong_tries(reference, 10)
    later = NOW + timedelta(minutes=15)
    wrong_tries(reference, 1, now=later)
    with pytest.raises(LockedError) as locked:
        open_case(reference, key, address="", now=later + timedelta(minutes=29))
    assert locked.value.until == later + timedelta(minutes=30)
    much_later = later + timedelta(minutes=30)
    assert open_case(reference, key, address="", now=much_later) == complainant.case
    wrong_tries(reference, 9, now=much_later)
    assert open_case(reference, key, address="", now=much_later) == complainant.case


def test_waits_double_up_to_a_day() -> None:
    minutes = [wait_after(wrong, PER_CASE).total_seconds() / 60 for wrong in (10, 11, 12, 16, 99)]
    assert minutes == [15, 30, 60, 960, 1440]


@pytest.mark.requirement("SEC-STATUS")
def test_one_network_can_not_try_case_after_case(complainant: Complainant) -> None:
    for _try in range(PER_NETWORK.wrong):
        wrong_tries(new_reference(), 1, address="2001:db8:1:2::1")
    right = (complainant.case.reference, complainant.receipt.key)
    with pytest.raises(LockedError):
        open_case(*right, address="2001:db8:1:2:ffff::9", now=NOW)
    assert open_case(*right, address="2001:db8:1:3::1", now=NOW) == complainant.case


def test_opening_ones_own_case_buys_no_new_tries_at_others(complainant: Complainant) -> None:
    right = (complainant.case.reference, complainant.receipt.key)
    for _try in range(PER_NETWORK.wrong):
        open_case(*right, address="192.0.2.7", now=NOW)
        wrong_tries(new_reference(), 1, address="192.0.2.7")
    with pytest.raises(LockedError):
        open_case(*right, address="192.0.2.7", now=NOW)


def test_cache_holds_neither_reference_nor_address(complainant: Complainant) -> None:
    wrong_tries(complainant.case.reference, 10, address="192.0.2.7")
    entries: Any = cache._cache  # type: ignore[attr-defined]
    kept = repr(list(entries.items()))
    assert len(entries) == 3
    assert complainant.case.reference not in kept
    assert "192.0.2" not in kept


def test_lost_key_has_a_way_that_a_person_can_take(site_contact: None) -> None:
    page = text_of(Client().get(HOME))
    assert (
        "write to care@example.org or call 0800 123. We make sure that it is you and send you a "
        "new key." in page
    )


@pytest.fixture
def site_contact(db: None) -> None:
    from wagtail.models import Site

    from conduct.models import Organisation

    organisation = Organisation.for_site(Site.objects.get(is_default_site=True))
    organisation.email, organisation.phone = "care@example.org", "0800 123"
    organisation.save()


def test_new_key_ends_what_the_old_one_opened(opened: Complainant) -> None:
    Case.objects.filter(pk=opened.case.pk).update(key_hash="1" * 64)
    assert opened.page().startswith("Follow your case")
