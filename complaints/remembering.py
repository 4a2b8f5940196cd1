"""What many cases ask alike, asked once: while they are done together, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("conduct_remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it, `remembered` asks each question once."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def remembered(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question that does not depend on the case; asked anew outside."""
    known = _known.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    answer: Answer = known[question]
    return answer
