"""Delivering what was promised, and the ways a case ends (7.9)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import REASON, STAFF, Action, Need
from complaints.states import OPEN_STATES, Kind, Role, State

ROWS = (
    Action(
        "deliver_remedy",
        _("Record delivery of a remedy"),
        pgettext_lazy("timeline", "recorded the delivery of a remedy"),
        frozenset({State.ANSWERED, State.PUTTING_RIGHT}),
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
        frozenset({State.ANSWERED, State.PUTTING_RIGHT}),
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
        frozenset({State.RECEIVED, State.OPEN}),
        (State.CLOSED,),
        STAFF,
        (
            Need("text", "long_text", _("What was done, as the complainant will read it")),
            Need("agreed", "yes_no", _("The complainant agrees")),
            Need("remedy_kind", "remedy_kind", _("What they got"), required=False),
            Need("amount", "amount", _("Amount"), required=False),
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
        (State.CLOSED,),
        frozenset({Role.COMPLAINANT, Role.HANDLER, Role.LEAD}),
        (Need("text", "long_text", _("What the complainant said"), required=False),),
        icon="cross",
        clause="7.9",
    ),
    Action(
        "close",
        pgettext_lazy("action on a case", "Close"),
        pgettext_lazy("timeline", "closed it"),
        frozenset({State.ANSWERED, State.PUTTING_RIGHT, State.OPEN}),
        (State.CLOSED,),
        frozenset({Role.HANDLER, Role.LEAD, Role.SYSTEM}),
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
        frozenset({State.CLOSED}),
        (State.INVESTIGATING,),
        frozenset({Role.LEAD, Role.COMPLAINANT}),
        (REASON,),
        icon="history",
        clause="7.9",
    ),
)
