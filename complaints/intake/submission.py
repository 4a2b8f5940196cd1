"""What somebody sent, cleaned and checked, and what they get for it: the terms of `receive`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.base import File

from complaints.lifecycle import Channel, Kind

if TYPE_CHECKING:
    from wagtail.models import Site

    from complaints.intake.spam import Verdict
    from complaints.models import Case, Category, Draft, ExtraOption, ExtraQuestion, RemedyKind
    from conduct.models import Promise


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed the checks of `complaints.intake.uploads`."""

    name: str
    content_type: str
    size: int
    content: File
    #: Number of the problem that it is about.
    issue: int = 1
    #: Code of the extra question that it answers.
    question: str = ""
    is_authority: bool = False


@dataclass(frozen=True)
class Answered:
    """The answer to one extra question: an option that was chosen, or words."""

    question: ExtraQuestion
    option: ExtraOption | None = None
    text: str = ""


@dataclass(frozen=True)
class Told:
    """One problem as the form cleaned it, with the answers to extra questions."""

    data: Mapping[str, Any]
    answers: Sequence[Answered] = ()


@dataclass(frozen=True)
class Problem:
    """One of the things that somebody complains about."""

    description: str = ""
    category: Category | None = None
    promise: Promise | None = None
    #: Fields of `Issue` in the person's words.
    details: Mapping[str, Any] = field(default_factory=dict)
    answers: Sequence[Answered] = ()


@dataclass(frozen=True)
class Submission:
    """What somebody sent, cleaned. `details` are fields of `Case` in the person's words."""

    site: Site
    language: str
    description: str
    kind: str = Kind.COMPLAINT
    channel: str = Channel.FORM
    complainant: Mapping[str, Any] = field(default_factory=dict)
    representative: Mapping[str, Any] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    category: Category | None = None
    promise: Promise | None = None
    #: Answers to extra questions where there is a single problem.
    answers: Sequence[Answered] = ()
    #: Every problem, where there are several; `description` then holds all their words.
    problems: Sequence[Problem] = ()
    remedies_wanted: Sequence[RemedyKind] = ()
    consents: Sequence[str] = ()
    #: Where an anonymous person wants to be told that there is news; kept apart from the case.
    notice_email: str = ""
    verdict: Verdict | None = None
    draft: Draft | None = None
    files: Sequence[CheckedFile] = ()
    #: The id of the form's one-time token: sent twice, it is one case.
    token_id: str | None = None
    received_at: datetime | None = None
    received_by: Any = None
    #: Staff found it themselves: the customer did not write, so nothing thanks them for writing.
    found_by_staff: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the sender gets. `key` opens the case together with its reference."""

    case: Case
    key: str
    created: bool
    #: Names of files that could not be stored; the case is there all the same.
    lost_files: tuple[str, ...] = ()
