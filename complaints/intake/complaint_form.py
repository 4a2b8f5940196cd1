"""The whole complaint form on one page (table C1; ISO 10002:2018, 7.2 and annex C)."""

from __future__ import annotations

from typing import Any

from complaints.intake.parts.permissions import PermissionsPart
from complaints.intake.parts.person import THROUGH_REPRESENTATIVE, PersonPart
from complaints.intake.parts.problem import FirstProblemPart
from complaints.intake.parts.representative import RepresentativePart
from complaints.intake.parts.support import SupportPart
from complaints.intake.parts.wish import WishPart

PARTS = (FirstProblemPart, WishPart, PersonPart, RepresentativePart, SupportPart, PermissionsPart)


class ComplaintForm(
    PermissionsPart, SupportPart, RepresentativePart, PersonPart, WishPart, FirstProblemPart
):
    """Only what happened is required, and one way to reply unless the person stays anonymous."""

    # Errors are listed in the order in which the questions stand on the page.
    field_order = tuple(name for part in PARTS for name in part.base_fields)

    def is_reachable(self, data: dict[str, Any]) -> bool:
        return super().is_reachable(data) or data.get("answer_to") == THROUGH_REPRESENTATIVE
