"""Questions, replies, notes, keys and permissions (7.3, 7.6)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import STAFF, Action, Need
from complaints.states import OPEN_STATES, AuthorityResult, ConsentPurpose, Role, State

ROWS = (
    Action(
        "ask",
        _("Ask the complainant"),
        pgettext_lazy("timeline", "asked the complainant a question"),
        frozenset({State.OPEN, State.INVESTIGATING, State.REVIEWING}),
        (State.WAITING,),
        STAFF,
        (Need("text", "long_text", _("Question")),),
        icon="help",
        clause="7.6",
    ),
    Action(
        "reply",
        _("Record a reply"),
        pgettext_lazy("timeline", "replied"),
        frozenset(State),
        (State.OPEN, State.INVESTIGATING, State.REVIEWING),
        frozenset({Role.COMPLAINANT, Role.SYSTEM, Role.HANDLER, Role.LEAD}),
        (Need("text", "long_text", _("What the complainant said")),),
        icon="comment",
        clause="7.3",
    ),
    Action(
        "note",
        _("Keep internal note"),
        pgettext_lazy("timeline", "wrote an internal note"),
        frozenset(State),
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
        OPEN_STATES - {State.RECEIVED, State.ANSWERED, State.PUTTING_RIGHT},
        (),
        STAFF,
        (Need("text", "long_text", _("Message to the complainant")),),
        icon="mail",
        clause="7.3",
    ),
    Action(
        "new_key",
        _("Send a new key"),
        pgettext_lazy("timeline", "sent a new key"),
        frozenset(State),
        (),
        STAFF | {Role.SYSTEM},
        (Need("reason", "long_text", _("How you made sure that it is this person")),),
        icon="key",
        clause="7.3",
    ),
    Action(
        "check_authority",
        _("Check the permission to act"),
        pgettext_lazy("timeline", "checked the permission to act for the complainant"),
        frozenset(State),
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
        frozenset(State),
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
        frozenset(State),
        (),
        frozenset({Role.COMPLAINANT, Role.HANDLER, Role.LEAD}),
        (Need("purpose", "choice", _("Which permission"), choices=ConsentPurpose),),
        icon="cross",
        clause="4.10",
    ),
)
