"""Word-level comparison in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conduct.comparison import Change, Operation, align, compare, compare_html, tokens

EQUAL, INSERT, DELETE = Operation.EQUAL, Operation.INSERT, Operation.DELETE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We deliver, always.", ["We", " ", "deliver", ",", " ", "always", "."]),
        ("don't", ["don't"]),
        ("三个工作日", ["三", "个", "工", "作", "日"]),
        ("3영업일 안에", ["3영업일", " ", "안에"]),
        ("ngày làm việc", ["ngày", " ", "làm", " ", "việc"]),
        ("ثلاثة أيّام", ["ثلاثة", " ", "أيّام"]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_its_script_cuts_it(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "within 3 working days",
            "within 2 working days",
            [
                Change(EQUAL, "within "),
                Change(DELETE, "3"),
                Change(INSERT, "2"),
                Change(EQUAL, " working days"),
            ],
        ),
        (
            "三个工作日内送达",
            "两个工作日内送达",
            [Change(DELETE, "三"), Change(INSERT, "两"), Change(EQUAL, "个工作日内送达")],
        ),
        (
            "نسلّم خلال ثلاثة أيام",
            "نسلّم خلال يومين",
            [
                Change(EQUAL, "نسلّم خلال "),
                Change(DELETE, "ثلاثة أيام"),
                Change(INSERT, "يومين"),
            ],
        ),
        ("the same", "the same", [Change(EQUAL, "the same")]),
        ("", "new", [Change(INSERT, "new")]),
        ("old", "", [Change(DELETE, "old")]),
        ("", "", []),
    ],
)
def test_only_what_differs_is_marked(before: str, after: str, expected: list[Change]) -> None:
    assert compare(before, after) == expected


texts = st.text(alphabet="ab 3工日한글ีกุ مَ'’.\n", max_size=40)


@given(texts)
def test_no_character_is_lost_in_cutting(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(texts, texts)
def test_the_comparison_applied_to_the_first_gives_the_second(before: str, after: str) -> None:
    changes = compare(before, after)

    assert "".join(change.text for change in changes if change.operation != INSERT) == before
    assert "".join(change.text for change in changes if change.operation != DELETE) == after


@given(st.lists(texts, max_size=5), st.lists(texts, max_size=5))
def test_every_paragraph_is_paired_once(before: list[str], after: list[str]) -> None:
    pairs = align(before, after)

    assert [old for old, _ in pairs if old] == [old for old in before if old]
    assert [new for _, new in pairs if new] == [new for new in after if new]


def test_a_new_paragraph_leaves_the_others_alone() -> None:
    assert align(["a", "b"], ["a", "x", "b"]) == [("a", "a"), ("", "x"), ("b", "b")]


def test_markup_in_a_text_is_shown_and_not_run() -> None:
    html = compare_html("<b>1</b>", "<b>2</b>")

    assert html.startswith("&lt;b&gt;<del>")
    assert "<b>" not in html
