"""Extra questions in the admin: words, offered answers, conditions, and what answers rely on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.intake.submission import Answered
from complaints.models import Category, ExtraOption, ExtraQuestion
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case, make_category

pytestmark = pytest.mark.django_db
Kind = ExtraQuestion.Kind
NAME = "conduct_extra_questions"


@pytest.fixture
def client(browse: Browse, staff: Staff) -> Client:
    return browse(people.make_admin())


def fields(code: str, options: tuple[str, ...] = (), **changed: Any) -> dict[str, Any]:
    """What a browser sends for a new question."""
    data = {
        "label_en": f"{code.title()}?", "code": code, "kind": Kind.CHOICE if options else Kind.TEXT,
        "where": "everywhere", "order": "0", "is_active": "on",
        "options-TOTAL_FORMS": len(options), "options-INITIAL_FORMS": 0,
        "options-MIN_NUM_FORMS": 0, "options-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for index, option in enumerate(options):
        data |= row(index, option)
    return data | changed


def row(index: int, code: str, **changed: Any) -> dict[str, Any]:
    values = {"label_en": code.title(), "code": code, "is_active": "on", "ORDER": index + 1}
    return {f"options-{index}-{name}": value for name, value in (values | changed).items()}


def add(client: Client, code: str, options: tuple[str, ...] = (), **changed: Any) -> ExtraQuestion:
    response = client.post(reverse(f"{NAME}:add"), fields(code, options, **changed))
    assert response.status_code == 302, response.context["form"].errors
    return ExtraQuestion.objects.get(code=code)


def sent_again(question: ExtraQuestion, **changed: Any) -> dict[str, Any]:
    """What a browser sends for a stored question."""
    options = list(question.options.all())
    data = fields(question.code, kind=question.kind, order=question.order)
    data |= {"only_if": question.only_if_id or "", "options-INITIAL_FORMS": len(options)}
    data["options-TOTAL_FORMS"] = len(options)
    for index, option in enumerate(options):
        data |= row(index, option.code, id=option.pk)
    return data | changed


def edit(client: Client, question: ExtraQuestion, **changed: Any) -> dict[str, list[str]]:
    """Save changes; what was wrong with them."""
    url = reverse(f"{NAME}:edit", args=[question.pk])
    response = client.post(url, sent_again(question, **changed))
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    wrong = {name: list(errors) for name, errors in form.errors.items()}
    for number, errors in enumerate(form.formsets["options"].errors):
        wrong |= {f"{number}-{name}": list(found) for name, found in errors.items()}
    return wrong


def answer(question: ExtraQuestion, code: str = "", text: str = "") -> None:
    option = question.options.get(code=code) if code else None
    make_case(answers=[Answered(question, option, text)])


@pytest.mark.requirement("I18N-1")
def test_a_question_and_its_answers_have_words_in_every_language(client: Client) -> None:
    page = client.get(reverse(f"{NAME}:add")).content.decode()
    for name in ("label_ko", "hint_ko", "options-__prefix__-label_ko", "options-__prefix__-code"):
        assert f'name="{name}"' in page, name
    question = add(
        client, "how", ("post", "courier"), label_ko="어떻게?", hint_ko="힌트",
        **{"options-1-label_ko": "택배"},
    )  # fmt: skip
    assert (question.label_en, question.label_ko, question.hint_ko) == ("How?", "어떻게?", "힌트")  # type: ignore[attr-defined]
    found = question.options.values_list("code", "label_en", "label_ko")
    assert list(found) == [("post", "Post", None), ("courier", "Courier", "택배")]


def test_answers_are_moved_by_buttons(client: Client) -> None:
    question = add(client, "how", ("post", "courier"))
    page = client.get(reverse(f"{NAME}:edit", args=[question.pk])).content.decode()
    assert page.count("data-inline-panel-child-move-up") == 3  # two rows and the one for new ones
    assert edit(client, question, **{"options-0-ORDER": 2, "options-1-ORDER": 1}) == {}
    assert [option.code for option in question.options.all()] == ["courier", "post"]


def test_a_new_question_comes_last(client: Client) -> None:
    add(client, "first", order=7)
    form = client.get(reverse(f"{NAME}:add")).context["form"]
    assert form["order"].value() == 8


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"label_en": ""}, "label_en"),
        ({"code": ""}, "code"),
        ({"code": "taken"}, "code"),
        ({"kind": Kind.CHOICE}, "kind"),
    ],
)
def test_a_question_that_can_t_be_asked_is_not_saved(
    changed: dict[str, str], wrong: str, client: Client
) -> None:
    add(client, "taken")
    page = client.post(reverse(f"{NAME}:add"), fields("new") | changed)
    assert list(page.context["form"].errors) == [wrong]


def test_an_answer_needs_words_and_a_code_of_its_own(client: Client) -> None:
    data = fields("how", ("post", "post"))
    page = client.post(reverse(f"{NAME}:add"), data)
    assert page.context["form"].formsets["options"].is_valid() is False
    page = client.post(reverse(f"{NAME}:add"), data | row(1, "courier", label_en=""))
    assert page.context["form"].formsets["options"].errors[1].keys() == {"label_en"}
    assert not ExtraQuestion.objects.exists()


# What answers rely on


def test_code_and_kind_stay_once_there_are_answers(client: Client) -> None:
    question = add(client, "how", ("post", "courier"))
    answer(question, "post")
    changes = {"code": "renamed", "kind": Kind.TEXT, "label_en": "In what way?"}
    options = {"options-0-code": "letter", "options-0-label_en": "By letter",
               "options-1-code": "van"}  # fmt: skip
    assert edit(client, question, **changes, **options) == {}
    question = ExtraQuestion.objects.get()
    assert (question.code, question.kind, question.label) == ("how", Kind.CHOICE, "In what way?")
    # An answer that nobody chose yet may still get another code.
    assert list(question.options.values_list("code", "label")) == [
        ("post", "By letter"), ("van", "Courier"),
    ]  # fmt: skip
    page = client.get(reverse(f"{NAME}:edit", args=[question.pk])).content.decode()
    assert page.count("There are answers already, so this can’t be changed any more.") == 3


def test_without_answers_the_code_may_change(client: Client) -> None:
    question = add(client, "how", ("post",))
    assert edit(client, question, code="by", **{"options-0-code": "letter"}) == {}
    assert list(ExtraQuestion.objects.values_list("code", "options__code")) == [("by", "letter")]


def test_an_answer_that_was_chosen_is_switched_off_not_deleted(client: Client) -> None:
    question = add(client, "how", ("post", "courier"))
    answer(question, "post")
    assert edit(client, question, **{"options-0-DELETE": "on"}) == {
        "__all__": ["“Post” was chosen already. Switch it off instead of deleting it."]
    }
    assert edit(client, question, **{"options-1-DELETE": "on", "options-0-is_active": ""}) == {}
    assert list(question.options.values_list("code", "is_active")) == [("post", False)]


def test_a_question_with_answers_is_switched_off_not_deleted(client: Client) -> None:
    chosen, said, unused = add(client, "how", ("post",)), add(client, "said"), add(client, "unused")
    answer(chosen, "post")
    answer(said, text="words")
    for question in (chosen, said, unused):
        page = client.post(reverse(f"{NAME}:delete", args=[question.pk]), follow=True)
        kept = ExtraQuestion.objects.filter(pk=question.pk).exists()
        assert kept == (question != unused)
        assert ("can’t be deleted. Switch it off instead." in page.content.decode()) == kept
    assert ExtraOption.objects.count() == 1


def test_a_category_that_a_question_is_about_stays(client: Client) -> None:
    category = make_category()
    add(client, "since", category=category.pk)
    page = client.post(reverse("conduct_categories:delete", args=[category.pk]), follow=True)
    assert "“Delivery” is in use, so it can’t be deleted." in page.content.decode()
    assert Category.objects.filter(pk=category.pk).exists()


# Conditions


def test_a_condition_is_chosen_among_answers_to_other_questions(client: Client) -> None:
    how = add(client, "how", ("post", "courier"), order=1)
    add(client, "asleep", ("yes",), is_active="")
    add(client, "words", order=2)
    ExtraOption.objects.filter(code="post").update(is_active=False)
    form = client.get(reverse(f"{NAME}:add")).context["form"]
    assert [str(label) for _value, label in form["only_if"].field.choices][1:] == ["How?: Courier"]
    page = client.get(reverse(f"{NAME}:edit", args=[how.pk]))
    assert [str(label) for _value, label in page.context["form"]["only_if"].field.choices][1:] == []


def chain(client: Client) -> tuple[ExtraQuestion, ExtraQuestion]:
    first = add(client, "how", ("post", "courier"), order=1)
    courier = first.options.get(code="courier")
    return first, add(client, "which", ("fast", "slow"), order=2, only_if=courier.pk)


HANGS = (
    "“Which?” is asked only after an answer given here. Change or switch off that question first."
)


@pytest.mark.parametrize(
    ("which", "changed", "wrong"),
    [
        ("first", {"order": 2}, {}),
        ("first", {"order": 3}, {"order": [
            "“Which?” hangs on an answer to this question, so it has to come after it. Keep the "
            "order below 2."]}),
        ("second", {"order": 0}, {"only_if": [
            "“How?” doesn’t come before this question. Give this question a higher order than 1."
        ]}),
        # With the same order, codes decide: "which" comes after "how".
        ("second", {"order": 1}, {}),
        ("first", {"is_active": ""}, {"is_active": [HANGS]}),
        ("first", {"kind": Kind.TEXT}, {"kind": [HANGS]}),
        ("first", {"options-1-DELETE": "on"}, {"__all__": [HANGS]}),
        ("first", {"options-0-DELETE": "on"}, {}),
        ("second", {"only_if": "", "order": 0}, {}),
    ],
)  # fmt: skip
def test_a_condition_stays_one_that_can_be_met(
    which: str, changed: dict[str, Any], wrong: dict[str, list[str]], client: Client
) -> None:
    first, second = chain(client)
    assert edit(client, first if which == "first" else second, **changed) == wrong


def test_conditions_make_no_circle(client: Client) -> None:
    first, second = chain(client)
    slow = second.options.get(code="slow")
    wrong = edit(client, first, only_if=slow.pk)
    assert wrong == {
        "only_if": [
            "“Which?” doesn’t come before this question. Give this question a higher order than 2."
        ]
    }
    # Neither by moving it behind at the same time.
    assert edit(client, first, only_if=slow.pk, order=3).keys() == {"order"}
    own = first.options.get(code="post")
    assert edit(client, first, only_if=own.pk).keys() == {"only_if"}


def test_only_who_may_change_questions_gets_in(browse: Browse, staff: Staff) -> None:
    for person in (staff.handler, staff.lead, people.make_quality(), people.make_auditor()):
        response = browse(person).get(reverse(f"{NAME}:index"))
        assert response["Location"] == reverse("wagtailadmin_home")
