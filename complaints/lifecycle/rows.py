"""What a row of the table is: an action, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.states import Kind, Role


@dataclass(frozen=True)
class Need:
    """One thing an action needs: what forms ask for and what `perform` insists on.

    `kind` is one of text, long_text, choice, yes_no, date, user, colleague, category, team,
    severity, scale, issue, issues, issue_findings, promise, remedies, remedy, remedy_kind, amount,
    number, case, linked, named, cause, checklist, outreach, message, language, file.
    """

    name: str
    kind: str
    label: LazyText
    required: bool = True
    choices: type[TextChoices] | None = None
    hint: LazyText | None = None


@dataclass(frozen=True)
class Action:
    """One row of the table."""

    name: str
    label: LazyText
    says: LazyText
    sources: frozenset[str]
    #: Where it leads: None keeps the state, one state, or several among which the action decides.
    targets: tuple[str, ...] = ()
    who: frozenset[str] = frozenset()
    needs: tuple[Need, ...] = ()
    kinds: frozenset[str] = field(default_factory=lambda: frozenset(Kind))
    icon: str = "arrow-right"
    clause: str = ""


#: Who works on a case.
STAFF = frozenset({Role.HANDLER, Role.LEAD})
REASON = Need("reason", "long_text", _("Reason"))
