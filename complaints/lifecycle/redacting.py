"""Data that needs special protection: marked, and blacked out (GDPR 9 and 10)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle.rows import REASON, STAFF, Action, Need
from complaints.states import DataCondition, Role, State, WhatBecomes, WhyBlackedOut

WHY = Need("why", "choice", _("What it is"), choices=WhyBlackedOut)
BECOMES = Need("original", "choice", _("What becomes of the original"), choices=WhatBecomes)

ROWS = (
    Action(
        "mark_sensitive",
        _("Mark specially protected data"),
        pgettext_lazy("timeline", "changed what is noted about specially protected data"),
        frozenset(State),
        (),
        STAFF | {Role.PRIVACY},
        (
            Need(
                "condition",
                "choice",
                _("Why we may hold it"),
                choices=DataCondition,
                hint=_("The case then is confidential: only the people on it see it."),
            ),
            REASON,
        ),
        icon="lock",
        clause="GDPR 9",
    ),
    Action(
        "redact",
        _("Black out words"),
        pgettext_lazy("timeline", "blacked out words"),
        frozenset(State),
        (),
        frozenset({Role.LEAD, Role.PRIVACY}),
        (
            Need(
                "words",
                "long_text",
                _("The words, exactly as they stand in the case"),
                hint=_("One passage a line. They are blacked out wherever the case has them."),
            ),
            WHY,
            BECOMES,
            REASON,
        ),
        icon="edit",
        clause="GDPR 9",
    ),
    Action(
        "redact_file",
        _("Withhold a file"),
        pgettext_lazy("timeline", "withheld a file"),
        frozenset(State),
        (),
        frozenset({Role.LEAD, Role.PRIVACY}),
        (Need("file", "file", _("File")), WHY, BECOMES, REASON),
        icon="no-view",
        clause="GDPR 9",
    ),
)
