"""Looking for cases in the list: what finds what, whom it tells, and what it costs."""

from __future__ import annotations

import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from complaints.access import sees_personal_data, with_readable_words
from complaints.backoffice.searching import search_cases
from complaints.backoffice.sections import OWN_WORDS
from complaints.intake.submission import Answered, Problem
from complaints.lifecycle import State
from complaints.models import Case, ContactDigest, ExtraQuestion, Involvement
from complaints.references import reference_of, understand_reference
from complaints.search import finding
from complaints.search.indexing import keep_words_of
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case, make_category, submit

pytestmark = pytest.mark.django_db

TEXTS = {
    "en": "The parcel was left in the rain.",
    "vi": "Tôi bị quấy rối ở Đà Nẵng.",
    "zh-hans": "公司拖欠工资三个月。",
    "ko": "상사에게 괴롭힘을 당했습니다.",
    "fr": "L’œuvre est arrivée abîmée.",
    "es": "El año pasado dejaron el paquete mañana tras mañana.",
    "de": "Das Paket stand auf der Straße.",
    "ar": "تُرك الطرد تحت المطر في المدرسة.",
}
#: typed -> the languages of the texts above that it finds; the same on every database.
HITS = {
    "parcel rain": "en", "RAIN the par": "en", "rain wet": "",
    "quay roi": "vi", "quấy rối": "vi", "Da Nang": "vi", "đà nẵng": "vi",
    "工资": "zh-hans", "资": "zh-hans", "月": "zh-hans", "工月": "",
    "괴롭": "ko", "괴롭힘을": "ko", "상": "ko",
    "oeuvre abimee": "fr", "l'œuvre": "fr",
    "ano manana": "es", "AÑO": "es",
    "strasse": "de", "STRAẞE": "de", "paket": "de", "paque": "es", "pa": "",
    "طرد": "ar", "الطرد": "ar", "مدرسه": "ar", "مطر تحت": "ar",
}  # fmt: skip


def found(text: str, user: Any = None, **options: Any) -> list[str]:
    """The languages of the cases found: in these tests one case each."""
    user = user or Staff().handler
    cases = Case.objects.visible_to(user)
    hits = search_cases(cases, text, user, **options).cases
    return sorted(hits.values_list("language", flat=True))


def listed(page: Any) -> set[str]:
    return set(re.findall(r'href="/admin/cases/(C-[0-9A-Z-]{9})/"', page.content.decode()))


@pytest.fixture
def eight(staff: Staff) -> None:
    for language, text in TEXTS.items():
        submit(language=language, description=text, name="")


def test_the_same_words_find_the_same_cases_on_every_database(eight: None) -> None:
    hits = {typed: found(typed) for typed in HITS}
    assert hits == {typed: [language] if language else [] for typed, language in HITS.items()}
    assert {typed: found(typed, whole=True) for typed in HITS} == hits


TORTURE = (
    "\"", "'", "';--", "%", "*", "a*", ":*", "&", "|", "!", "!parcel", "(", ")", "<->", "\\", "\0",
    "parcel\0", "NEAR(parcel rain, 5)", "words:parcel", "parcel OR 1", "parcel NOT rain", "^parcel",
    "'parcel':A", "😀", "👩‍👩‍👧‍👦", "\u202e", "\ud800", "x" * 10_000, "工" * 10_000, "' " * 5_000,
    "parcel " * 1_500, "C-\0", "C-'%", "C-" + "A" * 10_000, "a@\0", "@", "@ @", "ﷺ" * 300,
    "{parcel}", "$1", "%s", "%(x)s", "~", "\n\t", "-parcel", "+parcel", "\u0301" * 2_000,
)  # fmt: skip


def test_nothing_that_is_typed_breaks_the_search(eight: None) -> None:
    # Signs are none of the query language: they only divide words; "C-" begins all references.
    plain = {"parcel\0", "!parcel", "^parcel", "{parcel}", "-parcel", "+parcel", "parcel " * 1_500}
    assert plain < set(TORTURE)
    for text in TORTURE:
        expected = sorted(TEXTS) if text == "C-\0" else ["en"] if text in plain else []
        assert (found(text), found(text, whole=True)) == (expected, expected), text[:40]


@pytest.mark.parametrize("text", ["%27", "%00", "%F0%9F%98%80", "%22%2a", "x" * 3000])
def test_the_list_says_so_where_nothing_can_be_found(
    text: str, browse: Browse, staff: Staff
) -> None:
    make_case()
    page = browse(staff.handler).get(f"{list_url()}?q={text}")
    assert page.status_code == 200
    has_words = "x" in text
    # A zero byte is refused by the form: the list is shown as if nothing was typed.
    assert ("There is no letter or digit" in page.content.decode()) is (
        not has_words and text != "%00"
    )


def list_url(preset: str = "open") -> str:
    return reverse("conduct_complaints_admin:list", args=[preset])


def test_everything_that_was_written_is_searched_in(staff: Staff) -> None:
    both = {"name": "Adviser Ngọc", "email": "ngoc@example.com", "relation": "lawyer"}
    case = make_case(
        "investigating",
        name="Thùy Trang",
        description="Firstly this.",
        representative=both,
        details={"product": "Kettle 3000", "order_number": "AB-77/9", "place": "Zürich"},
    )
    issue = case.issues.get()
    issue.summary, issue.description = "Boiling over", "Secondly that."
    issue.product, issue.place = "Lid", "Genève"
    issue.save()
    act(case, "note", staff.handler, text="Internally noted.")
    act(case, "update", staff.handler, text="Publicly told.")
    submit(description="Nothing of it.", name="")
    for text in (
        "firstly", "thuy trang", "adviser ngoc", "kettle 3000", "ab-77/9", "AB 77", "zurich",
        "boiling", "secondly", "lid", "geneve", "internally", "publicly", "trang internally lid",
    ):  # fmt: skip
        user = staff.handler
        cases = search_cases(Case.objects.visible_to(user), text, user).cases
        assert [c.pk for c in cases] == [case.pk], text


#: field of the case -> what was written there; each is on the page of the case, too.
WRITTEN = {
    "product": "Kettle", "order_number": "AB-77", "place": "Zürich", "staff_named": "Mr Okonkwo",
    "happened_when": "Around Pentecost", "earlier_contact": "Told the warehouse",
    "effect": "My grandmother got no medicine.", "remedy_wanted": "Repaint the door.",
    "elsewhere": "Reported to the ombudsman", "enclosures": "Two photographs",
    "evidence_link": "https://files.example/carousel",
}  # fmt: skip


def test_each_field_of_the_form_is_searched_in(staff: Staff) -> None:
    assert set(WRITTEN) == OWN_WORDS
    cases = {name: submit(details={name: text}, name="").case for name, text in WRITTEN.items()}
    missed = {
        (name, word)
        for name, text in WRITTEN.items()
        for word in text.split()
        if cases[name].pk not in ids_found(word, staff.handler)
    }
    assert missed == set()
    assert ids_found("grandmother", staff.handler) == [cases["effect"].pk]


def test_answers_to_extra_questions_are_searched_in_and_go_with_their_issue(staff: Staff) -> None:
    question = ExtraQuestion.objects.create(code="tour", label="Which tour?")
    answers = [Answered(question, None, "Lakeside tour"), Answered(question, None, "with Émile")]
    problems = [Problem("First.", answers=answers), Problem("Second.")]
    case, other = submit(problems=problems).case, submit().case
    ids = [ids_found(text, staff.handler) for text in ("lakeside", "emile tour", "which")]
    assert ids == [[case.pk], [case.pk], []]
    case.extra_answers.update(case=other)
    keep_words_of([case.pk, other.pk])
    assert ids_found("lakeside", staff.handler) == [other.pk]


@pytest.mark.parametrize("text", ["okonkwo", "grandmother", "lakeside"])
def test_what_was_written_anywhere_finds_nothing_for_who_may_not_read_it(
    text: str, staff: Staff
) -> None:
    named = people.make_handler("okonkwo")
    named.last_name = "Okonkwo"
    named.save()
    question = ExtraQuestion.objects.create(code="tour", label="Which tour?")
    details = {"staff_named": "Mr Okonkwo", "effect": "My grandmother got no medicine."}
    answers = [Answered(question, None, "Lakeside tour")]
    case = submit(problems=[Problem(answers=answers)], details=details).case
    Case.objects.update(handler=staff.handler, confidential=False)
    assert ids_found(text, staff.handler) == [case.pk]
    stranger = people.make_handler("stranger", team=people.make_team("Another team"))
    # Who is named as involved neither sees the case nor learns that somebody named them.
    others = (named, stranger, people.make_quality(), people.make_auditor())
    assert [ids_found(text, user) for user in others] == [[], [], [], []]
    colleague = people.make_handler("colleague")
    assert ids_found(text, colleague) == [case.pk]
    Case.objects.update(confidential=True)
    assert (ids_found(text, colleague), ids_found(text, staff.handler)) == ([], [case.pk])


def ids_found(text: str, user: Any) -> list[int]:
    cases = search_cases(Case.objects.visible_to(user), text, user).cases
    return list(cases.values_list("pk", flat=True))


ADDRESS = "Nguyễn Lan\n12 Đường Láng, Đống Đa\n10000 Hà Nội"


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        # A telephone number as anybody writes it, with the country's code or without.
        ("+84 912 345 678", True),
        ("0912345678", True),
        ("(0) 912-345.678", True),
        ("٠٩١٢٣٤٥٦٧٨", True),
        ("0912345679", False),
        ("345678", False),
        # An e-mail address, a line of an address on paper, or all of it.
        ("LAN@example.com", True),
        ("example.com", False),
        ("12 duong lang", True),
        ("12, ĐƯỜNG LÁNG", True),
        ("10000 Ha Noi", True),
        (ADDRESS.replace("\n", ", "), True),
        ("duong lang", False),
        ("14 duong lang", False),
        ("ha noi", False),
    ],
)
def test_contact_data_is_found_whole_and_not_in_parts(
    typed: str, is_found: bool, staff: Staff
) -> None:
    contact = {"email": "lan@example.com", "phone": "+84 912345678", "postal_address": ADDRESS}
    case = submit(complainant={"name": "Lan", **contact}).case
    submit(complainant={"name": "Mai", "phone": "+84 911111111", "postal_address": "Elm Street"})
    assert ids_found(typed, staff.handler) == [case.pk] * is_found


def test_an_address_finds_beside_words_and_whom_it_belongs_to_does_not_matter(
    staff: Staff,
) -> None:
    by_words = submit(description="It was in 12 Elm Street.", name="").case
    agent = {"name": "An adviser", "email": "a@example.com", "postal_address": "12 Elm Street"}
    by_address = submit(representative=agent).case
    assert sorted(ids_found("12 elm street", staff.handler)) == [by_words.pk, by_address.pk]


def test_what_changes_is_found_anew_and_what_is_forgotten_no_more(staff: Staff) -> None:
    contact = {"name": "Lan", "phone": "0912345678", "postal_address": "Elm Street\nYork"}
    case = submit(complainant=contact).case
    person = case.complainant
    person.phone, person.postal_address = "0400111222", "Elm Street\nLeeds East"
    person.save()
    found = [bool(ids_found(text, staff.handler)) for text in
             ("0912345678", "0400111222", "leeds east", "elm street")]  # fmt: skip
    assert found == [False, True, True, True]
    person.phone = ""
    person.save(update_fields=["phone"])
    assert not ids_found("0400111222", staff.handler)
    # Another column of the person leaves it alone, and so does a second saving.
    person.name = "Lan Nguyen"
    person.save(update_fields=["name"])
    person.save()
    assert ids_found("elm street", staff.handler) == [case.pk]
    kept = set(ContactDigest.objects.values_list("digest", flat=True))
    assert len(kept) == ContactDigest.objects.count() == 3
    # What the database holds tells nobody what it was made of.
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in kept)


@pytest.mark.parametrize("postcode", ["700000", "75001"])
def test_a_postcode_alone_in_its_line_is_found(postcode: str, staff: Staff) -> None:
    case = submit(complainant={"name": "Lan", "postal_address": f"Elm Street\n{postcode}"}).case
    assert ids_found(postcode, staff.handler) == [case.pk]


def test_people_who_were_there_before_are_found_too(staff: Staff) -> None:
    case = submit(complainant={"phone": "0912345678", "postal_address": "Elm Street"}).case
    submit(complainant={"name": "Without either"})
    as_made = set(ContactDigest.objects.values_list("party", "digest"))
    ContactDigest.objects.all().delete()
    migration = import_module("complaints.migrations.0015_digests_of_contact_data")
    migration.make_digests(apps, SimpleNamespace(connection=connection))
    assert set(ContactDigest.objects.values_list("party", "digest")) == as_made
    assert ids_found("elm street", staff.handler) == [case.pk]


@pytest.mark.parametrize("text", ["0912345678", "elm street"])
def test_contact_data_finds_nothing_for_who_may_not_read_it(text: str, staff: Staff) -> None:
    case = submit(complainant={"phone": "0912345678", "postal_address": "Elm Street"}).case
    assert ids_found(text, staff.handler) == [case.pk]
    assert ids_found(text, people.make_quality()) == []
    stranger = people.make_handler("stranger", team=people.make_team("Another team"))
    assert ids_found(text, stranger) == []
    Involvement.objects.create(
        case=case, user=staff.handler, part=Involvement.Part.NAMED, since=timezone.now()
    )
    assert ids_found(text, staff.handler) == []


# Whom a hit may tell something


def everybody() -> dict[str, Any]:
    other = people.make_team("Other team")
    both = people.make_handler("both")
    both.groups.add(Group.objects.get(name="Quality managers"))
    return {
        "handler": Staff().handler,
        "lead": Staff().lead,
        "outsider": people.make_handler("outsider", team=other),
        "quality": people.make_quality(),
        "auditor": people.make_auditor(),
        "privacy": people.make_privacy(),
        "admin": people.make_admin(),
        "both": get_user_model().objects.get(pk=both.pk),
        "editor": people.make_editor(),
    }


@pytest.fixture
def cases() -> dict[str, Case]:
    made = {
        "own": make_case(State.OPEN, description="Zebra", email="zebra@example.com"),
        "other": make_case(
            category=make_category("other", team=people.make_team("Other team")),
            description="Zebra",
            email="zebra@example.com",
        ),
        "confidential": make_case(State.OPEN, description="Zebra", email="zebra@example.com"),
    }
    Case.objects.filter(pk=made["confidential"].pk).update(confidential=True)
    return made


#: person -> the cases they find by a word and by an address.
BY_WORDS = {
    "handler": {"own"},
    "lead": {"own"},
    "outsider": {"other"},
    "quality": set(),
    "auditor": set(),
    "privacy": {"own", "other", "confidential"},
    "admin": {"own", "other", "confidential"},
    "both": {"own"},
    "editor": set(),
}
#: person -> those that they find by the reference.
BY_REFERENCE = BY_WORDS | {
    "quality": {"own", "other"},
    "auditor": {"own", "other"},
    "both": {"own", "other"},
}


@pytest.mark.parametrize("person", BY_WORDS)
@pytest.mark.requirement("GDPR-32")
def test_words_find_cases_only_for_who_may_read_them(person: str, cases: dict[str, Case]) -> None:
    user = everybody()[person]

    def names(text: str, **options: Any) -> set[str]:
        seen = Case.objects.visible_to(user)
        hits = set(search_cases(seen, text, user, **options).cases)
        return {name for name, case in cases.items() if case in hits}

    assert names("zebra") == names("zeb") == names("zebra", whole=True) == BY_WORDS[person]
    assert names("zebra@example.com") == BY_WORDS[person]
    for name, case in cases.items():
        expected = {name} & BY_REFERENCE[person]
        assert names(case.reference) == names(case.reference[:9]) == expected


@pytest.mark.requirement("GDPR-32")
def test_whose_words_may_be_read_is_the_same_rule_for_one_case_and_for_many(
    cases: dict[str, Case],
) -> None:
    Case.objects.filter(pk=cases["other"].pk).update(handler=Staff().handler)
    make_case(category=None)
    for name, user in everybody().items():
        visible = Case.objects.visible_to(user)
        one_by_one = {case for case in visible if sees_personal_data(user, case)}
        assert set(with_readable_words(visible, user)) == one_by_one, name


@pytest.mark.parametrize("part", Involvement.BARRED)
@pytest.mark.parametrize("person", ["handler", "lead", "privacy", "admin", "both"])
@pytest.mark.requirement("10002-4.7")
def test_who_is_barred_finds_nothing_by_any_word(
    person: str, part: str, cases: dict[str, Case]
) -> None:
    user, case = everybody()[person], cases["own"]
    Involvement.objects.create(case=case, user=user, part=part, since=case.received_at)
    for text in ("zebra", "zebra@example.com", case.reference, case.reference[:9]):
        assert case not in search_cases(Case.objects.visible_to(user), text, user).cases


def test_who_may_not_read_words_is_told_why_nothing_is_found(
    browse: Browse, cases: dict[str, Case]
) -> None:
    page = browse(people.make_quality()).get(list_url(), {"q": "zebra"}).content.decode()
    assert "Names and words are for those who work on the case." in page
    assert "words of what was written" not in page


# References


@pytest.mark.parametrize("tab", ["open", "mine", "overdue", "confidential"])
def test_a_whole_reference_is_looked_for_whatever_the_tab(
    tab: str, browse: Browse, staff: Staff
) -> None:
    case, other = make_case("closed"), make_case("closed")
    client, reference = browse(staff.handler), case.reference
    for typed in (reference, reference.lower().replace("-", " "), reference[2:]):
        assert listed(client.get(list_url(tab), {"q": typed})) == {reference}, typed
    # Filters are seen above the list and stay; words and beginnings are looked for in the tab.
    assert listed(client.get(list_url(tab), {"q": reference, "state": "open"})) == set()
    assert listed(client.get(list_url(tab), {"q": reference, "state": "closed"})) == {reference}
    for typed in ("parcel", reference[:9], other.reference[:-1]):
        assert listed(client.get(list_url(tab), {"q": typed})) == set(), typed


def test_the_tab_stays_the_same_while_a_reference_is_looked_for(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("closed")
    page = browse(staff.handler).get(list_url("mine"), {"q": case.reference})
    here = f'href="{list_url("mine")}" data-key='
    assert re.search(rf"{here}[^>]*aria-current=\"page\"", page.content.decode())


def test_the_table_of_a_list_has_the_case_of_the_reference(browse: Browse, staff: Staff) -> None:
    case, _other = make_case("closed"), make_case("closed")
    address = reverse("conduct_complaints_admin:export", args=["open"])
    asked = {"purpose": "statistics", "content": "without"}
    export = browse(staff.handler).post(f"{address}?q={case.reference}", asked)
    lines = b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]
    assert set(re.findall(r"C-[0-9A-Z]{4}-[0-9A-Z]{4}", lines)) == {case.reference}


@pytest.mark.parametrize("person", BY_REFERENCE)
def test_a_whole_reference_tells_of_no_case_that_somebody_may_not_see(
    person: str, cases: dict[str, Case], browse: Browse
) -> None:
    user = everybody()[person]
    if person == "editor":
        assert browse(user).get(list_url()).status_code == 302
        return
    found = {
        name
        for name, case in cases.items()
        if listed(browse(user).get(list_url("closed"), {"q": case.reference}))
    }
    assert found == BY_REFERENCE[person]


@pytest.mark.parametrize(
    "typed", ["C-Klasse", "c-klasse", "C-Base", "C-rohr 5", "C-Max", "C-1234567"]
)
def test_words_that_begin_as_references_do_are_found(typed: str, staff: Staff) -> None:
    case = submit(description=f"My {typed} is broken.", name="").case
    submit(name="")
    assert ids_found(typed, staff.handler) == [case.pk]
    # Who finds by reference only is told so.
    found = search_cases(Case.objects.all(), "C-Klasse", people.make_quality())
    assert (list(found.cases), bool(found.says)) == ([], True)


def test_a_case_is_found_by_every_beginning_of_its_reference(staff: Staff) -> None:
    # The first ten characters of this one can be taken for the whole of another.
    reference = next(
        made
        for made in (reference_of(f"{number:07d}") for number in range(10_000))
        if understand_reference(made[:10])
    )
    case = submit(name="").case
    Case.objects.filter(pk=case.pk).update(reference=reference)
    for user in (staff.handler, people.make_quality()):
        for length in range(2, len(reference) + 1):
            assert ids_found(reference[:length].lower(), user) == [case.pk], length


# Common words


def test_common_words_are_looked_for_in_the_first_cases_of_the_list(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_case(description="Common zebra") for _number in range(5)]
    make_case(description="Rare")
    monkeypatch.setattr(finding, "EXACT", 3)
    client = browse(staff.handler)

    # All were looked at: nothing to say.
    page = client.get(list_url(), {"q": "zebra", "ordering": "-received_at"})
    assert listed(page) == {case.reference for case in made}
    assert "very many cases" not in page.content.decode()

    monkeypatch.setattr(finding, "FIRST", 3)
    page = client.get(list_url(), {"q": "zebra", "ordering": "-received_at"})
    assert listed(page) == {case.reference for case in made[3:]}
    assert "looked for in the first 3 cases of this list" in page.content.decode()
    page = client.get(list_url(), {"q": "zebra", "ordering": "received_at"})
    assert listed(page) == {case.reference for case in made[:3]}
    # Nor further than to enough hits: then it says how far it looked.
    monkeypatch.setattr(finding, "FIRST", 4)
    monkeypatch.setattr(finding, "ENOUGH", 2)
    page = client.get(list_url(), {"q": "zebra", "ordering": "-received_at"})
    assert listed(page) == {case.reference for case in made[3:]}
    assert "looked for in the first 3 cases of this list" in page.content.decode()
    # A rare word beside it, and it is looked up.
    assert listed(client.get(list_url(), {"q": "rare", "ordering": "received_at"})) != set()
    # A table to download has all.
    address = reverse("conduct_complaints_admin:export", args=["open"])
    export = client.post(f"{address}?q=zebra", {"purpose": "statistics", "content": "without"})
    lines = b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]
    assert {case.reference for case in made} <= set(re.findall(r"C-[0-9A-Z]{4}-[0-9A-Z]{4}", lines))


@pytest.mark.parametrize(("exact", "queries"), [(5000, 24), (0, 26)])
@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_costs_the_same_for_one_row_and_for_thirty(
    rows: int, exact: int, queries: int, browse: Browse, staff: Staff,
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr(finding, "EXACT", exact)
    for number in range(rows):
        submit(name=f"Person {number}", email=f"p{number}@example.com")
    Case.objects.update(handler=staff.handler)
    client = browse(staff.handler)
    client.get(list_url(), {"q": "parcel"})
    with django_assert_num_queries(queries):
        page = client.get(list_url(), {"q": "parcel"})
    assert len(listed(page)) == rows
