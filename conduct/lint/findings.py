"""A finding: one sentence for the editor that says what stands out and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lint(StrEnum):
    """The subjects; each has a title and a help text in `conduct.lint.titles`."""

    VAGUE = "vague"
    CONTRADICTION = "contradiction"
    NO_LIMITS = "no-limits"
    NO_REMEDY = "no-remedy"
    NO_OWNER = "no-owner"
    EVIDENCE = "evidence"
    NOT_MEASURED = "not-measured"
    REVIEW_OVERDUE = "review-overdue"
    ISO_CLAIM = "iso-claim"
    CERTIFICATE = "certificate"
    ODR = "odr"
    RIGHTS = "rights"
    ROUTE = "route"
    UNDEFINED_TERM = "undefined-term"
    NO_OBJECTIVE = "no-objective"


@dataclass(frozen=True, slots=True)
class Finding:
    """`stops` says whether a page can't be published with it."""

    lint: Lint
    sentence: str
    stops: bool = False

    def __str__(self) -> str:
        return self.sentence
