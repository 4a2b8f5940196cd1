"""Telling people who want a call or a letter: what waits, the paper, and that it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from complaints.models import Access, Case, Notice, Party
from conduct.models import Organisation
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

BY_POST = {
    "name": "Kim Min-ji",
    "email": "kim@example.com",
    "postal_address": "1 High Street\nNewtown",
    "reply_by": Party.ReplyBy.POST,
    "contact_times": "After 17:00",
    "support": [Party.Support.LARGE_PRINT],
    "support_needs": "Speak slowly",
}


def case_url(case: Case) -> str:
    return reverse("conduct_complaints_admin:case", args=[case.reference])


def letter_url(case: Case, notice: Notice) -> str:
    return reverse("conduct_complaints_admin:letter", args=[case.reference, notice.pk])


def waiting(case: Case) -> Notice:
    return case.notices.get(state=Notice.State.OTHER_WAY)


@pytest.fixture
def told_by_post(staff: Staff) -> Case:
    """A case in Arabic whose complainant wants letters in large print, with an update to tell."""
    case = make_case("open", language="ar", complainant=BY_POST)
    act(case, "update", staff.handler, text="نبحث في الأمر.")
    return case


@pytest.mark.requirement("10002-4.6")
@pytest.mark.requirement("SEC-VULN")
def test_the_letter_goes_out_in_the_preferred_language_and_channel_and_form(
    told_by_post: Case, browse: Browse, staff: Staff
) -> None:
    Organisation.objects.update_or_create(
        site=told_by_post.site, defaults={"name": "City Buses", "address": "2 Depot Lane"}
    )
    notice = waiting(told_by_post)
    assert (notice.template, notice.language) == ("update", "ar")
    assert "kim@example.com" not in [to for m in mail.outbox[1:] for to in m.to]
    page = browse(staff.handler).get(letter_url(told_by_post, notice))
    letter = page.context["letter"]
    assert letter.text == notice.text
    assert (letter.subject, letter.name, letter.address) == (
        notice.subject, "Kim Min-ji", "1 High Street\nNewtown",
    )  # fmt: skip
    assert (letter.language.direction, letter.is_large) == ("rtl", True)
    html = page.content.decode()
    paper = html[html.index('<article class="conduct-paper') : html.index("</article>")]
    assert 'class="conduct-paper conduct-paper--large" lang="ar" dir="rtl"' in paper
    for words in ("City Buses", "2 Depot Lane", "1 High Street<br>Newtown", "نبحث في الأمر."):
        assert words in paper
    for inline in (" style=", "<script", "onclick"):
        assert inline not in paper


@pytest.mark.requirement("10002-4.6")
@pytest.mark.requirement("SEC-VULN")
def test_the_case_says_what_to_tell_how_when_and_what_to_mind(
    told_by_post: Case, browse: Browse, staff: Staff
) -> None:
    page = browse(staff.handler).get(case_url(told_by_post))
    notice = waiting(told_by_post)
    assert [
        (person.pk, [n.pk for n in notices]) for person, notices in page.context["to_tell"]
    ] == [(told_by_post.complainant_id, [notice.pk])]
    html = page.content.decode()
    box = html[html.index('<section class="conduct-tell"') :].split("</section>")[0]
    for words in (
        "1 High Street<br>Newtown", "After 17:00", "Letters in large print; Speak slowly",
        "نبحث في الأمر.", letter_url(told_by_post, notice), "I have told them: record it",
    ):  # fmt: skip
        assert words in box


def test_what_was_told_waits_no_longer_and_leaves_the_list(
    told_by_post: Case, browse: Browse, staff: Staff
) -> None:
    client = browse(staff.handler)
    listed = reverse("conduct_complaints_admin:list", args=["tell"])
    assert [case.pk for case in client.get(listed).context["object_list"]] == [told_by_post.pk]
    act(told_by_post, "record_told", staff.handler, how="Letter of today")
    assert not told_by_post.notices.to_be_told().exists()
    assert list(client.get(listed).context["object_list"]) == []
    assert client.get(case_url(told_by_post)).context["to_tell"] == []


def test_a_letter_without_its_key_says_where_to_get_one(browse: Browse, staff: Staff) -> None:
    case = make_case(complainant={"name": "Kim", "postal_address": "1 High Street"})
    page = browse(staff.handler).get(letter_url(case, case.notices.get()))
    assert Notice.SECRET_MARK not in page.content.decode()
    assert "Your key: we gave it to you before; ask us if you need a new one" in (
        page.context["letter"].text
    )


def test_printing_is_logged_as_access(told_by_post: Case, browse: Browse, staff: Staff) -> None:
    browse(staff.lead).get(letter_url(told_by_post, waiting(told_by_post)))
    assert list(Access.objects.values_list("case", "user", "what")) == [
        (told_by_post.pk, staff.lead.pk, "view")
    ]


def test_no_letter_is_made_of_another_case_nor_of_mail_to_staff(
    told_by_post: Case, browse: Browse, staff: Staff
) -> None:
    other = make_case("open", complainant={"name": "Somchai", "phone": "+66 2"})
    act(other, "assign", staff.lead, handler=staff.handler)
    client = browse(staff.handler)
    assert client.get(letter_url(other, waiting(told_by_post))).status_code == 404
    to_staff = other.notices.get(to_user=staff.handler)
    assert client.get(letter_url(other, to_staff)).status_code == 404


@pytest.mark.requirement("SEC-VULN")
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (lambda: Staff().handler, True),
        (people.make_privacy, True),
        (people.make_quality, False),
        (people.make_auditor, False),
    ],
    ids=["handler", "privacy", "quality", "auditor"],
)
def test_support_needs_are_for_who_deals_with_the_person(
    who: Callable[[], Any], sees: bool, told_by_post: Case, browse: Browse, staff: Staff
) -> None:
    act(told_by_post, "assess", staff.handler, severity=2, complexity="low", impact="low",
        vulnerable=True)  # fmt: skip
    client = browse(who())
    pages = client.get(case_url(told_by_post)).content.decode()
    pages += client.get(case_url(told_by_post) + "?all").content.decode()
    for words in ("Letters in large print", "Speak slowly", "After 17:00", "Needs special support"):
        assert (words in pages) is sees, words
    letter = client.get(letter_url(told_by_post, waiting(told_by_post)))
    assert letter.status_code == (200 if sees else 404)


def test_the_button_that_prints_has_its_script(
    told_by_post: Case, browse: Browse, staff: Staff
) -> None:
    page = browse(staff.handler).get(letter_url(told_by_post, waiting(told_by_post)))
    assert "conduct_complaints/js/print.js" in page.content.decode()
