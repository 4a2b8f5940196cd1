"""What else a case must be like before an action makes sense at all, beside its state and kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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
        from complaints.models import Case

        facts = {f"has_{name}": Exists(rows) for name, rows in _rows(self.case).items()}
        counted = Case.objects.filter(pk=self.case.pk).annotate(_issues=Count("issues"))
        row = counted.values("_issues", **facts).get()
        return row | {"has_several_issues": row["_issues"] > 1}


def _rows(case: Case) -> dict[str, QuerySet[Any]]:
    from complaints.models import (
        Attachment,
        CaseLink,
        Clock,
        ClockName,
        Consent,
        ContactRestriction,
        Involvement,
        Notice,
        Outreach,
    )

    mine = OuterRef("pk")
    return {
        "to_be_told": Notice.objects.to_be_told().filter(case=mine),
        "permissions": Consent.objects.filter(case=mine, withdrawn_at=None),
        "links": CaseLink.objects.filter(Q(case=mine) | Q(other=mine)),
        "named": Involvement.objects.filter(case=mine, part=Involvement.Part.NAMED),
        "restriction": ContactRestriction.objects.about(case).in_force_on(timezone.localdate()),
        "outreach": Outreach.objects.outstanding().filter(case=mine),
        "files": Attachment.objects.filter(case=mine, withheld_at=None),
        "answering": Clock.objects.filter(
            case=mine, name__in=(ClockName.ANSWER, ClockName.REVIEW), stopped_at=None
        ),
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
