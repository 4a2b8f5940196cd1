"""How serious it is, who works on it, and who must not (7.5, 7.6, 4.7)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import REASON, STAFF, Action, Need
from complaints.states import OPEN_STATES, Kind, Priority, Route, Scale, State

ROWS = (
    Action(
        "assess",
        _("Assess"),
        pgettext_lazy("timeline", "assessed"),
        frozenset({State.OPEN}),
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
                "route",
                "choice",
                _("Which way it goes"),
                choices=Route,
                required=False,
                hint=_("Leave empty to take the proposed way."),
            ),
            Need(
                "reason",
                "long_text",
                _("Reason for another priority or way than proposed"),
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
        "investigate",
        _("Start investigating"),
        pgettext_lazy("timeline", "started the investigation"),
        frozenset({State.OPEN}),
        (State.INVESTIGATING,),
        STAFF,
        (
            Need(
                "plan",
                "long_text",
                _("Plan: questions to answer, people to ask, evidence to look at"),
                required=False,
                hint=_("Needed when the case is serious, or goes by a plan."),
            ),
        ),
        frozenset({Kind.COMPLAINT}),
        icon="search",
        clause="7.6",
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
)
