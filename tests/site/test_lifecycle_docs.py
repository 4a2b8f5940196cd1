"""docs/lifecycle.md says what complaints.lifecycle does."""

from django.utils import translation

from complaints.lifecycle import ACTIONS, State
from tools.lifecycle_table import PAGE, actions_table, diagram, generated, with_generated


def test_the_page_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert with_generated(written) == written, "run: python -m tools.lifecycle_table --write"


def test_an_old_page_is_made_anew_and_the_words_around_it_stay() -> None:
    written = PAGE.read_text(encoding="utf-8")
    old = written.replace("| Moderate | Received |", "| Moderate | Closed |")

    assert old != written
    assert with_generated(old) == written


def test_the_language_of_whoever_makes_it_does_not_matter() -> None:
    with translation.override("en"):
        english = generated()
    with translation.override("ko"):
        assert generated() == english


def test_every_action_has_a_row() -> None:
    with translation.override("en"):
        rows = actions_table().splitlines()[2:]
        labels = [str(action.label) for action in ACTIONS.values()]

    assert [row.split(" | ")[0].removeprefix("| ").split(" (only")[0] for row in rows] == labels


def test_a_reply_moves_a_case_only_out_of_waiting() -> None:
    with translation.override("en"):
        arrows = [line.strip() for line in diagram().splitlines() if "Record a reply" in line]

    assert [arrow.partition(" --> ")[0] for arrow in arrows] == [State.WAITING.value] * 3
