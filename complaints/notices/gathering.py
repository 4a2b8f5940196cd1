"""One mail instead of five hundred: what colleagues are told while many cases are done at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from complaints.models import Case

#: Notices that say the same of one case and of many.
GATHERED = frozenset({"staff_assigned"})
_box: ContextVar[list[tuple[Any, Case]] | None] = ContextVar("conduct_gathered", default=None)


@contextmanager
def staff_mails_gathered() -> Iterator[list[tuple[Any, Case]]]:
    """Within it, who would get one of the `GATHERED` notices is only noted, with the case."""
    box: list[tuple[Any, Case]] = []
    token = _box.set(box)
    try:
        yield box
    finally:
        _box.reset(token)


def is_gathered(template: str, user: Any, case: Case) -> bool:
    """Whether the notice was noted instead of being written."""
    box = _box.get()
    if box is None or template not in GATHERED:
        return False
    box.append((user, case))
    return True
