"""Extra questions and the working week as tables; yes and no in every language."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from complaints.models import (
    ConfigurationChange,
    ExtraAnswer,
    ExtraOption,
    ExtraQuestion,
    HandlingSettings,
)
from complaints.transfer.cells import YesNo
from complaints.transfer.importing import carry_out, preview
from complaints.transfer.registry import table_of
from tests.complaints.transfer.conftest import csv_file, table
from tests.factories import make_case
from tests.people import make_handler

pytestmark = pytest.mark.django_db
QUESTIONS = table_of(ExtraQuestion)
HEADINGS = ["code", "label_en", "kind", "options_en", "options_de", "only_if", "order"]
HOW = ["how", "How was it?", "choice", "late: Too late\nwet: Wet", "wet: Nass", "", "1"]
HOW_WET = ["how-wet", "How wet?", "text", "", "", "how/wet", "2"]

WRITTEN = {
    "en": ("yes", "No"), "vi": ("Có", "không"), "ko": ("예", "아니요"), "zh-hans": ("是", "否"),
    "de": ("Ja", "NEIN"), "fr": ("oui", "non"), "es": ("SÍ", "no"), "ar": ("نعم", "لا"),
}  # fmt: skip


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_yes_and_no_are_read_in_every_language(language: str) -> None:
    yes, no = WRITTEN[language]
    assert [YesNo().clean(yes), YesNo().clean(f" {no} ")] == [True, False]


def test_letters_in_two_pieces_are_the_same_word_and_nonsense_is_none() -> None:
    assert YesNo().clean("co\u0301") is True
    with pytest.raises(ValueError, match="Write yes or no instead of “maybe”"):
        YesNo().clean("maybe")


def do(rows: Any, user: Any, resource: Any = QUESTIONS) -> None:
    found = preview(resource, rows)
    assert found.problems == []
    carry_out(resource, rows, digest=found.digest, user=user)


def test_a_question_comes_with_its_answers_and_one_that_hangs_on_them(quality: Any) -> None:
    # The one that hangs on the other stands first.
    rows = table(HEADINGS, HOW_WET, HOW)
    assert not ExtraQuestion.objects.exists()
    do(rows, quality)

    how, how_wet = ExtraQuestion.objects.order_by("order")
    options: Any = how.options.order_by("sort_order")
    assert [(o.code, o.label_en, o.label_de) for o in options] == [
        ("late", "Too late", None),
        ("wet", "Wet", "Nass"),
    ]
    assert how_wet.only_if == options[1]
    again = preview(QUESTIONS, rows)
    assert (again.unchanged, again.changes, again.problems) == (2, [], [])
    assert ConfigurationChange.objects.filter(model="conduct_complaints.extraoption").count() == 2


def test_an_answer_that_is_left_out_is_switched_off_and_comes_back(quality: Any) -> None:
    do(table(HEADINGS, HOW), quality)
    do(table(["code", "options_en"], ["how", "wet: Soaked"]), quality)
    names = ("code", "label_en", "is_active", "label_de")
    assert list(ExtraOption.objects.order_by("code").values_list(*names)) == [
        ("late", "Too late", False, None),
        ("wet", "Soaked", True, "Nass"),
    ]
    do(table(["code", "options_en"], ["how", "wet: Soaked\nlate: Late"]), quality)
    assert ExtraOption.objects.get(code="late").is_active


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"options_en": "late"}, "Answers offered (en): “late” can’t be read."),
        ({"options_en": "late: a\nlate: b"}, "Answers offered (en): “late” stands here twice."),
        ({"options_en": ""}, "Answers offered (en): A question to choose from needs answers."),
        ({"only_if": "how/cold"}, "There is no answer “how/cold”."),
        ({"only_if": "how/wet"}, "The question of “how/wet” has to come before this one."),
    ],
)
def test_what_can_t_be_is_said_before_anything_is_stored(change: Any, words: str) -> None:
    row = [change.get(name, value) for name, value in zip(HEADINGS, HOW, strict=True)]
    problems = [problem.words for problem in preview(QUESTIONS, table(HEADINGS, row)).problems]
    assert [said for said in problems if words in said] != []
    assert not ExtraQuestion.objects.exists()


def test_what_answers_rely_on_stays(quality: Any) -> None:
    do(table(HEADINGS, HOW), quality)
    question = ExtraQuestion.objects.get()
    ExtraAnswer.objects.create(
        case=make_case(), question=question, option=question.options.first(), text=""
    )
    found = preview(QUESTIONS, table(["code", "kind"], ["how", "text"]))
    assert [problem.words for problem in found.problems] == [
        "Kind of answer: There are answers already, so this can’t be changed any more."
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_questions_are_written_out_in_a_fixed_number_of_queries(number: int) -> None:
    for at in range(number):
        question = ExtraQuestion.objects.create(code=f"q{at}", kind="choice", label="?")
        ExtraOption.objects.create(question=question, code="a", label="A")
    with CaptureQueriesContext(connection) as queries:
        assert len(QUESTIONS().table()[1]) == number
    assert len(queries) == 3  # categories, questions, answers


# The working week


def test_the_working_week_is_read_with_a_preview(quality: Any, client_of: Any) -> None:
    site = Site.objects.get(is_default_site=True)
    HandlingSettings.for_site(site)
    client = client_of(quality)
    url = reverse("conduct_working_weeks:import")
    text = f"site,working_weekdays,day_ends_at,time_zone\n{site.hostname},71234,16:30,Asia/Dubai\n"

    page = client.post(url, {"file": csv_file(text)}, follow=True)

    assert HandlingSettings.objects.get().working_weekdays == "12345"
    assert "71234" in page.content.decode()
    headings = ["site", "working_weekdays", "day_ends_at", "time_zone"]
    rows = table(headings, [site.hostname, 71234, "16:30", "Asia/Dubai"])
    do(rows, quality, table_of(HandlingSettings))
    rules = HandlingSettings.objects.get()
    assert (rules.working_weekdays, rules.day_ends_at) == ("71234", time(16, 30))
    assert (rules.time_zone, rules.answer_days) == ("Asia/Dubai", 20)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["localhost", "8", "17:00", "UTC"], "Use the numbers 1 (Monday) to 7 (Sunday)"),
        (["localhost", "12345", "5 pm", "UTC"], "“5 pm” is no time of day. Write it as 17:00."),
        (["localhost", "12345", "17:00", "Berlin"], "Use a name such as Europe/Berlin"),
        (["nowhere.example", "12345", "17:00", "UTC"], "There is no site “nowhere.example”."),
    ],
)
def test_a_week_that_can_t_be_is_refused_in_words(row: list[str], words: str) -> None:
    rows = table(["site", "working_weekdays", "day_ends_at", "time_zone"], row)
    problems = preview(table_of(HandlingSettings), rows).problems
    assert [problem.words for problem in problems if words in problem.words] != []


def test_only_who_may_change_the_rules_opens_working_weeks(quality: Any, client_of: Any) -> None:

    for name in ("index", "export", "import"):
        url = reverse(f"conduct_working_weeks:{name}")
        assert client_of(quality).get(url).status_code == 200
        assert client_of(make_handler(f"handler-{name}")).get(url).status_code in {302, 403}
