"""The tables of this app. A further one is a class of four lines."""

from __future__ import annotations

from typing import Any

from complaints.models import Category, Holiday, RemedyKind, Team
from complaints.transfer.members import MembersColumn
from complaints.transfer.registry import register
from complaints.transfer.resource import VocabularyResource


@register
class CategoryTable(VocabularyResource):
    class Meta:
        model = Category
        columns = ("code", "name", "parent", "team", "quick_way", "order", "is_active")


@register
class RemedyKindTable(VocabularyResource):
    class Meta:
        model = RemedyKind
        columns = ("code", "name", "family", "order", "is_active")


@register
class HolidayTable(VocabularyResource):
    class Meta:
        model = Holiday
        key = ("day",)
        columns = ("day", "name")


@register
class TeamTable(VocabularyResource):
    """With its members: who stands in the file is in the team, and nobody else."""

    members = MembersColumn()

    class Meta:
        model = Team
        key = ("name",)
        columns = ("name", "members")
        personal = True

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("memberships__user")

    def after_rows(self, instances: list[Any]) -> None:
        self.fields["members"].store(instances)
