"""The answer as a letter: every block it must have, in the complainant's language (7.7, 7.8)."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone, translation

from complaints.models import Case, Decision
from complaints.notices.context import notice_context, zone_of


def compose_answer(case: Case, decision: Decision) -> str:
    """The letter as plain text: what was found on each issue and why, what is put right, what
    comes next,
    the outside route, and the rights sentence. Archived with its hash exactly as composed here."""
    with translation.override(case.language), timezone.override(zone_of(case)):
        values = notice_context(case, case.language) | {
            "decision": decision,
            "issues": list(case.issues.select_related("category", "promise")),
            "remedies": list(case.remedies.select_related("kind")),
            "may_review": case.stage == 1,
            "decided_by": (decision.approved_by or decision.proposed_by).get_full_name(),
        }
        return render_to_string("conduct_complaints/answer.txt", values).strip() + "\n"
