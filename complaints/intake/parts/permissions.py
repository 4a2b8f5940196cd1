"""What a person may allow beside: never needed, never ticked beforehand (GDPR 6, 7)."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from complaints.intake.fields import tick
from complaints.intake.parts.part import Part


class PermissionsPart(Part):
    may_be_surveyed = tick(
        pgettext_lazy("consent", "You may ask me afterwards how satisfied I was with the handling")
    )
    may_be_told = tick(
        pgettext_lazy("consent", "You may tell what happened as an example, without names")
    )
