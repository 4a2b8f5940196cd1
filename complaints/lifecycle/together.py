"""Several cases, issues and colleagues: what is put together, handed over and taken apart."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import REASON, STAFF, Action, Need
from complaints.states import OPEN_STATES, LinkKind, Role, State

OTHER_CASE = Need("other", "case", _("Reference of the other case"))

ROWS = (
    Action(
        "recategorise",
        _("Change category or team"),
        pgettext_lazy("timeline", "changed category or team"),
        OPEN_STATES - {State.RECEIVED},
        (),
        STAFF,
        (
            Need("issue", "issue", _("Which problem"), required=False),
            Need("category", "category", _("Category")),
            Need("team", "team", _("Team"), required=False),
            REASON,
        ),
        icon="tag",
        clause="7.5",
    ),
    Action(
        "set_promises",
        _("Say which promise it is about"),
        pgettext_lazy("timeline", "said which promise it is about"),
        OPEN_STATES,
        (),
        STAFF,
        (
            Need("issue", "issue", _("Which problem"), required=False),
            Need("promise", "promise", _("Promise"), required=False, hint=_("Empty: none.")),
            REASON,
        ),
        icon="clipboard-list",
        clause="7.2",
    ),
    Action(
        "extend",
        _("Take more time"),
        pgettext_lazy("timeline", "took more time"),
        #: While a question is with the complainant the time stands still anyway.
        OPEN_STATES
        - {State.RECEIVED, State.WAITING, State.ANSWERED, State.PUTTING_RIGHT, State.REFERRED},
        (),
        frozenset({Role.LEAD}),
        (
            Need("until", "date", _("New last day for the answer")),
            Need(
                "text",
                "long_text",
                _("Reason, as the complainant will read it"),
                hint=_("They are told before the old last day, with the new one."),
            ),
        ),
        icon="date",
        clause="7.4",
    ),
    Action(
        "hand_over",
        _("Hand over to a colleague"),
        pgettext_lazy("timeline", "handed it over"),
        OPEN_STATES,
        (),
        STAFF | {Role.SYSTEM},
        (
            Need(
                "handler",
                "user",
                _("Who handles it now"),
                hint=_("The complainant is told whom to turn to."),
            ),
            Need("reason", "long_text", _("What your colleague should know"), required=False),
        ),
        icon="user",
        clause="4.3",
    ),
    Action(
        "translate",
        _("Add a translation"),
        pgettext_lazy("timeline", "added a translation"),
        frozenset(State),
        (),
        STAFF,
        (
            Need("message", "message", _("Of what")),
            Need("language", "language", _("Language of the translation")),
            Need("text", "long_text", _("Translation")),
        ),
        icon="globe",
        clause="4.9",
    ),
    Action(
        "link",
        _("Link with another case"),
        pgettext_lazy("timeline", "linked it with another case"),
        OPEN_STATES,
        (),
        STAFF,
        (
            OTHER_CASE,
            Need("link_kind", "choice", _("How they belong together"), choices=LinkKind),
        ),
        icon="link",
        clause="7.2",
    ),
    Action(
        "unlink",
        _("Take a link away"),
        pgettext_lazy("timeline", "took a link away"),
        frozenset(State),
        (),
        STAFF,
        (Need("linked", "linked", _("Which case")),),
        icon="link-external",
        clause="7.2",
    ),
    Action(
        "merge",
        _("Join with another case of the same person"),
        pgettext_lazy("timeline", "joined it with another case"),
        OPEN_STATES - {State.ANSWERED, State.PUTTING_RIGHT, State.REFERRED},
        (State.CLOSED,),
        STAFF,
        (OTHER_CASE, REASON),
        icon="resubmit",
        clause="7.2",
    ),
    Action(
        "unmerge",
        _("Take it apart again"),
        pgettext_lazy("timeline", "took it apart again"),
        frozenset({State.CLOSED}),
        tuple(state for state in State if state in OPEN_STATES),
        STAFF,
        (REASON,),
        icon="circle-xmark",
        clause="7.2",
    ),
    Action(
        "split",
        _("Make a case of its own"),
        pgettext_lazy("timeline", "made a case of its own of a part"),
        OPEN_STATES - {State.RECEIVED, State.ANSWERED, State.PUTTING_RIGHT, State.REFERRED},
        (),
        STAFF,
        (
            Need("issues", "issues", _("Which problems go into a new case")),
            REASON,
        ),
        icon="cut",
        clause="7.2",
    ),
)
