"""A case and the issues it is about."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.lifecycle import (
    OPEN_STATES,
    Channel,
    ComplaintWish,
    DataCondition,
    Kind,
    Outcome,
    Priority,
    Route,
    Scale,
    ScopeReason,
    Severity,
    State,
)
from complaints.models.case_filters import OPEN, CaseQuerySet
from complaints.privacy.encryption import EncryptedTextField

if TYPE_CHECKING:
    from complaints.models.people import Party


#: Later than every due date.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Case(models.Model):
    """Anything a customer sends that someone may have to answer.

    `state` changes through `complaints.lifecycle.perform` only. What the person wrote
    (`description`) is never
    edited: `original_hash` proves it. Everything with personal data is here, in `Party`, in
    messages and
    in attachments, nowhere else.
    """

    reference = models.CharField(verbose_name=_("reference"), max_length=11, unique=True)
    key_hash = models.CharField(max_length=64, editable=False)
    #: Makes one submission one case: the id of the form's one-time token.
    submission_id = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    #: Counts changes, so that a stale write is noticed.
    version = models.PositiveIntegerField(default=1, editable=False)

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(verbose_name=_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(
        verbose_name=_("state"),
        max_length=14,
        choices=State.choices,
        default=State.RECEIVED,
        editable=False,
    )
    #: Where `waiting` and `deciding` go back to.
    came_from = models.CharField(max_length=14, choices=State.choices, blank=True, editable=False)
    outcome = models.CharField(
        verbose_name=_("outcome"),
        max_length=14,
        choices=Outcome.choices,
        blank=True,
        editable=False,
    )
    contested = models.BooleanField(
        verbose_name=_("answer rejected"), default=False, editable=False
    )
    stage = models.PositiveSmallIntegerField(verbose_name=_("stage"), default=1, editable=False)
    confidential = models.BooleanField(verbose_name=_("confidential"), default=False)
    #: Why specially protected data may be held; empty where the case is not known to have any.
    data_condition = models.CharField(
        verbose_name=_("specially protected data"),
        max_length=8,
        choices=DataCondition.choices,
        blank=True,
        editable=False,
    )
    #: Nothing of it is deleted or made anonymous while a dispute or a law needs it (GDPR 17).
    legal_hold = models.BooleanField(verbose_name=_("on hold"), default=False, editable=False)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="repeats", null=True, blank=True
    )
    scope_reason = models.CharField(
        verbose_name=_("why it is out of scope"),
        max_length=14,
        choices=ScopeReason.choices,
        blank=True,
        editable=False,
    )
    #: What it was received as, where that was changed.
    first_kind = models.CharField(
        verbose_name=_("received as"),
        max_length=12,
        choices=Kind.choices,
        blank=True,
        editable=False,
    )
    #: Whether the sender wants feedback to be handled as a complaint (7.2).
    complaint_wish = models.CharField(
        verbose_name=_("wants it handled as a complaint"),
        max_length=6,
        choices=ComplaintWish.choices,
        blank=True,
        editable=False,
    )
    held = models.BooleanField(
        verbose_name=_("held as possible spam"), default=False, editable=False
    )
    #: Codes of the signs that `complaints.intake.spam` found, separated by commas.
    spam_signs = models.CharField(max_length=200, blank=True, editable=False)

    # 1 Receipt
    received_at = models.DateTimeField(verbose_name=_("received"))
    stored_at = models.DateTimeField(verbose_name=_("stored"), auto_now_add=True)
    channel = models.CharField(
        verbose_name=_("channel"), max_length=10, choices=Channel.choices, default=Channel.FORM
    )
    back_dating_reason = models.CharField(
        verbose_name=_("why it was entered later"), max_length=300, blank=True
    )
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("received by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    language = models.CharField(verbose_name=_("language"), max_length=15)
    code_edition = models.ForeignKey(
        "conduct.Edition", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    #: The code in force on the day of the problem, where that is known: it counts for promises.
    happened_edition = models.ForeignKey(
        "conduct.Edition", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    policy_edition = models.ForeignKey(
        "conduct.Edition", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    notice_version = models.CharField(
        verbose_name=_("version of the privacy notice"), max_length=20, blank=True
    )

    # 2 Complainant
    complainant = models.OneToOneField(
        "Party",
        verbose_name=_("complainant"),
        on_delete=models.PROTECT,
        related_name="case",
    )
    representative = models.OneToOneField(
        "Party",
        verbose_name=_("representative"),
        on_delete=models.PROTECT,
        related_name="case_represented",
        null=True,
        blank=True,
    )
    answer_to_representative = models.BooleanField(
        verbose_name=_("write to the representative"), default=False
    )
    #: Somebody else who may be asked; not in force as a representative.
    other_contact = EncryptedTextField(verbose_name=_("other person to contact"), blank=True)
    may_be_surveyed = models.BooleanField(verbose_name=_("may be asked in a survey"), default=True)
    may_be_told = models.BooleanField(
        verbose_name=_("may be told about without names"), default=False
    )

    # 3 and 4 Complaint and problem, in the person's words
    subject = models.CharField(verbose_name=_("subject"), max_length=120)
    description = models.TextField(verbose_name=_("what happened"))
    original_hash = models.CharField(max_length=64, editable=False)
    product = models.CharField(verbose_name=_("product or service"), max_length=200, blank=True)
    order_number = models.CharField(
        verbose_name=_("order or contract number"), max_length=100, blank=True
    )
    place = models.CharField(verbose_name=_("place or branch"), max_length=200, blank=True)
    staff_named = models.CharField(verbose_name=_("staff involved"), max_length=200, blank=True)
    happened_on = models.DateField(verbose_name=_("date of the problem"), null=True, blank=True)
    happened_when = models.CharField(verbose_name=_("when it happened"), max_length=200, blank=True)
    still_going_on = models.BooleanField(verbose_name=_("still going on"), default=False)
    happened_before = models.BooleanField(verbose_name=_("happened before"), default=False)
    earlier_contact = models.CharField(
        verbose_name=_("earlier contact"), max_length=300, blank=True
    )
    effect = models.TextField(verbose_name=_("effect on the person"), blank=True)
    urgent = models.BooleanField(verbose_name=_("urgent or unsafe"), default=False)
    remedies_wanted: models.ManyToManyField = models.ManyToManyField(
        "RemedyKind", verbose_name=_("remedies wanted"), related_name="+", blank=True
    )
    remedy_wanted = models.TextField(verbose_name=_("what would put it right"), blank=True)
    elsewhere = models.CharField(
        verbose_name=_("already reported elsewhere"), max_length=300, blank=True
    )
    enclosures = models.CharField(
        verbose_name=_("papers that exist or follow"), max_length=500, blank=True
    )
    evidence_link = models.CharField(verbose_name=_("link to evidence"), max_length=500, blank=True)

    # 5 Assessment
    severity = models.PositiveSmallIntegerField(
        verbose_name=_("severity"), choices=Severity.choices, null=True, blank=True
    )
    safety = models.BooleanField(verbose_name=_("safety at risk"), default=False)
    complexity = models.CharField(
        verbose_name=_("complexity"), max_length=6, choices=Scale.choices, blank=True
    )
    impact = models.CharField(
        verbose_name=_("impact"), max_length=6, choices=Scale.choices, blank=True
    )
    immediate_needed = models.BooleanField(verbose_name=_("immediate action needed"), default=False)
    immediate_possible = models.BooleanField(
        verbose_name=_("immediate action possible"), default=False
    )
    vulnerable = models.BooleanField(verbose_name=_("needs special support"), default=False)
    priority = models.CharField(
        verbose_name=_("priority"),
        max_length=6,
        choices=Priority.choices,
        default=Priority.NORMAL,
        editable=False,
    )
    proposed_priority = models.CharField(
        max_length=6, choices=Priority.choices, blank=True, editable=False
    )

    #: After the first assessment: another one later counts as wrongly prioritised (K07).
    first_priority = models.CharField(
        max_length=6, choices=Priority.choices, blank=True, editable=False
    )
    route = models.CharField(
        verbose_name=_("way"), max_length=11, choices=Route.choices, blank=True, editable=False
    )
    proposed_route = models.CharField(
        max_length=11, choices=Route.choices, blank=True, editable=False
    )

    # Who works on it
    team = models.ForeignKey(
        "Team",
        verbose_name=_("team"),
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        blank=True,
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handler"),
        on_delete=models.PROTECT,
        related_name="handled_cases",
        null=True,
        blank=True,
    )
    plan = models.TextField(verbose_name=_("investigation plan"), blank=True)
    cause = models.CharField(verbose_name=_("cause"), max_length=200, blank=True)
    cause_kind = models.ForeignKey(
        "Cause",
        verbose_name=_("kind of cause"),
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        blank=True,
    )
    lesson = models.TextField(verbose_name=_("what was learnt"), blank=True)
    others_affected = models.TextField(verbose_name=_("others affected"), blank=True)

    # 8 Tracking: when the main steps were taken, for lists and measures; the events have everything
    moderated_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)
    assessed_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The soonest due date of a running clock; `NEVER` while none runs, so that lists page by it.
    due_at = models.DateTimeField(verbose_name=_("due"), default=NEVER, editable=False)
    changed_at = models.DateTimeField(verbose_name=_("last change"), editable=False)

    objects = CaseQuerySet.as_manager()

    #: The ids of who is barred, while an action holds the row (`complaints.access.read_barred`).
    barred_people: frozenset[int] | None = None

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-received_at", "-pk"]
        permissions = [
            ("handle_case", "Can handle cases of own teams"),
            ("lead_case", "Can lead cases of own teams"),
            ("oversee_case", "Can see all cases without personal data"),
            ("audit_case", "Can audit all cases and their events"),
            ("protect_case", "Can work on all cases as privacy officer"),
        ]
        indexes = [
            # Every list of open cases: soonest due first, then by id. A filter by the day of
            # receipt is answered in the index itself.
            models.Index(
                fields=["due_at", "id", "received_at"], name="complaints_due", condition=OPEN
            ),
            models.Index(fields=["state", "due_at", "id"], name="complaints_state_due"),
            models.Index(
                fields=["handler", "due_at", "id"], name="complaints_handler_due", condition=OPEN
            ),
            models.Index(
                fields=["team", "due_at", "id"], name="complaints_team_due", condition=OPEN
            ),
            models.Index(fields=["team", "-received_at", "-id"], name="complaints_team_new"),
            models.Index(fields=["-received_at", "-id"], name="complaints_newest"),
            models.Index(fields=["closed_at"], name="complaints_closed"),
            models.Index(
                fields=["due_at", "id"],
                name="complaints_unassigned",
                condition=OPEN & Q(handler__isnull=True),
            ),
            models.Index(fields=["changed_at", "id"], name="complaints_changed"),
            # Open ones apart: the oldest of them hide behind all that was ever closed.
            models.Index(
                fields=["received_at", "id"], name="complaints_open_newest", condition=OPEN
            ),
            models.Index(
                fields=["changed_at", "id"], name="complaints_open_changed", condition=OPEN
            ),
            # And the newest closed ones behind all that is open.
            models.Index(
                fields=["received_at", "id"], name="complaints_closed_newest", condition=~OPEN
            ),
            # Few cases are urgent: without it they are looked for among all that are open.
            models.Index(
                fields=["priority", "due_at", "id"], name="complaints_priority_due", condition=OPEN
            ),
            # In some languages few are written, too.
            models.Index(
                fields=["language", "due_at", "id"], name="complaints_language_due", condition=OPEN
            ),
            # What is no complaint is answered soon, so that few are open.
            models.Index(
                fields=["due_at", "id"],
                name="complaints_no_complaint",
                condition=OPEN & ~Q(kind=Kind.COMPLAINT),
            ),
            # As few are confidential.
            models.Index(
                fields=["due_at", "id"],
                name="complaints_confidential",
                condition=OPEN & Q(confidential=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def correspondent(self) -> Party:
        """Whom to write to: the representative where the complainant asked for it.

        Until the permission is checked that is nobody who is told anything: see
        `awaits_authority`.
        """
        if self.answer_to_representative and self.representative:
            return self.representative
        return self.complainant

    @property
    def awaits_authority(self) -> bool:
        """What we find goes to a representative whose permission nobody has checked yet."""
        representative = self.representative if self.answer_to_representative else None
        return representative is not None and not representative.has_authority

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and self.due_at < now

    @property
    def due(self) -> datetime | None:
        """When the next thing is due, or None while no clock runs."""
        return None if self.due_at >= NEVER else self.due_at

    @staticmethod
    def hash_original(description: str) -> str:
        return hashlib.sha256(description.encode()).hexdigest()

    @property
    def original_is_intact(self) -> bool:
        """What the person wrote is still what was received (4.9)."""
        return self.hash_original(self.description) == self.original_hash
