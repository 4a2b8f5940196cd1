"""What surveys hold about people, and which fields tell of nobody (GDPR 5, 24 and 25)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from complaints.privacy.register import Basis, Held, Kept, Seen, declare

APP = "conduct_feedback"
HELD = (
    Held(
        f"{APP}.Invitation",
        ("case", "token_hash", "language", "answered_at"),
        _("To ask a person once how content they were; the day of the answer only"),
        basis=Basis.PERMISSION,
        seen=Seen.NOBODY,
    ),
    Held(
        f"{APP}.Response",
        ("invitation", "complaint", "wants_contact"),
        _("To get back to somebody who allowed it, or whose answers became a complaint"),
        basis=Basis.PERMISSION,
        kept=Kept.WITHDRAWN,
    ),
    Held(
        f"{APP}.Answer",
        ("value", "text"),
        _("To measure how content people are; names are unwanted in it, and not tied to it"),
        kept=Kept.ANSWERS,
        seen=Seen.RESULTS,
    ),
)
HARMLESS = {
    f"{APP}.Invitation": "id survey closing created_at expires_at",
    f"{APP}.Response": "id survey language at submission_id",
    f"{APP}.Answer": "id response question",
    f"{APP}.Survey": """
        id slug title introduction thanks site trigger complaints_only is_active where external_url
        after_days days_valid""",
    f"{APP}.Question": """
        id sort_order survey code text kind scale low high required not_applicable measures is_core
        is_asked""",
}


def declare_held() -> None:
    declare(HELD, HARMLESS)
