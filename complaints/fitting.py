"""What else a case must be like before an action makes sense at all, beside its state and kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from complaints.lifecycle import ComplaintWish, Kind, Outcome, State

if TYPE_CHECKING:
    from complaints.models import Case


class Facts:
    """What a case has: read with one query, and only if asked. `facts["links"]`: are there any."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __getitem__(self, name: str) -> bool:
        return bool(self._row[f"has_{name}"])

    @cached_property
    def _row(self) -> dict[str, Any]:
        mine = OuterRef("pk")
        facts = {f"has_{name}": Exists(rows(self.case, mine)) for name, rows in ROWS.items()}
        return _all("Case").filter(pk=self.case.pk).values(**facts).get()


class OneFact(Facts):
    """The same, where only one action is asked about: reads no more than that asks for."""

    def __getitem__(self, name: str) -> bool:
        return ROWS[name](self.case, self.case.pk).exists()


def _all(model: str) -> Any:
    from complaints import models

    return getattr(models, model).objects


def _answering(case: Case, key: Any) -> QuerySet[Any]:
    from complaints.models import ClockName

    names = (ClockName.ANSWER, ClockName.REVIEW)
    return _all("Clock").filter(case=key, name__in=names, stopped_at=None)


def _named(case: Case, key: Any) -> QuerySet[Any]:
    from complaints.models import Involvement

    return _all("Involvement").filter(case=key, part=Involvement.Part.NAMED)


#: {fact: rows of which there must be one}, for a case and for its key: a number, or what stands for
#: it in a query about the case.
ROWS: Mapping[str, Callable[[Case, Any], QuerySet[Any]]] = {
    "to_be_told": lambda case, key: _all("Notice").to_be_told().filter(case=key),
    "permissions": lambda case, key: _all("Consent").filter(case=key, withdrawn_at=None),
    "links": lambda case, key: _all("CaseLink").filter(Q(case=key) | Q(other=key)),
    "named": _named,
    "restriction": lambda case, key: (
        _all("ContactRestriction").about(case).in_force_on(timezone.localdate())
    ),
    "outreach": lambda case, key: _all("Outreach").outstanding().filter(case=key),
    "files": lambda case, key: _all("Attachment").filter(case=key, withheld_at=None),
    "answering": _answering,
    "several_issues": lambda case, key: _all("Issue").filter(case=key).order_by("pk")[1:2],
}


def _no_spam(facts: Facts) -> bool:
    # Not before a person has looked at it.
    return not facts.case.held


def _held(facts: Facts) -> bool:
    return facts.case.held


def _closable(facts: Facts) -> bool:
    return facts.case.state != State.OPEN or facts.case.kind != Kind.COMPLAINT


def _may_become_complaint(facts: Facts) -> bool:
    # Held as spam, it is released first; and who said no is not asked a second time.
    return not facts.case.held and facts.case.complaint_wish != ComplaintWish.NO


def _was_asked(facts: Facts) -> bool:
    return facts.case.complaint_wish == ComplaintWish.ASKED


def _has_representative(facts: Facts) -> bool:
    return facts.case.representative_id is not None


def _was_joined(facts: Facts) -> bool:
    case = facts.case
    return case.outcome == Outcome.DUPLICATE and case.duplicate_of_id is not None


def _not_on_hold(facts: Facts) -> bool:
    return not facts.case.legal_hold


def _on_hold(facts: Facts) -> bool:
    return facts.case.legal_hold


FITS: Mapping[str, Callable[[Facts], bool]] = {
    "withdraw": _no_spam,
    "close": _closable,
    "release": _held,
    "make_complaint": _may_become_complaint,
    "confirm_complaint": _was_asked,
    "decline_complaint": _was_asked,
    "check_authority": _has_representative,
    "record_told": itemgetter("to_be_told"),
    "withdraw_permission": itemgetter("permissions"),
    "extend": itemgetter("answering"),
    "unlink": itemgetter("links"),
    "unmerge": _was_joined,
    "split": itemgetter("several_issues"),
    "record_named": itemgetter("named"),
    "review_restriction": itemgetter("restriction"),
    "record_outreach": itemgetter("outreach"),
    "redact_file": itemgetter("files"),
    "hold": _not_on_hold,
    "release_hold": _on_hold,
}
