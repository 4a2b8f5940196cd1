"""The form of a proposed answer: a finding for every issue, and rows of remedies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from complaints.authority import lacks_amount
from complaints.backoffice.action_fields import PersonField, asking_kindly, people_to_assign
from complaints.backoffice.action_form import ActionForm
from complaints.backoffice.appearance import person_name
from complaints.backoffice.writing import MINE, Shown
from complaints.lifecycle import Finding
from complaints.models import Case, Decision, Issue, Remedy, RemedyKind

ChoiceList = tuple[Any, list[tuple[Any, Any]]]
ROWS = 3
MOST_ROWS = 20


#: What the letter takes from the form, in the order in which it stands in the letter.
IN_THE_LETTER = {
    _("What changes"): ("prevention",),
    _("The letter"): ("answer", "external_route"),
}
FOR_STAFF = _("For colleagues only")
#: What a proposal that was sent back begins with.
FROM_DECISION = ("answer", "external_route", "prevention", "both_sides", "others")


@dataclass(frozen=True)
class Group:
    heading: Any
    names: list[str]
    is_internal: bool = False


class RemedyRow(forms.Form):
    """One thing promised. A row without a kind is no row."""

    kind: Any = forms.ModelChoiceField(
        label=_("What"), queryset=RemedyKind.objects.none(), required=False
    )
    description = forms.CharField(label=_("In detail"), max_length=300, required=False)
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    owner = PersonField(label=_("Who does it"), queryset=RemedyKind.objects.none(), required=False)
    due_on = forms.DateField(label=_("By when"), widget=AdminDateInput, required=False)

    def __init__(
        self, *args: Any, lists: dict[str, ChoiceList], language: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if language:
            words = _("%(label)s – in %(language)s")
            label = self.fields["description"].label
            self.fields["description"].label = words % {"label": label, "language": language}
        for name, (queryset, choices) in lists.items():
            field: Any = self.fields[name]
            field.queryset = queryset
            # Read once for all rows instead of once for each.
            field.widget.choices = choices

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = values.get("kind")
        if kind and "amount" in values and lacks_amount(kind, values["amount"]):
            self.add_error("amount", _("Fill this in."))
        if not kind and any(values.get(n) for n in ("description", "amount")):
            self.add_error("kind", _("Choose what it is, or empty this row."))
        return values


RemedyRows = forms.formset_factory(RemedyRow, extra=ROWS, absolute_max=MOST_ROWS, max_num=MOST_ROWS)


class ProposalForm(ActionForm):
    """`propose` with its findings and remedies."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for issue in self.issues:
            finding = forms.ChoiceField(
                label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect
            )
            reasons = forms.CharField(
                label=_("Reasons"),
                help_text=_("What you found out, and how. The complainant reads this."),
                widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
            )
            self.fields[f"finding_{issue.pk}"] = asking_kindly(finding)
            self.fields[f"reasons_{issue.pk}"] = asking_kindly(reasons)
            self.add_language(f"reasons_{issue.pk}")
        # As on the screen, so that the list of what is missing reads from top to bottom.
        in_groups = [name for group in self.groups() for name in group.names]
        self.order_fields([n for n in self.fields if n[-1].isdigit()] + in_groups)

    @cached_property
    def issues(self) -> list[Issue]:
        return list(self.case.issues.select_related("category", "promise"))

    def first_values(self) -> dict[str, Any]:
        values = super().first_values()
        for issue in self.issues:
            values[f"finding_{issue.pk}"] = issue.finding
            values[f"reasons_{issue.pk}"] = issue.reasons
        # What was sent back is where the next proposal begins.
        returned = self.case.decisions.order_by("-number").first()
        if returned is not None and returned.sent_at is None:
            values |= {name: getattr(returned, name) for name in FROM_DECISION}
            values |= self._as_written(returned)
        return values

    def _as_written(self, decision: Decision) -> dict[str, Any]:
        """What its author wrote before it was translated, where the writer reads that language."""
        if decision.source_language != self.mine.code:
            return {}
        written = {f"source_{name}": words for name, words in decision.sources.items()}
        return written | {"write_in": MINE}

    @cached_property
    def rows(self) -> Any:
        """The formset of remedies; "another row" adds one without checking the rest."""
        data: Any = self.data if self.is_bound else None
        if data is not None and "another_remedy" in data:
            data = data.copy()
            key = "remedies-TOTAL_FORMS"
            shown = data.get(key, "")
            rows = int(shown) if shown.isdecimal() else ROWS
            data[key] = str(min(rows + 1, MOST_ROWS))
        return RemedyRows(
            data,
            prefix="remedies",
            initial=None if data is not None else self._proposed_before(self.case),
            form_kwargs={"lists": self._lists(), "language": self._language_to_name()},
        )

    def _language_to_name(self) -> str:
        return self.theirs.name if self.two_languages else ""

    def _lists(self) -> dict[str, ChoiceList]:
        kinds = RemedyKind.objects.filter(is_active=True)
        people = people_to_assign(self.case)
        return {
            "kind": (kinds, [("", "—"), *((kind.pk, str(kind)) for kind in kinds)]),
            "owner": (
                people,
                [("", _("The handler")), *((user.pk, person_name(user)) for user in people)],
            ),
        }

    @staticmethod
    def _proposed_before(case: Case) -> list[dict[str, Any]]:
        names = ("kind", "description", "amount", "owner", "due_on")
        remedies: Any = Remedy.objects.filter(case=case, promised_at=None)
        return [{name: getattr(remedy, name) for name in names} for remedy in remedies]

    def finding_fields(self) -> list[tuple[Issue, Any, list[Shown]]]:
        """(issue, finding, reasons) for the template."""
        return [
            (issue, self[f"finding_{issue.pk}"], self.shown([f"reasons_{issue.pk}"]))
            for issue in self.issues
        ]

    def groups(self) -> list[Group]:
        """The rest of the form: what the complainant reads, then what only staff read."""
        plain = [n for n in self.fields if not n[-1].isdigit() and not self.is_aid(n)]
        shown = [name for name in plain if not self.fields[name].widget.is_hidden]
        read = [name for names in IN_THE_LETTER.values() for name in names]
        groups = [
            Group(heading, [name for name in names if name in shown])
            for heading, names in IN_THE_LETTER.items()
        ]
        rest = [name for name in shown if name not in read]
        return [
            *(group for group in groups if group.names),
            Group(FOR_STAFF, rest, is_internal=True),
        ]

    def fields_in_groups(self) -> list[tuple[Group, list[Shown]]]:
        return [(group, self.shown(group.names)) for group in self.groups()]

    def is_valid(self) -> bool:
        form_fits, rows_fit = super().is_valid(), self.rows.is_valid()
        return form_fits and rows_fit

    def leave_unchecked(self) -> None:
        super().leave_unchecked()
        for row in self.rows.forms:
            row._errors, row.cleaned_data = ErrorDict(), {}
        self.rows._errors = [{} for _row in self.rows.forms]
        self.rows._non_form_errors = ErrorList()

    @property
    def row_errors(self) -> bool:
        """Something in the rows of remedies needs another look."""
        return self.is_bound and bool(self.rows.total_error_count())

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().answers() | {
            "findings": {
                issue.pk: (cleaned[f"finding_{issue.pk}"], cleaned[f"reasons_{issue.pk}"])
                for issue in self.issues
            },
            "remedies": [row.cleaned_data for row in self.rows if row.cleaned_data.get("kind")],
        }
