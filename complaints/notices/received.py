"""The copy of what somebody sent, for the acknowledgement and the receipt (7.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from complaints.lifecycle import ConsentPurpose, Kind
from complaints.models import Case, ExtraAnswer, ExtraQuestion, Issue, Party

#: Of each problem, in the form's order. A single one has them on the case.
OF_PROBLEM = ("product", "place", "happened_on", "happened_when")
#: What a person may have filled in once, in the form's order.
OF_CASE = (
    "order_number",
    "staff_named",
    "still_going_on",
    "happened_before",
    "earlier_contact",
    "effect",
    "urgent",
    "remedies_wanted",
    "remedy_wanted",
    "elsewhere",
    "enclosures",
    "evidence_link",
)
OF_PERSON = ("name", "address_as", "email", "phone", "postal_address", "contact_times")
OF_REPRESENTATIVE = ("name", "relation", "email", "phone", "postal_address")
LONG = 60


@dataclass(frozen=True)
class Row:
    """One thing that was filled in, in the active language."""

    label: str
    value: str

    @property
    def is_long(self) -> bool:
        """It needs lines of its own in plain text."""
        return len(self.value) > LONG or "\n" in self.value


@dataclass(frozen=True)
class Part:
    """What belongs together; `heading` is empty where the first part is the only problem."""

    heading: str
    rows: Sequence[Row]


def what_was_sent(case: Case, *, with_person: bool = False) -> list[Part]:
    """Everything that was filled in, problem by problem, then what holds for all of them.

    `with_person`: also who wrote, how to reach them and what they allowed. Not in a mail, which
    may have been addressed to somebody else by mistake.
    """
    answers = _answers_by_issue(case)
    parts = _problems(case, answers)
    general = [*_rows(case, OF_CASE), *answers[None]]
    if len(parts) > 1:
        parts.append(Part(_("All of it"), general))
    else:
        parts = [Part("", [*parts[0].rows, *general])]
    if with_person:
        parts += _people(case)
    return [part for part in parts if part.rows]


Answers = dict[int | None, list[Row]]


def _problems(case: Case, answers: Answers) -> list[Part]:
    issues = list(case.issues.select_related("category", "promise"))
    # Staff may have added issues of their own: those hold no words of the person.
    told = [issue for issue in issues if issue.description] or issues[:1]
    if len(told) < 2:
        issue = told[0] if told else Issue(case=case)
        rows = [_words(case, case.description), *_about(issue)]
        rows += _rows(case, OF_PROBLEM) or _rows(issue, OF_PROBLEM)
        return [Part("", [*rows, *answers[issue.pk]])]
    return [
        Part(
            _("Problem %(number)d") % {"number": issue.number},
            [
                _words(case, issue.description),
                *_about(issue),
                *_rows(issue, OF_PROBLEM),
                *answers[issue.pk],
            ],
        )
        for issue in told
    ]


def _words(case: Case, description: str) -> Row:
    is_complaint = case.kind == Kind.COMPLAINT
    return Row(_("What happened") if is_complaint else _("What you wrote"), description)


def _about(issue: Issue) -> list[Row]:
    rows = []
    if issue.category:
        rows.append(Row(_("What it is about"), str(issue.category)))
    if issue.promise:
        rows.append(Row(_("Promise"), f"{issue.promise.code}: {issue.promise.statement}"))
    return rows


def _answers_by_issue(case: Case) -> Answers:
    """Rows of each issue's extra answers; of several options that were chosen, one row."""
    said: dict[tuple[int | None, ExtraQuestion], list[str]] = defaultdict(list)
    for answer in case.extra_answers.select_related("question", "option"):
        said[answer.issue_id, answer.question].append(_answer(answer))
    rows: Answers = defaultdict(list)
    for (issue, question), words in said.items():
        rows[issue].append(Row(str(question), "; ".join(words)))
    return rows


def _answer(answer: ExtraAnswer) -> str:
    kinds = ExtraQuestion.Kind
    try:
        if answer.question.kind == kinds.DATE:
            return formats.date_format(date.fromisoformat(answer.text), "DATE_FORMAT")
        if answer.question.kind == kinds.AMOUNT:
            return str(formats.number_format(Decimal(answer.text), force_grouping=True))
    except (ValueError, InvalidOperation):
        pass  # The question was of another kind when it was answered.
    return answer.words


def _people(case: Case) -> list[Part]:
    person = case.complainant
    about = _rows(person, OF_PERSON)
    if not person.is_anonymous:
        about.append(Row(_label(person, "reply_by"), person.get_reply_by_display()))
    if person.support_words:
        about.append(Row(_label(person, "support_needs"), person.support_words))
    if case.other_contact:
        about.append(Row(_label(case, "other_contact"), case.other_contact))
    names = dict(ConsentPurpose.choices)
    allowed = [str(names[c.purpose]) for c in case.consents.all() if c.is_given]
    if allowed:
        about.append(Row(_("What you allowed"), "; ".join(allowed)))
    parts = [Part(_("About you"), about)]
    if isinstance(case.representative, Party):
        acting = _rows(case.representative, OF_REPRESENTATIVE)
        parts.append(Part(_("Who acts for you"), acting))
    return parts


def _rows(row: Any, names: Sequence[str]) -> list[Row]:
    values = ((name, _value(row, name)) for name in names)
    return [Row(_label(row, name), value) for name, value in values if value]


def _label(row: Any, name: str) -> str:
    label = str(row._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _value(row: Any, name: str) -> str:
    value = getattr(row, name)
    if name == "remedies_wanted":
        return "; ".join(str(kind) for kind in value.all())
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if value is True:
        return _("Yes")
    return str(value or "")
