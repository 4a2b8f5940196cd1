"""Reading what came in and saying what it is (7.2–7.4)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import REASON, STAFF, Action, Need
from complaints.states import OPEN_STATES, Kind, ModerationResult, Role, ScopeReason, State

ROWS = (
    Action(
        "moderate",
        _("Moderate"),
        pgettext_lazy("timeline", "moderated"),
        frozenset({State.RECEIVED}),
        (State.OPEN, State.CLOSED),
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
        frozenset({State.RECEIVED}),
        (),
        STAFF,
        icon="lock-open",
        clause="4.9",
    ),
    Action(
        "acknowledge",
        _("Record acknowledgement"),
        pgettext_lazy("timeline", "acknowledged"),
        frozenset({State.RECEIVED, State.OPEN}),
        (),
        frozenset({Role.SYSTEM, Role.HANDLER, Role.LEAD}),
        (Need("how", "text", _("How the complainant was told"), required=False),),
        icon="check",
        clause="7.4",
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
        frozenset({State.RECEIVED, State.OPEN}),
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
        frozenset({Role.COMPLAINANT, Role.HANDLER, Role.LEAD}),
        kinds=frozenset({Kind.COMPLAINT}),
        icon="check",
        clause="7.2",
    ),
    Action(
        "decline_complaint",
        _("No, it was only feedback"),
        pgettext_lazy("timeline", "does not want it handled as a complaint"),
        frozenset({State.RECEIVED, State.OPEN}),
        (),
        frozenset({Role.COMPLAINANT, Role.HANDLER, Role.LEAD}),
        kinds=frozenset({Kind.COMPLAINT}),
        icon="cross",
        clause="7.2",
    ),
)
