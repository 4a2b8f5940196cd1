"""Extra questions: which are asked, what the form takes, and what is kept of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from complaints.intake.question_fields import NotAnAmount, in_words, understand_amount
from complaints.intake.questions import (
    ExtraQuestionsForm,
    answered,
    as_data,
    plain,
    questions_for,
    questions_of_all_categories,
    words,
)
from complaints.models import ExtraAnswer, ExtraOption, ExtraQuestion, HandlingSettings
from tests.factories import make_category, submit

pytestmark = pytest.mark.django_db
Kind, Where = ExtraQuestion.Kind, ExtraQuestion.Where


def ask(code: str, kind: str = Kind.TEXT, options: tuple[str, ...] = (), **fields: Any) -> Any:
    """A question, its label "<Code>?" and options labelled by their codes."""
    fields.setdefault("label", f"{code.title()}?")
    fields.setdefault("order", ExtraQuestion.objects.count())
    question = ExtraQuestion.objects.create(code=code, kind=kind, **fields)
    for number, option in enumerate(options):
        label = option.title()
        ExtraOption.objects.create(
            question=question,
            code=option,
            label=label,
            label_ko=f"{label} 한국어",
            sort_order=number,
        )
    return question


def option(question: str, code: str) -> ExtraOption:
    return ExtraOption.objects.get(question__code=question, code=code)


def codes(questions: list[ExtraQuestion]) -> list[str]:
    return [question.code for question in questions]


def filled(data: Any = None, **options: Any) -> ExtraQuestionsForm:
    questions = options.pop("questions", None) or questions_of_all_categories()
    sent = QueryDict(mutable=True)
    for name, value in (data or {}).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return ExtraQuestionsForm(sent, options.pop("files", None), questions=questions, **options)


# Which are asked


def test_a_question_is_asked_about_its_category_and_all_below_it() -> None:
    top = make_category("delivery")
    late = make_category("late", parent=top)
    very = make_category("very-late", parent=late)
    deeper = make_category("days-late", parent=very)
    other = make_category("billing")
    for code, category in {"any": None, "top": top, "late": late, "very": very}.items():
        ask(code, category=category)
    ask("asleep", is_active=False)
    found = {c.code if c else None: codes(questions_for(c)) for c in
             (None, top, late, very, deeper, other)}  # fmt: skip
    assert found == {
        None: ["any"],
        "delivery": ["any", "top"],
        "late": ["any", "top", "late"],
        "very-late": ["any", "top", "late", "very"],
        "days-late": ["any", "top", "late", "very"],
        "billing": ["any"],
    }
    assert codes(questions_of_all_categories()) == ["any", "top", "late", "very"]


def test_a_form_s_own_questions_are_asked_only_where_its_editor_chose_them() -> None:
    ask("everywhere")
    ask("first", where=Where.CHOSEN)
    ask("second", where=Where.CHOSEN)
    assert codes(questions_for(None)) == ["everywhere"]
    assert codes(questions_for(None, ["second"])) == ["everywhere", "second"]
    assert codes(questions_of_all_categories(["first", "gone"])) == ["everywhere", "first"]


def test_what_nobody_could_answer_or_reach_is_not_asked() -> None:
    ask("how", Kind.CHOICE, ("post", "courier"), where=Where.CHOSEN)
    ask("empty", Kind.CHOICE)
    ask("which", only_if=option("how", "courier"))
    assert codes(questions_for(None)) == []
    assert codes(questions_for(None, ["how"])) == ["how", "which"]
    ExtraOption.objects.filter(code="courier").update(is_active=False)
    assert codes(questions_for(None, ["how"])) == ["how"]


@pytest.mark.parametrize("amount", [1, 30])
def test_one_question_and_thirty_cost_two_queries(
    amount: int, django_assert_num_queries: Any
) -> None:
    below = make_category("late", parent=make_category("delivery"))
    for number in range(amount):
        ask(f"q{number}", Kind.CHOICE, ("yes", "no"), category=below)
    with django_assert_num_queries(2):
        form = ExtraQuestionsForm(questions=questions_for(below))
        assert str(form).count("<legend>") == amount
        assert [str(row.field.label) for group in form.groups for row in group.rows]


def test_without_questions_it_costs_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        form = ExtraQuestionsForm({}, questions=questions_of_all_categories(), category="x")
        assert form.is_valid()
        assert render_to_string("conduct_complaints/intake/extra_questions.html", {
            "extra": form}).strip() == ""  # fmt: skip


# What the form takes

EVERY_KIND: dict[str, tuple[str, tuple[str, ...], Any, list[tuple[str, str]]]] = {
    "line": (Kind.TEXT, (), " On\nthe  stairs ", [("", "On the stairs")]),
    "lines": (Kind.LONG_TEXT, (), "One\r\nTwo", [("", "One\nTwo")]),
    "one": (Kind.CHOICE, ("post", "courier"), "courier", [("courier", "")]),
    "many": (Kind.CHOICES, ("a", "b", "c"), ["c", "a"], [("a", ""), ("c", "")]),
    "day": (Kind.DATE, (), "2026-03-31", [("", "2026-03-31")]),
    "sum": (Kind.AMOUNT, (), "€ 1.234,50", [("", "1234.50")]),
}


@pytest.mark.requirement("10002-C")
@pytest.mark.parametrize("name", EVERY_KIND)
def test_each_kind_of_answer_is_kept(name: str) -> None:
    kind, options, typed, expected = EVERY_KIND[name]
    ask(name, kind, options)
    form = filled({f"q-{name}": typed})
    assert form.errors == {}
    found = answered(form)
    assert [(a.option.code if a.option else "", a.text) for a in found] == expected
    case = submit(answers=found).case
    rows = ExtraAnswer.objects.filter(case=case, issue=case.issues.get(), question__code=name)
    assert [(r.option.code if r.option else "", r.text) for r in rows] == expected


@pytest.mark.parametrize("name", EVERY_KIND)
def test_nothing_is_kept_of_what_was_left_empty(name: str) -> None:
    kind, options, _typed, _expected = EVERY_KIND[name]
    ask(name, kind, options)
    form = filled({f"q-{name}": ""} if kind != Kind.CHOICES else {})
    assert (form.errors, answered(form), words(form), plain(form)) == ({}, [], [], {})


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (Kind.TEXT, "x" * 501, "This text has 501 characters; 500 can be sent."),
        (Kind.TEXT, "", "Answer this question."),
        (Kind.CHOICE, "", "Choose one of the answers."),
        (Kind.CHOICE, "never", "This is no longer offered. Choose again."),
        (Kind.CHOICES, [], "Choose at least one of the answers."),
        (Kind.CHOICES, ["a", "never"], "This is no longer offered. Choose again."),
        (Kind.DATE, "soon", "Write the date as year-month-day, such as 2026-03-31."),
        (Kind.AMOUNT, "a lot", "Write the amount in digits, such as 1234.50"),
        (Kind.AMOUNT, "-5", "Write the amount in digits, such as 1234.50"),
        (Kind.FILE, "", "Choose a file."),
    ],
)
def test_each_error_is_a_sentence_that_says_what_to_do(kind: str, typed: Any, error: str) -> None:
    ask("it", kind, ("a", "b") if kind in {Kind.CHOICE, Kind.CHOICES} else (), required=True)
    [name] = filled().fields
    form = filled({name: typed})
    assert [name] == list(form.errors)
    assert form.errors[name][0].startswith(error)


def test_few_answers_are_buttons_many_are_a_list() -> None:
    ask("few", Kind.CHOICE, tuple("abcdef"))
    ask("many", Kind.CHOICE, tuple("abcdefg"))
    ask("must", Kind.CHOICE, tuple("ab"), required=True)
    form = filled()
    assert [form.fields[f"q-{n}"].widget.input_type for n in ("few", "many", "must")] == [
        "radio", "select", "radio",
    ]  # fmt: skip
    # What was chosen by mistake can be taken back where an answer isn't needed.
    offered = {n: [c for c, _label in form.fields[f"q-{n}"].choices] for n in ("few", "must")}
    assert offered == {"few": [*"abcdef", ""], "must": ["a", "b"]}


@pytest.mark.parametrize(
    ("typed", "expected"),
    {
        "1234": "1234", "1,234.50": "1234.50", "1.234,50": "1234.50", "1 234,5": "1234.5",
        "1\u202f234,50 €": "1234.50", "1'234.50": "1234.50", "1,234": "1234", "1.234": "1234",
        "12.345.678": "12345678", "12,50": "12.50", "12.5": "12.5", "0,05": "0.05",
        "£12": "12", "12 EUR": "12", "EUR 12.00": "12", "₫ 250.000": "250000",
        "12,34,567.89": "1234567.89", "1,00,000": "100000", "١٬٢٣٤٫٥٠": "1234.50",
        "١٢٣٤": "1234", "۱۲٫۵": "12.5", "١٢،٥": "12.5", "１２３４": "1234", "Rs. 500": "500",
        "0": "0", "5 000 kr.": "5000", "250.000đ": "250000",
    }.items(),
)  # fmt: skip
def test_an_amount_is_understood_however_it_is_written(typed: str, expected: str) -> None:
    assert understand_amount(typed) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    ["", "much", "-5", "1,23,45", "1.2.3", "1,234,50", "12 or 13", "1e9", "12.", "1.2345",
     "12€34x5", "9" * 13, "NaN", "0x10", "½", "=1+1", "1..2", "a" * 40_000],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        understand_amount(typed)


def test_the_currency_stands_with_the_question() -> None:
    ask("sum", Kind.AMOUNT)
    site = Site.objects.get(is_default_site=True)
    HandlingSettings.objects.update_or_create(site=site, defaults={"currency": "KRW"})
    form = filled({"q-sum": "1234.5"}, site=site)
    assert form["q-sum"].label == "Sum? (in KRW)"
    assert form.is_valid()
    assert words(form) == [("Sum?", "1,234.50 KRW")]


# Conditions


def conditional() -> None:
    """How was it sent? → By courier: which? → Other: what was it called?; delivery only: since?"""
    ask("how", Kind.CHOICE, ("post", "courier"))
    ask("which", Kind.CHOICES, ("fast", "other"), only_if=option("how", "courier"), required=True)
    ask("called", only_if=option("which", "other"), required=True)
    ask("since", Kind.DATE, category=make_category("delivery"), required=True)


@pytest.mark.parametrize(
    ("data", "category", "kept", "wrong"),
    [
        ({}, "", [], []),
        ({"q-how": "post", "q-which": ["other"], "q-called": "X"}, "", ["how"], []),
        ({"q-how": "courier"}, "", ["how"], ["q-which"]),
        ({"q-how": "courier", "q-which": ["fast"], "q-called": "X"}, "", ["how", "which"], []),
        ({"q-how": "courier", "q-which": ["fast", "other"]}, "", ["how", "which", "which"],
         ["q-called"]),
        ({"q-how": "courier", "q-which": ["other"], "q-called": "X"}, "",
         ["how", "which", "called"], []),
        # The first answer is not one of those offered: what hangs on it can't be asked.
        ({"q-how": "nonsense", "q-which": ["other"], "q-called": "X"}, "", [], ["q-how"]),
        ({"q-since": "2026-01-01"}, "", [], []),
        ({"q-since": "rubbish"}, "billing", [], []),
        ({"q-since": ""}, "delivery", [], ["q-since"]),
        ({"q-since": "2026-01-01"}, "late", ["since"], []),
    ],
)  # fmt: skip
def test_only_what_is_asked_is_required_and_kept(
    data: dict[str, Any], category: str, kept: list[str], wrong: list[str]
) -> None:
    conditional()
    make_category("late", parent=make_category("delivery"))
    form = filled(data, category=category)
    assert list(form.errors) == wrong
    assert [a.question.code for a in answered(form)] == kept


def test_in_steps_questions_chosen_for_the_category_need_no_further_condition() -> None:
    conditional()
    questions = questions_for(make_category("delivery"))
    form = filled({"q-since": "2026-01-01"}, questions=questions)
    assert [a.text for a in answered(form)] == ["2026-01-01"]
    assert [group.category for group in form.groups] == [None]


@pytest.mark.requirement("WCAG-FORM")
def test_conditions_are_told_in_words_and_to_the_browser() -> None:
    conditional()
    make_category("late", parent=make_category("delivery"))
    form = filled(category="")
    page = " ".join(
        render_to_string("conduct_complaints/intake/extra_questions.html", {"extra": form}).split()
    )
    assert "Only if you chose “Courier”." in page
    assert '<div data-only-if="q-how=courier">' in page
    assert '<div data-only-if="q-which=other">' in page
    assert (
        '<fieldset class="field stack" data-only-if="category=delivery|late"> '
        "<legend>Only if it is about “Delivery”</legend>"
    ) in page
    # Nothing is hidden before a script has run.
    assert "hidden" not in page.replace("visually-hidden", "")


def test_a_prefix_keeps_several_problems_apart() -> None:
    conditional()
    data = {"p2-q-how": "courier", "p2-q-which": "fast", "q-how": "post"}
    form = filled(data, prefix="p2", questions=questions_for(None))
    assert [a.option.code for a in answered(form) if a.option] == ["courier", "fast"]
    [group] = form.groups
    assert [row.only_if for row in group.rows] == ["", "p2-q-how=courier", "p2-q-which=other"]


# Files


def test_a_file_is_asked_for_once_and_left_to_the_checks_of_uploads() -> None:
    ask("proof", Kind.FILE, required=True)
    sent = {"f-proof": SimpleUploadedFile("x.exe", b"")}
    form = filled(files=sent)
    assert (form.errors, answered(form), plain(form)) == ({}, [], {})
    assert form.is_multipart()
    assert {name: q.code for name, q in form.file_questions.items()} == {"f-proof": "proof"}
    # It came with an earlier step: it isn't asked for again.
    assert filled(kept_files=["proof"]).errors == {}
    assert list(filled().errors) == ["f-proof"]


def test_a_file_for_what_was_not_asked_is_not_taken() -> None:
    ask("how", Kind.CHOICE, ("post", "courier"))
    ask("proof", Kind.FILE, only_if=option("how", "courier"))
    form = filled({"q-how": "post"}, files={"f-proof": SimpleUploadedFile("x.txt", b"x")})
    assert form.errors == {}
    assert form.file_questions == {}


# Drafts, words, languages


@pytest.mark.requirement("I18N-3")
def test_a_draft_comes_back_in_another_language_whole() -> None:
    for name, (kind, options, _typed, _expected) in EVERY_KIND.items():
        ask(name, kind, options)
    typed = {f"q-{name}": row[2] for name, row in EVERY_KIND.items()}
    with translation.override("en"):
        values = json.loads(json.dumps(plain(filled(typed))))
        before = [(a.question, a.option, a.text) for a in answered(_valid(filled(typed)))]
    with translation.override("ar"):
        form = ExtraQuestionsForm(as_data(values), questions=questions_of_all_categories())
        assert [(a.question, a.option, a.text) for a in answered(_valid(form))] == before


def _valid(form: ExtraQuestionsForm) -> ExtraQuestionsForm:
    assert form.errors == {}
    return form


def test_a_draft_keeps_what_can_t_be_read_yet() -> None:
    ask("sum", Kind.AMOUNT)
    form = filled({"q-sum": "about 12 or so"})
    assert plain(form) == {"sum": "about 12 or so"}
    again = ExtraQuestionsForm(as_data(plain(form), "p2"), questions=form.questions, prefix="p2")
    assert 'value="about 12 or so"' in str(again["q-sum"])


@pytest.mark.requirement("I18N-1")
def test_answers_are_read_back_in_the_language_of_the_page() -> None:
    ask("many", Kind.CHOICES, ("a", "b"))
    ask("day", Kind.DATE)
    ask("said")
    data = {"q-many": ["a", "b"], "q-day": "2026-03-31", "q-said": "<b>"}
    assert words(_valid(filled(data))) == [
        ("Many?", "A\nB"), ("Day?", "31 March 2026"), ("Said?", "<b>"),
    ]  # fmt: skip
    with translation.override("ko"):
        said = words(_valid(filled(data)))
    assert [value for _label, value in said] == ["A 한국어\nB 한국어", "2026년 3월 31일", "<b>"]


def test_the_code_stays_when_words_change() -> None:
    question = ask("how", Kind.CHOICE, ("post",))
    question.label_en, question.label_ko = "How did it travel?", "어떻게 왔나요?"
    question.save()
    for language in ("en", "ko"):
        with translation.override(language):
            form = filled({"q-how": "post"})
            assert [a.option.code for a in answered(_valid(form)) if a.option] == ["post"]
    assert ExtraQuestion.objects.get(code="how").pk == question.pk


def test_an_answer_from_before_its_kind_changed_is_shown_as_it_was_written() -> None:
    question = ask("day", Kind.DATE)
    assert in_words(question, "last spring") == "last spring"
    assert in_words(question, date(2026, 3, 31).isoformat()) == "31 March 2026"
    question.kind = Kind.AMOUNT
    assert in_words(question, "a lot") == "a lot"
