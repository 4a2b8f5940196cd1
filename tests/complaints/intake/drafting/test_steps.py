"""The steps of the form: each keeps what was typed, whatever button was pressed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Site

from complaints.lifecycle import ConsentPurpose
from complaints.models import Case, Consent, ExtraAnswer, ExtraQuestion, NoticeAddress, Party
from conduct.models import Promise
from tests.complaints.intake import specimens
from tests.complaints.intake.drafting.walking import STEPS, Walk, begin, ready, slug_of, the_case
from tests.complaints.intake.sending import WORDS, text_of
from tests.complaints.intake.test_questions import ask
from tests.factories import make_category, make_remedy_kind

pytestmark = pytest.mark.django_db
Kind = ExtraQuestion.Kind


def pdf(name: str = "letter.pdf", extra: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, specimens.PDF + extra)


#: For each step, something right and something wrong, as a browser sends it.
TYPED: dict[str, dict[str, list[str]]] = {
    "problem-1": {
        "description": ["It rained.\r\n\r\n  In my  house. "],
        "product": ["Umbrella"],
        "happened_on": ["the day after never"],
        "still_going_on": ["on"],
        "category": ["no-such-thing"],
    },
    "problem-2": {"description": ["And snowed."], "happened_on": ["2999-01-01"]},
    "wish": {"remedy_wanted": ["My money"], "remedies": ["refund", "gone"]},
    "you": {"name": ["김민지"], "email": ["not an address"], "anonymous": ["on"]},
    "acting": {"representative_name": ["Ana"], "answer_to": ["representative"]},
    "support": {"support": ["large_print", "nonsense"], "support_needs": ["a ramp"]},
}
#: What a button leads to, from each step; the files that were chosen are kept by each.
BUTTONS = ("back", "later", "another", "check", "language:ko", "keep", "files", "nonsense")


@pytest.mark.requirement("WCAG-TIME")
@pytest.mark.parametrize("go", BUTTONS)
@pytest.mark.parametrize("slug", TYPED)
def test_every_button_keeps_exactly_what_was_typed(slug: str, go: str) -> None:
    walk = begin()
    if slug == "problem-2":
        walk.post("problem-1", "another", description=WORDS)
    walk.post(slug, go, **TYPED[slug])
    assert walk.answers().raw(slug) == TYPED[slug]


@pytest.mark.parametrize("slug", TYPED)
def test_what_is_wrong_is_shown_as_typed_with_a_summary_and_a_text_at_the_field(slug: str) -> None:
    make_remedy_kind("refund")
    walk = begin()
    if slug == "problem-2":
        walk.post("problem-1", "another", description=WORDS)
    response = walk.post(slug, "next", **TYPED[slug])
    assert (response.status_code, walk.answers().raw(slug)) == (422, TYPED[slug])
    page = text_of(response)
    assert '<div class="error-summary" role="alert" tabindex="-1">' in page
    assert 'class="field field--error"' in page
    assert "<title>Please check: " in page
    assert 'class="error-summary"' not in text_of(walk.get(slug))


@pytest.mark.requirement("10002-7.2", "WCAG-FORM")
@pytest.mark.parametrize(
    ("slug", "field", "sentence"),
    [
        ("problem-1", "description", "Tell us what happened, in a sentence at least."),
        ("you", "email", "Write your e-mail address, telephone number or postal address"),
    ],
)
def test_next_insists_on_what_is_needed_and_nothing_else(
    slug: str, field: str, sentence: str
) -> None:
    walk = begin()
    response = walk.post(slug, "next")
    page = text_of(response)
    assert response.status_code == 422
    assert page.count(sentence) == 2
    assert f'<a href="#complaint-{field}">' in page
    assert f'id="complaint-{field}_error"' in page


@pytest.mark.parametrize("slug", ["wish", "acting", "support"])
def test_a_step_without_an_answer_leads_on(slug: str) -> None:
    walk = begin()
    order = [*STEPS, "check"]
    assert slug_of(walk.post(slug, "next")) == order[order.index(slug) + 1]


def test_going_back_and_forward_shows_everything_again() -> None:
    walk = begin(product="Umbrella")
    assert slug_of(walk.post("wish", "back", remedy_wanted="Half of it")) == "problem-1"
    assert 'value="Umbrella"' in text_of(walk.get("problem-1"))
    again = walk.post("problem-1", description=WORDS, product="Umbrella")
    assert slug_of(again) == "wish"
    assert "Half of it</textarea>" in text_of(walk.get("wish"))


def test_steps_can_be_answered_in_any_order() -> None:
    walk = begin(go="check", description=None)
    for slug in reversed(STEPS):
        assert walk.get(slug).status_code == 200
    walk.post("support", contact_times="after five")
    walk.post("you", phone="12345")
    walk.post("problem-1", description=WORDS)
    walk.send()
    case = the_case()
    assert (case.description, case.complainant.phone) == (WORDS, "12345")
    assert case.complainant.contact_times == "after five"


def test_what_is_emptied_is_gone() -> None:
    walk = begin(product="Umbrella", urgent="on")
    walk.post("problem-1", description=WORDS, product="")
    assert walk.answers().raw("problem-1") == {"description": [WORDS]}


@pytest.mark.parametrize("slug", ["nothing", "problem-01", "problem-10", "you-and-me"])
def test_what_is_no_step_is_not_found(slug: str) -> None:
    walk = begin()
    statuses = [walk.get(slug).status_code, walk.post(slug, seen="", name="Kim").status_code]
    assert statuses == [404, 404]
    assert walk.answers().steps.keys() == {"problem-1"}


@pytest.mark.requirement("10002-7.2")
def test_several_problems_are_issues_with_their_own_facts_and_files() -> None:
    category, other = make_category("delivery"), make_category("billing")
    promise = Promise.objects.create(code="D1", statement="In 3 days.", state="live")
    walk = begin(category="delivery", promise="D1", happened_on="2026-03-31", files=pdf("one.pdf"))
    walk.post("problem-1", "another", **walk.as_shown("problem-1"))
    walk.post(
        "problem-2", "check",
        description="The bill is wrong.", category="billing", product="Bill", place="Hanoi",
        happened_when="in May", files=[pdf("two.pdf", b"2")],
    )  # fmt: skip
    walk.fill(you={"email": "kim@example.com"})
    walk.send()
    case = the_case()
    first, second = case.issues.order_by("number")
    assert (first.category, first.promise, first.happened_on, first.product) == (
        category, promise, date(2026, 3, 31), "",
    )  # fmt: skip
    assert (second.category, second.promise, second.happened_on) == (other, None, None)
    assert (second.product, second.place, second.happened_when) == ("Bill", "Hanoi", "in May")
    assert (first.description, second.description) == (WORDS, "The bill is wrong.")
    assert case.description == f"1. {WORDS}\n\n2. The bill is wrong."
    assert case.subject == WORDS
    assert case.original_hash == Case.hash_original(case.description)
    assert [(a.name, a.issue) for a in case.attachments.order_by("name")] == [
        ("one.pdf", None),
        ("two.pdf", second),
    ]


def test_up_to_nine_problems_can_be_told() -> None:
    walk = begin()
    for number in range(1, 9):
        response = walk.post(f"problem-{number}", "another", description=f"Problem {number}")
        assert slug_of(response) == f"problem-{number + 1}"
    assert 'value="another"' not in text_of(walk.get("problem-9"))
    assert slug_of(walk.post("problem-9", "another", description="Problem 9")) == "wish"
    walk.fill(you={"email": "kim@example.com"})
    walk.send()
    assert [i.description for i in the_case().issues.order_by("number")] == [
        f"Problem {number}" for number in range(1, 10)
    ]


def test_add_another_pressed_twice_adds_one() -> None:
    walk = begin()
    first = walk.post("problem-1", "another", description=WORDS)
    second = walk.post("problem-1", "another", description=WORDS)
    assert slug_of(first) == slug_of(second) == "problem-2"
    assert walk.answers().problems == [1, 2]


def three_problems() -> Walk:
    """Each with a file of its own."""
    walk = begin(files=pdf("1.pdf", b"1"))
    walk.post("problem-1", "another", description="First")
    walk.post("problem-2", "another", description="Second", files=[pdf("2.pdf", b"2")])
    walk.post("problem-3", "check", description="Third", files=[pdf("3.pdf", b"3")])
    walk.fill(you={"email": "kim@example.com"})
    return walk


def test_a_problem_is_taken_out_with_its_files() -> None:
    walk = three_problems()
    response = walk.post("problem-3", "remove", description="Third")
    assert slug_of(response) == "problem-2"
    assert [f.name for f in walk.files()] == ["1.pdf", "2.pdf"]
    assert "3.pdf" not in text_of(walk.get("check"))


def test_files_stay_with_their_problem_when_one_before_is_taken_out() -> None:
    walk = three_problems()
    walk.post("problem-2", "remove", description="Second")
    walk.send()
    case = the_case()
    assert case.description == "1. First\n\n2. Third"
    assert [(a.name, a.issue.number if a.issue else None) for a in case.attachments.all()] == [
        ("1.pdf", None),
        ("3.pdf", 2),
    ]


def test_a_problem_added_after_one_was_taken_out_begins_empty() -> None:
    walk = three_problems()
    walk.post("problem-3", "remove", description="Third")
    response = walk.post("problem-2", "another", description="Second")
    assert slug_of(response) == "problem-3"
    page = text_of(walk.get("problem-3"))
    assert "Third" not in page
    assert "3.pdf" not in page


def test_the_first_problem_can_not_be_taken_out() -> None:
    walk = begin()
    walk.post("problem-1", "remove", description=WORDS)
    assert walk.answers().raw("problem-1") == {"description": [WORDS]}


def test_a_promise_that_was_linked_to_is_chosen_and_arrives() -> None:
    Promise.objects.create(code="D1", statement="In 3 days.", state="live")
    walk = begin()
    page = text_of(walk.client.get("/en/case/start/?promise=D1"))
    assert '<option value="D1" selected>' in page
    walk.post("problem-1", description=WORDS, promise="D1")
    assert '<option value="D1" selected>' in text_of(walk.get("problem-1"))


# Extra questions


def questions() -> None:
    delivery = make_category("delivery")
    ask("van", options=("red", "blue"), kind=Kind.CHOICES, category=delivery)
    ask("parcel", category=delivery, required=True)
    ask("paid", kind=Kind.AMOUNT)
    ask("photo", kind=Kind.FILE, category=delivery)
    make_category("billing")


def test_extra_questions_are_asked_by_category_kept_and_stored_for_each_problem() -> None:
    questions()
    walk = ready(category="delivery", **{"q-van": ["red", "blue"], "q-parcel": "P-1"})
    walk.post("problem-1", "another", **walk.as_shown("problem-1"))
    walk.post(
        "problem-2", "check",
        **{"description": "Wrong", "category": "billing", "q-paid": "1.234,50", "q-parcel": "no"},
    )  # fmt: skip
    shown = text_of(walk.get("problem-1"))
    assert 'value="P-1"' in shown
    assert shown.count(" checked") == 2
    assert "1,234.50 EUR" in text_of(walk.get("check"))
    walk.send()
    rows = [
        (a.issue.number, a.question.code, a.option.code if a.option else a.text)
        for a in ExtraAnswer.objects.order_by("issue__number", "pk")
    ]
    assert rows == [
        (1, "van", "red"),
        (1, "van", "blue"),
        (1, "parcel", "P-1"),
        (2, "paid", "1234.50"),
    ]


def test_an_extra_question_that_must_be_answered_is_told_like_any_other() -> None:
    questions()
    walk = begin()
    response = walk.post("problem-1", description=WORDS, category="delivery")
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("Answer this question.") == 2
    assert '<a href="#complaint-q-parcel">' in page
    assert "<title>Please check: " in page


def test_a_file_for_an_extra_question_arrives_as_its_answer() -> None:
    questions()
    walk = ready(**{"category": "delivery", "q-parcel": "P", "f-photo": pdf("photo.pdf")})
    assert [(f.name, f.question) for f in walk.files()] == [("photo.pdf", "photo")]
    walk.send()
    (attachment,) = the_case().attachments.all()
    assert (attachment.name, attachment.question.code) == ("photo.pdf", "photo")


def test_a_file_that_must_come_is_not_asked_for_twice() -> None:
    ask("bill", kind=Kind.FILE, required=True)
    walk = begin(go="check")
    assert "Choose a file." in text_of(walk.post("problem-1", description=WORDS))
    response = walk.post("problem-1", description=WORDS, **{"f-bill": pdf("bill.pdf")})
    assert slug_of(response) == "wish"
    assert slug_of(walk.post("problem-1", description=WORDS)) == "wish"


@pytest.mark.requirement("10002-4.5")
def test_a_quicker_way_is_offered_where_there_is_one_and_never_forced() -> None:
    make_category("card", quick_way="Call 0800 1 to block it.")
    walk = ready(category="card")
    for slug in ("wish", "you", "acting", "support", "check"):
        page = text_of(walk.get(slug))
        assert "Call 0800 1 to block it." in page
        assert "You can go on here all the same." in page
    assert "We have your complaint" in text_of(walk.send())


# People


def test_nothing_but_what_happened_and_one_way_to_reply_is_needed() -> None:
    walk = begin()
    walk.fill(you={"phone": "12345"})
    assert "We have your complaint" in text_of(walk.send())
    assert the_case().complainant.reply_by == Party.ReplyBy.PHONE


@pytest.mark.requirement("10002-4.11")
def test_an_anonymous_persons_address_for_notices_is_kept_apart() -> None:
    walk = begin()
    walk.fill(you={"anonymous": "on", "notice_email": "nobody@example.net"})
    assert "We have your complaint" in text_of(walk.send())
    case = the_case()
    assert NoticeAddress.objects.get(case=case).email == "nobody@example.net"
    party = case.complainant
    assert party.is_anonymous
    assert [party.name, party.email, party.phone, party.postal_address] == [""] * 4


def test_who_is_reached_through_a_representative_needs_no_way_of_their_own() -> None:
    walk = begin()
    walk.fill(acting={"representative_email": "ana@b.example", "answer_to": "representative"})
    assert "We have your complaint" in text_of(walk.send())
    case = the_case()
    assert case.correspondent == case.representative


AUTHORITY = [
    ({"authority": "follows"}, Party.Authority.FOLLOWS, []),
    ({}, Party.Authority.FOLLOWS, []),
    ({"authority": "sent"}, Party.Authority.SENT, [("signed.pdf", True)]),
    ({}, Party.Authority.SENT, [("signed.pdf", True)]),
]


@pytest.mark.requirement("SEC-REP")
@pytest.mark.parametrize(("typed", "authority", "files"), AUTHORITY)
def test_somebody_acts_for_the_person_and_the_case_opens_at_once(
    typed: dict[str, str], authority: str, files: list[tuple[str, bool]]
) -> None:
    walk = ready()
    if files:
        typed = typed | {"authority_file": pdf("signed.pdf")}  # type: ignore[dict-item]
    walk.fill(
        acting={"representative_name": "Ana", "representative_email": "ana@b.example"}
        | {"representative_relation": "daughter", "other_contact": "Neighbour, 12345"}
        | typed
    )
    walk.send()
    case = the_case()
    assert case.representative is not None
    assert (case.representative.name, case.representative.relation) == ("Ana", "daughter")
    assert case.representative.authority == authority
    assert [(a.name, a.is_authority) for a in case.attachments.all()] == files
    assert case.other_contact == "Neighbour, 12345"
    assert case.state != "closed"


@pytest.mark.requirement("SEC-VULN")
def test_support_and_permissions_are_stored_with_the_version_of_the_notice() -> None:
    walk = ready()
    walk.fill(support={"support": ["large_print", "plain_words"], "support_needs": "Ring twice"})
    walk.send(may_be_surveyed="on", may_be_told="on")
    case = the_case()
    assert (case.complainant.support, case.complainant.support_needs) == (
        ["large_print", "plain_words"],
        "Ring twice",
    )
    assert case.complainant.support_review_on > timezone.localdate()
    assert (case.may_be_surveyed, case.may_be_told) == (True, True)
    assert {(c.purpose, c.notice_version) for c in Consent.objects.filter(case=case)} == {
        (purpose, case.notice_version)
        for purpose in (ConsentPurpose.SURVEY, ConsentPurpose.STORY, ConsentPurpose.SUPPORT)
    }


@pytest.mark.requirement("GDPR-6")
def test_nothing_is_ticked_beforehand_and_nothing_ticked_is_nothing_allowed() -> None:
    walk = ready()
    assert " checked" not in text_of(walk.get("check"))
    walk.send()
    assert (the_case().may_be_surveyed, Consent.objects.exists()) == (False, False)


def test_remedies_come_from_the_list() -> None:
    kind = make_remedy_kind("refund")
    walk = ready()
    walk.fill(wish={"remedies": ["refund"], "remedy_wanted": "All of it"})
    walk.send()
    assert list(the_case().remedies_wanted.all()) == [kind]
    assert the_case().remedy_wanted == "All of it"


# Languages


@pytest.mark.requirement("WCAG-TIME", "I18N-1")
def test_the_language_changed_in_the_middle_keeps_everything() -> None:
    walk = begin(product="Umbrella", files=pdf())
    response = walk.post("wish", "language:ko", remedy_wanted="돈")
    assert response.headers["Location"].startswith("/ko/case/draft/")
    page = walk.client.get(response.headers["Location"]).content.decode()
    assert '<html lang="ko"' in page
    assert "돈</textarea>" in page
    korean = Walk(walk.client, walk.public_id, "ko")
    korean.fill(you={"email": "kim@example.com"})
    korean.send()
    case = the_case()
    assert (case.language, case.product, case.remedy_wanted) == ("ko", "Umbrella", "돈")
    assert case.attachments.get().name == "letter.pdf"


@pytest.mark.parametrize("code", ["xx", "../../x", "//evil.example", "en" * 50, "a\x00b", ""])
@pytest.mark.parametrize("where", ["start", "step", "check"])
def test_a_language_that_is_not_offered_changes_nothing(where: str, code: str) -> None:
    if where == "start":
        walk = begin(go=f"language:{code}")
    else:
        walk = begin()
        slug = "wish" if where == "step" else "check"
        response = walk.post(slug, f"language:{code}")
        assert response.headers["Location"].startswith("/en/case/draft/")
    assert walk.draft.language == "en"


def test_the_draft_belongs_to_the_site_it_was_begun_on() -> None:
    assert begin().draft.site == Site.objects.get(is_default_site=True)
