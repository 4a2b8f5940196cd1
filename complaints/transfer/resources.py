"""The tables of this app. A further one is a class of four lines."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from complaints.backoffice.replies import what_is_wrong
from complaints.models import (
    AuthorityLimit,
    Category,
    Cause,
    Competence,
    Holiday,
    RemedyKind,
    ReplyTemplate,
    Team,
)
from complaints.transfer.measured_values import MeasuredValueTable
from complaints.transfer.members import MembersColumn
from complaints.transfer.registry import register
from complaints.transfer.resource import VocabularyResource

register(MeasuredValueTable)


@register
class CategoryTable(VocabularyResource):
    class Meta:
        model = Category
        columns = (
            "code", "name", "parent", "team", "quick_way", "needs_training", "order", "is_active",
        )  # fmt: skip


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


@register
class CauseTable(VocabularyResource):
    class Meta:
        model = Cause
        columns = ("code", "name", "parent", "order", "is_active")


@register
class AuthorityLimitTable(VocabularyResource):
    class Meta:
        model = AuthorityLimit
        key = ("role", "remedy_kind", "currency")
        columns = ("role", "remedy_kind", "currency", "amount")


@register
class CompetenceTable(VocabularyResource):
    class Meta:
        model = Competence
        key = ("user", "subject", "category")
        columns = ("user", "subject", "category", "sort", "gained_on", "expires_on", "evidence")
        personal = True


@register
class ReplyTemplateTable(VocabularyResource):
    class Meta:
        model = ReplyTemplate
        columns = ("code", "name", "body", "stage", "category", "kind", "order", "is_active")

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The form asks the same: a name in braces that nothing fills must not reach a letter."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        bodies = [column for column in self.written if column.attribute.startswith("body_")]
        wrong = {
            column.column_name: words
            for column in bodies
            if (words := what_is_wrong(getattr(instance, column.attribute) or ""))
        }
        if wrong:
            self.refused = True
            raise ValidationError(wrong)
