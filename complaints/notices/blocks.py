"""What every answer must hold, in whatever language and however it begins (7.7, 7.8; FW-CONSIST).

The sentences stand here and the letter takes them from here, so that both are the same in every
language. `missing_blocks` looks for them in the text that is about to be sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.lifecycle import Finding, Kind
from complaints.models import Case, Decision, Issue, Remedy
from complaints.notices.context import zone_of
from conduct.models import Organisation
from conduct.rights import rights_sentence

UPHELD = frozenset({Finding.UPHELD, Finding.PARTLY_UPHELD})
FOUND: Mapping[str, LazyText] = {
    Finding.UPHELD: gettext_lazy("What we found: you are right on this point (upheld)."),
    Finding.PARTLY_UPHELD: gettext_lazy(
        "What we found: you are partly right on this point (partly upheld)."
    ),
    Finding.NOT_UPHELD: gettext_lazy(
        "What we found: we do not agree with you on this point (not upheld)."
    ),
    Finding.NO_FINDING: gettext_lazy(
        "What we found: we could not find out what happened (no finding possible)."
    ),
}


@dataclass
class Letter:
    """What an answer is made of. Its words are in the language that is active when they are
    asked for."""

    case: Case
    decision: Decision
    issues: list[Issue] = field(default_factory=list)
    remedies: list[Remedy] = field(default_factory=list)

    @classmethod
    def of(cls, case: Case, decision: Decision) -> Letter:
        issues = case.issues.select_related("category", "promise")
        return cls(case, decision, list(issues), list(case.remedies.select_related("kind")))

    @property
    def is_complaint(self) -> bool:
        return self.case.kind == Kind.COMPLAINT

    @property
    def may_review(self) -> bool:
        return self.case.stage == 1 and self.is_complaint

    @property
    def is_upheld(self) -> bool:
        return self.is_complaint and any(issue.finding in UPHELD for issue in self.issues)

    @property
    def date(self) -> str:
        sent_at = self.decision.sent_at or timezone.now()
        day = date_format(timezone.localtime(sent_at, zone_of(self.case)), "DATE_FORMAT")
        return _("Date of this answer: %(date)s") % {"date": day}

    @property
    def no_remedy(self) -> str:
        return _("Beyond this answer, there is nothing that we have to put right.")

    @property
    def reject(self) -> str:
        return _(
            "You can reject it. Your case then stays open, and we tell you what else you can do."
        )

    @property
    def review(self) -> str:
        return _(
            "You can ask for a review: someone who took no part in this answer then looks at "
            "everything again. You need not give reasons."
        )

    @property
    def no_outside(self) -> str:
        return _(
            "We know of no independent body outside our organisation that deals with a case such "
            "as yours."
        )

    @property
    def rights(self) -> str:
        return rights_sentence()

    @property
    def decided(self) -> str:
        """A person's name, else the team's or the organisation's; empty where none is known."""
        person = self.decision.approved_by or self.decision.proposed_by
        team = str(self.case.team) if self.case.team else ""
        name = person.get_full_name() or team or Organisation.for_site(self.case.site).name
        return _("This answer was decided by %(name)s.") % {"name": name} if name else ""

    def found(self, issue: Issue) -> str:
        return str(FOUND.get(issue.finding, ""))


@dataclass(frozen=True)
class Needed:
    """One sentence that the letter has to hold, and how staff call it."""

    block: str
    label: str | LazyText
    sentence: str


def needed(letter: Letter) -> Iterator[Needed]:
    """What this answer must hold, in the active language."""
    if letter.is_complaint:
        yield from _about_issues(letter)
        yield from _about_remedies(letter)
    if letter.is_upheld:
        label = gettext_lazy("what changes so that it does not happen again")
        yield Needed("prevention", label, letter.decision.prevention)
    yield Needed("answer", gettext_lazy("the answer in your own words"), letter.decision.answer)
    yield Needed("challenge", gettext_lazy("that the answer can be rejected"), letter.reject)
    if letter.may_review:
        yield Needed("review", gettext_lazy("that a review can be asked for"), letter.review)
    yield Needed(
        "outside",
        gettext_lazy("where the complainant can go outside, or that there is nowhere"),
        letter.decision.external_route or letter.no_outside,
    )
    yield Needed("rights", gettext_lazy("that no legal right is lost"), letter.rights)
    yield Needed("date", gettext_lazy("the date"), letter.date)
    yield Needed("decided", gettext_lazy("who decided it"), letter.decided)


def _about_issues(letter: Letter) -> Iterator[Needed]:
    finding = gettext_lazy("a finding on problem {number}")
    reasons = gettext_lazy("the reasons for the finding on problem {number}")
    for issue in letter.issues:
        number = issue.number
        yield Needed("finding", format_lazy(finding, number=number), letter.found(issue))
        yield Needed("reasons", format_lazy(reasons, number=number), issue.reasons)


def _about_remedies(letter: Letter) -> Iterator[Needed]:
    label = gettext_lazy("what is put right, or that there is nothing to put right")
    for remedy in letter.remedies:
        yield Needed("remedy", label, str(remedy.kind))
    if not letter.remedies:
        yield Needed("remedy", label, letter.no_remedy)


def _plain(text: str) -> str:
    """Lines may be broken elsewhere; the words may not change."""
    return " ".join(text.split())


def missing_blocks(case: Case, decision: Decision, text: str) -> list[str]:
    """What the text lacks to be an answer, in the words of the active language; empty where
    nothing is missing."""
    whole = _plain(text)
    with translation.override(case.language):
        absent = [
            need
            for need in needed(Letter.of(case, decision))
            if not need.sentence.strip() or _plain(need.sentence) not in whole
        ]
    return list(dict.fromkeys(str(need.label) for need in absent))


def blocks_in(case: Case, decision: Decision, text: str) -> set[str]:
    """The blocks that are all there."""
    whole = _plain(text)
    there: set[str] = set()
    absent: set[str] = set()
    with translation.override(case.language):
        for need in needed(Letter.of(case, decision)):
            found = need.sentence.strip() and _plain(need.sentence) in whole
            (there if found else absent).add(need.block)
    return there - absent


def refusal_words(missing: list[str]) -> str:
    """Why an answer can't be sent, with all that it lacks."""
    return _("The answer can’t be sent yet, something is missing: %(missing)s.") % {
        "missing": "; ".join(missing)
    }
