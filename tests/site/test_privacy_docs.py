"""docs/privacy.md says what complaints.privacy.register does."""

from django.utils import translation

from complaints.privacy.register import entries
from tools.privacy_table import PAGE, generated, with_generated


def test_the_page_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert with_generated(written) == written, "run: python -m tools.privacy_table --write"


def test_every_entry_has_a_row_whatever_language_is_active() -> None:
    with translation.override("ko"):
        rows = generated().splitlines()[2:]

    assert len(rows) == len(entries())
    party = "| Party | `name`, `address_as` | To know and address who wrote"
    assert [row for row in rows if row.startswith(party)] != []
