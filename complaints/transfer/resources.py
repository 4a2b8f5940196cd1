"""The tables of this app. A further one is a class of four lines."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from complaints.backoffice.replies import what_is_wrong
from complaints.models import (
    AuthorityLimit,
    Category,
    Cause,
    Competence,
    ExtraOption,
    ExtraQuestion,
    HandlingSettings,
    Holiday,
    RemedyKind,
    ReplyTemplate,
    Team,
)
from complaints.transfer.measured_values import MeasuredValueTable
from complaints.transfer.members import MembersColumn
from complaints.transfer.questions import (
    OnlyIfColumn,
    answered_questions,
    check_kind,
    option_columns,
    options_known,
    store_conditions,
    store_options,
)
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


@register
class WorkingWeekTable(VocabularyResource):
    """When the organisation of each site works; holidays have a table of their own."""

    class Meta:
        model = HandlingSettings
        key = ("site",)
        columns = ("site", "working_weekdays", "day_ends_at", "time_zone")
        #: Every site has its rules: none is added that nobody may change.
        rights = ("change",)


@register
class ExtraQuestionTable(VocabularyResource):
    """With the answers that each question offers, in a column for each language."""

    only_if = OnlyIfColumn()

    class Meta:
        model = ExtraQuestion
        columns = (
            "code", "label", "hint", "kind", "required", "where", "category", "only_if", "order",
            "is_active",
        )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields |= option_columns()

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("only_if__question")

    @cached_property
    def options(self) -> dict[Any, list[ExtraOption]]:
        """The answers of each question, read once."""
        found: dict[Any, list[ExtraOption]] = {}
        for option in ExtraOption.objects.order_by("sort_order", "pk"):
            found.setdefault(option.question_id, []).append(option)
        return found

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.fields["only_if"].known = options_known(dataset.dict)
        self.answered = answered_questions()
        super().before_import(dataset, **kwargs)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        old = instance.kind if instance.pk else None
        super().import_instance(instance, row, **kwargs)
        try:
            check_kind(instance, old, self.answered)
        except ValidationError:
            self.refused = True
            raise

    def after_rows(self, instances: list[Any]) -> None:
        store_options(instances)
        store_conditions(instances)
