"""Those a case is about, those who need protection, and those who were harmed too (annex D, F)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import REASON, STAFF, Action, Need
from complaints.states import (
    OPEN_STATES,
    NamedStep,
    RestrictionMeasure,
    ReviewOfRestriction,
    Role,
    State,
)

ROWS = (
    Action(
        "name_staff",
        _("A colleague is complained about"),
        pgettext_lazy("timeline", "noted that it is about a colleague"),
        OPEN_STATES,
        (),
        STAFF,
        (
            Need(
                "colleague",
                "colleague",
                _("Who"),
                hint=_("From then on they can't see the case."),
            ),
            REASON,
        ),
        icon="user",
        clause="annex D",
    ),
    Action(
        "record_named",
        _("Record what was done for the colleague"),
        pgettext_lazy("timeline", "recorded what was done for the colleague concerned"),
        frozenset(State),
        (),
        STAFF,
        (
            Need("named", "named", _("Who")),
            Need("step", "choice", _("What was done"), choices=NamedStep),
            Need(
                "account",
                "long_text",
                _("Their account"),
                required=False,
                hint=_("Needed when they were heard: what they said, or that they chose not to."),
            ),
        ),
        icon="form",
        clause="annex D",
    ),
    Action(
        "restrict_contact",
        _("Limit contact"),
        pgettext_lazy("timeline", "limited contact"),
        OPEN_STATES,
        (),
        frozenset({Role.LEAD}),
        (
            Need("measure", "choice", _("How"), choices=RestrictionMeasure),
            Need("until", "date", _("Until when")),
            REASON,
            Need(
                "text",
                "long_text",
                _("Message to the person"),
                hint=_("Say why, until when, and that they can object by replying."),
            ),
        ),
        icon="warning",
        clause="annex D",
    ),
    Action(
        "review_restriction",
        _("Look at the limit on contact again"),
        pgettext_lazy("timeline", "looked at the limit on contact again"),
        frozenset(State),
        (),
        frozenset({Role.LEAD}),
        (
            Need("result", "choice", _("What you decided"), choices=ReviewOfRestriction),
            Need("appeal", "long_text", _("What the person objected"), required=False),
            REASON,
            Need("text", "long_text", _("Message to the person")),
        ),
        icon="rotate",
        clause="annex D",
    ),
    Action(
        "record_outreach",
        _("Record what was done for others"),
        pgettext_lazy("timeline", "recorded what was done for others"),
        frozenset(State),
        (),
        STAFF,
        (
            Need("outreach", "outreach", _("For whom")),
            Need("result", "long_text", _("What was done")),
            Need("reached", "number", _("How many people got something"), required=False),
        ),
        icon="group",
        clause="annex F",
    ),
    Action(
        "hold",
        _("Keep everything: put it on hold"),
        pgettext_lazy("timeline", "put it on hold"),
        frozenset(State),
        (),
        frozenset({Role.LEAD, Role.PRIVACY}),
        (REASON,),
        icon="lock",
        clause="8.1",
    ),
    Action(
        "release_hold",
        _("End the hold"),
        pgettext_lazy("timeline", "ended the hold"),
        frozenset(State),
        (),
        frozenset({Role.LEAD, Role.PRIVACY}),
        (REASON,),
        icon="lock-open",
        clause="8.1",
    ),
)
