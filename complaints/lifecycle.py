"""The life of a case: what states it has, what may happen in each, who may do it and what it needs.

Read this file first, after the words in `complaints.states`. It imports nothing else of the app, so
that models, forms, views and the documentation can all derive from the one table `ACTIONS`; nothing
else changes a state. What an action does once it is allowed is in `complaints.actions`, who someone
is in `complaints.access`.

Clause numbers are those of ISO 10002:2018.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.states import (
    FINDINGS_WORST_FIRST,
    HIGH_SEVERITY,
    OPEN_STATES,
    PUBLIC_STATUS,
    AuthorityResult,
    Channel,
    ComplaintWish,
    ConsentPurpose,
    Finding,
    Kind,
    ModerationResult,
    Outcome,
    Priority,
    Role,
    Scale,
    ScopeReason,
    Severity,
    State,
)

if TYPE_CHECKING:
    from complaints.access import Actor
    from complaints.models import Case, Event

__all__ = [
    "ACTIONS",
    "FINDINGS_WORST_FIRST",
    "HIGH_SEVERITY",
    "OPEN_STATES",
    "PUBLIC_STATUS",
    "Action",
    "AuthorityResult",
    "Channel",
    "ComplaintWish",
    "ConsentPurpose",
    "Finding",
    "Kind",
    "ModerationResult",
    "Need",
    "Outcome",
    "Priority",
    "Refused",
    "Role",
    "Scale",
    "ScopeReason",
    "Severity",
    "State",
    "perform",
]

S = State
R = Role


@dataclass(frozen=True)
class Need:
    """One thing an action needs: what forms ask for and what `perform` insists on.

    `kind` is one of text, long_text, choice, yes_no, date, user, category, team, severity, scale,
    issue_findings, remedies, remedy, remedy_kind, amount, case.
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


STAFF = frozenset({R.HANDLER, R.LEAD})
REASON = Need("reason", "long_text", _("Reason"))


def _table(*rows: Action) -> dict[str, Action]:
    return {row.name: row for row in rows}


ACTIONS: Mapping[str, Action] = _table(
    Action(
        "moderate",
        _("Moderate"),
        pgettext_lazy("timeline", "moderated"),
        frozenset({S.RECEIVED}),
        (S.OPEN, S.CLOSED),
        STAFF,
        (
            Need("result", "choice", _("What to do with it"), choices=ModerationResult),
            Need("kind", "choice", _("What it is"), choices=Kind, required=False),
            Need("category", "category", _("Category"), required=False),
            Need("team", "team", _("Team"), required=False),
            Need(
                "scope_reason",
                "choice",
                _("Why it is out of scope"),
                choices=ScopeReason,
                required=False,
                hint=_("Needed when it is out of scope."),
            ),
            Need(
                "detail",
                "long_text",
                _("Explanation to the sender"),
                required=False,
                hint=_("Needed when it is out of scope: say where the sender can go instead."),
            ),
            Need(
                "duplicate_of",
                "case",
                _("Reference of the case it repeats"),
                required=False,
            ),
        ),
        icon="view",
        clause="7.2",
    ),
    Action(
        "release",
        _("No spam: release it"),
        pgettext_lazy("timeline", "released it: it is no spam"),
        frozenset({S.RECEIVED}),
        (),
        STAFF,
        icon="lock-open",
        clause="4.9",
    ),
    Action(
        "acknowledge",
        _("Record acknowledgement"),
        pgettext_lazy("timeline", "acknowledged"),
        frozenset({S.RECEIVED, S.OPEN}),
        (),
        frozenset({R.SYSTEM, R.HANDLER, R.LEAD}),
        (Need("how", "text", _("How the complainant was told"), required=False),),
        icon="check",
        clause="7.4",
    ),
    Action(
        "assess",
        _("Assess"),
        pgettext_lazy("timeline", "assessed"),
        frozenset({S.OPEN}),
        (),
        STAFF,
        (
            Need("severity", "severity", _("How serious is it for the person?")),
            Need("safety", "yes_no", _("Is anyone's safety at risk?"), required=False),
            Need("complexity", "scale", _("How complex is it?"), choices=Scale),
            Need(
                "impact",
                "scale",
                _("How far does it reach? (people, money, time)"),
                choices=Scale,
            ),
            Need(
                "immediate_needed", "yes_no", _("Must something be done at once?"), required=False
            ),
            Need(
                "immediate_possible", "yes_no", _("Can something be done at once?"), required=False
            ),
            Need(
                "vulnerable", "yes_no", _("Does the person need special support?"), required=False
            ),
            Need(
                "priority",
                "choice",
                _("Priority"),
                choices=Priority,
                required=False,
                hint=_("Leave empty to take the proposed priority."),
            ),
            Need(
                "reason",
                "long_text",
                _("Reason for another priority than proposed"),
                required=False,
            ),
        ),
        icon="list-ol",
        clause="7.5",
    ),
    Action(
        "assign",
        _("Assign"),
        pgettext_lazy("timeline", "assigned"),
        OPEN_STATES,
        (),
        STAFF,
        (Need("handler", "user", _("Who handles it")),),
        icon="user",
        clause="4.12",
    ),
    Action(
        "new_key",
        _("Send a new key"),
        pgettext_lazy("timeline", "sent a new key"),
        frozenset(S),
        (),
        STAFF | {R.SYSTEM},
        (Need("reason", "long_text", _("How you made sure that it is this person")),),
        icon="key",
        clause="7.3",
    ),
    Action(
        "declare_conflict",
        _("I have a conflict of interest"),
        pgettext_lazy("timeline", "declared a conflict of interest"),
        OPEN_STATES,
        (),
        STAFF,
        (REASON,),
        icon="no-view",
        clause="annex D",
    ),
    Action(
        "set_confidential",
        _("Change confidentiality"),
        pgettext_lazy("timeline", "changed the confidentiality"),
        OPEN_STATES,
        (),
        STAFF,
        (
            Need("confidential", "yes_no", _("Confidential"), required=False),
            REASON,
        ),
        icon="lock",
        clause="4.10",
    ),
    Action(
        "change_kind",
        _("Change the kind"),
        pgettext_lazy("timeline", "changed the kind"),
        OPEN_STATES,
        (),
        STAFF,
        (Need("kind", "choice", _("What it is"), choices=Kind), REASON),
        icon="resubmit",
        clause="7.2",
    ),
    Action(
        "make_complaint",
        _("Handle as a complaint"),
        pgettext_lazy("timeline", "turned it into a complaint"),
        frozenset({S.RECEIVED, S.OPEN}),
        (),
        STAFF,
        kinds=frozenset(Kind) - {Kind.COMPLAINT},
        icon="resubmit",
        clause="7.2",
    ),
    Action(
        "confirm_complaint",
        _("Yes, handle it as a complaint"),
        pgettext_lazy("timeline", "wants it handled as a complaint"),
        OPEN_STATES,
        (),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        kinds=frozenset({Kind.COMPLAINT}),
        icon="check",
        clause="7.2",
    ),
    Action(
        "decline_complaint",
        _("No, it was only feedback"),
        pgettext_lazy("timeline", "does not want it handled as a complaint"),
        frozenset({S.RECEIVED, S.OPEN}),
        (),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        kinds=frozenset({Kind.COMPLAINT}),
        icon="cross",
        clause="7.2",
    ),
    Action(
        "check_authority",
        _("Check the permission to act"),
        pgettext_lazy("timeline", "checked the permission to act for the complainant"),
        frozenset(S),
        (),
        STAFF,
        (
            Need("result", "choice", _("What you found"), choices=AuthorityResult),
            Need(
                "scope",
                "text",
                _("What it covers"),
                required=False,
                hint=_("For example: this complaint, letters and telephone calls."),
            ),
            Need("until", "date", _("Until when"), required=False),
            Need(
                "text",
                "long_text",
                _("What is missing, as they will read it"),
                required=False,
                hint=_("Needed when it is not enough."),
            ),
        ),
        icon="user",
        clause="4.10",
    ),
    Action(
        "record_told",
        _("Record a call or a letter"),
        pgettext_lazy("timeline", "told the complainant by telephone or letter"),
        frozenset(S),
        (),
        STAFF,
        (Need("how", "text", _("How and when the complainant was told")),),
        icon="mail",
        clause="7.8",
    ),
    Action(
        "withdraw_permission",
        _("Take a permission back"),
        pgettext_lazy("timeline", "took a permission back"),
        frozenset(S),
        (),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        (Need("purpose", "choice", _("Which permission"), choices=ConsentPurpose),),
        icon="cross",
        clause="4.10",
    ),
    Action(
        "investigate",
        _("Start investigating"),
        pgettext_lazy("timeline", "started the investigation"),
        frozenset({S.OPEN}),
        (S.INVESTIGATING,),
        STAFF,
        (
            Need(
                "plan",
                "long_text",
                _("Plan: questions to answer, people to ask, evidence to look at"),
                required=False,
                hint=_("Needed when the case is serious."),
            ),
        ),
        frozenset({Kind.COMPLAINT}),
        icon="search",
        clause="7.6",
    ),
    Action(
        "ask",
        _("Ask the complainant"),
        pgettext_lazy("timeline", "asked the complainant a question"),
        frozenset({S.OPEN, S.INVESTIGATING, S.REVIEWING}),
        (S.WAITING,),
        STAFF,
        (Need("text", "long_text", _("Question")),),
        icon="help",
        clause="7.6",
    ),
    Action(
        "reply",
        _("Record a reply"),
        pgettext_lazy("timeline", "replied"),
        frozenset(S),
        (S.OPEN, S.INVESTIGATING, S.REVIEWING),
        frozenset({R.COMPLAINANT, R.SYSTEM, R.HANDLER, R.LEAD}),
        (Need("text", "long_text", _("What the complainant said")),),
        icon="comment",
        clause="7.3",
    ),
    Action(
        "note",
        _("Keep internal note"),
        pgettext_lazy("timeline", "wrote an internal note"),
        frozenset(S),
        (),
        STAFF,
        (Need("text", "long_text", _("Internal note")),),
        icon="edit",
        clause="7.3",
    ),
    Action(
        "update",
        _("Send an update"),
        pgettext_lazy("timeline", "sent an update"),
        frozenset({S.OPEN, S.INVESTIGATING, S.WAITING, S.DECIDING, S.REVIEWING, S.REFERRED}),
        (),
        STAFF,
        (Need("text", "long_text", _("Message to the complainant")),),
        icon="mail",
        clause="7.3",
    ),
    Action(
        "put_right",
        _("Put right without a claim"),
        pgettext_lazy("timeline", "put it right without being asked"),
        frozenset({S.OPEN}),
        (S.PUTTING_RIGHT,),
        frozenset({R.LEAD}),
        (
            Need("remedy_kind", "remedy_kind", _("What we do to put it right")),
            Need("description", "text", _("In detail"), required=False),
            Need("amount", "amount", _("Amount"), required=False),
            Need("due_on", "date", _("By when"), required=False),
            Need("cause", "text", _("What caused it")),
            Need("text", "long_text", _("Message to the customer")),
        ),
        frozenset({Kind.COMPLAINT}),
        icon="success",
        clause="ISO 10001, 6.4",
    ),
    Action(
        "propose",
        _("Propose the answer"),
        pgettext_lazy("timeline", "proposed the answer"),
        frozenset({S.OPEN, S.INVESTIGATING, S.REVIEWING}),
        (S.DECIDING, S.ANSWERED),
        STAFF,
        (
            Need("findings", "issue_findings", _("Finding and reasons for every issue")),
            Need("remedies", "remedies", _("What we do to put it right"), required=False),
            Need(
                "cause",
                "text",
                _("What caused it"),
                required=False,
                hint=_("Needed when an issue is upheld."),
            ),
            Need("answer", "long_text", _("Answer to the complainant")),
            Need(
                "others_affected",
                "long_text",
                _("Are others affected?"),
                hint=_("Say who and what is done for them, or why nobody else is."),
            ),
            Need(
                "external_route",
                "long_text",
                _("Where the complainant can go outside"),
                required=False,
                hint=_("Leave empty when no outside body applies: the answer will say so."),
            ),
        ),
        icon="form",
        clause="7.7",
    ),
    Action(
        "approve",
        _("Approve and send"),
        pgettext_lazy("timeline", "approved the answer"),
        frozenset({S.DECIDING}),
        (S.ANSWERED,),
        frozenset({R.LEAD}),
        (
            Need(
                "checked",
                "yes_no",
                _("I have checked that the answer is fair, complete and respectful"),
                required=False,
                hint=_("Needed when the case is serious or contested."),
            ),
        ),
        icon="check",
        clause="7.8",
    ),
    Action(
        "return",
        _("Send back"),
        pgettext_lazy("timeline", "sent the answer back"),
        frozenset({S.DECIDING}),
        (S.OPEN, S.INVESTIGATING, S.REVIEWING),
        frozenset({R.LEAD}),
        (REASON,),
        icon="arrow-left",
        clause="7.7",
    ),
    Action(
        "accept",
        _("Accept the answer"),
        pgettext_lazy("timeline", "accepted the answer"),
        frozenset({S.ANSWERED}),
        (S.PUTTING_RIGHT, S.CLOSED),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        (),
        icon="check",
        clause="7.9",
    ),
    Action(
        "reject",
        _("Reject the answer"),
        pgettext_lazy("timeline", "rejected the answer"),
        frozenset({S.ANSWERED}),
        (),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        (Need("text", "long_text", _("What is not right about it"), required=False),),
        icon="cross",
        clause="7.9",
    ),
    Action(
        "request_review",
        _("Ask for a review"),
        pgettext_lazy("timeline", "asked for a review"),
        frozenset({S.ANSWERED}),
        (S.REVIEWING,),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        (),
        frozenset({Kind.COMPLAINT}),
        icon="rotate",
        clause="annex G",
    ),
    Action(
        "deliver_remedy",
        _("Record delivery of a remedy"),
        pgettext_lazy("timeline", "recorded the delivery of a remedy"),
        frozenset({S.ANSWERED, S.PUTTING_RIGHT}),
        (),
        STAFF,
        (
            Need("remedy", "remedy", _("Remedy")),
            Need("proof", "long_text", _("Proof that it was delivered")),
        ),
        icon="upload",
        clause="7.9",
    ),
    Action(
        "verify_remedy",
        _("Verify a remedy"),
        pgettext_lazy("timeline", "verified a remedy"),
        frozenset({S.ANSWERED, S.PUTTING_RIGHT}),
        (),
        STAFF,
        (Need("remedy", "remedy", _("Remedy")),),
        icon="check",
        clause="7.9",
    ),
    Action(
        "resolve_early",
        _("Resolve early"),
        pgettext_lazy("timeline", "resolved it early"),
        frozenset({S.RECEIVED, S.OPEN}),
        (S.CLOSED,),
        STAFF,
        (
            Need("text", "long_text", _("What was done, as the complainant will read it")),
            Need("agreed", "yes_no", _("The complainant agrees")),
        ),
        frozenset({Kind.COMPLAINT}),
        icon="success",
        clause="7.5",
    ),
    Action(
        "withdraw",
        _("Withdraw"),
        pgettext_lazy("timeline", "withdrew it"),
        OPEN_STATES,
        (S.CLOSED,),
        frozenset({R.COMPLAINANT, R.HANDLER, R.LEAD}),
        (Need("text", "long_text", _("What the complainant said"), required=False),),
        icon="cross",
        clause="7.9",
    ),
    Action(
        "close",
        pgettext_lazy("action on a case", "Close"),
        pgettext_lazy("timeline", "closed it"),
        frozenset({S.ANSWERED, S.PUTTING_RIGHT, S.OPEN}),
        (S.CLOSED,),
        frozenset({R.HANDLER, R.LEAD, R.SYSTEM}),
        (
            Need("text", "long_text", _("Last words to the person"), required=False),
            Need(
                "lesson",
                "long_text",
                _("What we learnt"),
                required=False,
                hint=_("Needed when an issue is upheld."),
            ),
        ),
        icon="success",
        clause="7.9",
    ),
    Action(
        "reopen",
        _("Reopen"),
        pgettext_lazy("timeline", "reopened it"),
        frozenset({S.CLOSED}),
        (S.INVESTIGATING,),
        frozenset({R.LEAD, R.COMPLAINANT}),
        (REASON,),
        icon="history",
        clause="7.9",
    ),
)


class Refused(Exception):
    """An action that was not done. `message` says why, in words a person can act on.

    `code` is one of changed, not_possible, not_allowed, conflict, missing.
    `fields` names the needs that are missing or wrong, name -> words.
    """

    def __init__(
        self,
        message: str | LazyText,
        code: str = "not_possible",
        fields: Mapping[str, str | LazyText] | None = None,
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.code = code
        self.fields = dict(fields or {})


def perform(
    case: Case,
    action: str,
    *,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    now: datetime | None = None,
    seen_version: int | None = None,
) -> Event:
    """Do one action on a case, or raise `Refused`: the only door through which a state changes.

    Locks the row, checks state, rights, conflicts of interest and needs, writes and appends the
    event,
    all in one transaction; people are told after commit. `seen_version` is the case's version the
    actor
    looked at: if somebody else has acted since, the action is refused with what changed.
    `case` is refreshed to the new state.
    """
    from complaints.actions.performing import perform_action

    return perform_action(
        case, ACTIONS[action], actor=actor, data=data or {}, now=now, seen_version=seen_version
    )
