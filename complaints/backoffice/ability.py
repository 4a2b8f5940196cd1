"""Who has learnt what, who is away, and how much each role may promise (4.3, 4.14)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.views.generic import CreateView, EditView

from complaints.absences import hand_over
from complaints.backoffice.own_words import VocabularyViewSet, name_people
from complaints.models import Absence, AuthorityLimit, Competence


class PeopleForm(WagtailAdminModelForm):
    """Offers people by their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"user", "deputy"} & set(self.fields):
            name_people(self.fields[name], getattr(self.instance, f"{name}_id"))


class LimitForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        self._check_that_it_is_the_only_one(data)
        return data

    def _check_that_it_is_the_only_one(self, data: dict[str, Any]) -> None:
        """In words: for the database an empty kind is a condition that it can't explain."""
        same = AuthorityLimit.objects.filter(
            role=data.get("role"),
            remedy_kind=data.get("remedy_kind"),
            currency=data.get("currency"),
        ).exclude(pk=self.instance.pk)
        if data.get("role") and data.get("currency") and same.exists():
            self.add_error("amount", _("There is a limit for this already. Change that one."))

    def _get_validation_exclusions(self) -> set[str]:
        # The same in the words of the database would stand beside ours.
        return {*super()._get_validation_exclusions(), "remedy_kind"}


def _form(*panels: Panel | str, form: type[WagtailAdminModelForm] = PeopleForm) -> ObjectList:
    return ObjectList(
        [FieldPanel(panel) if isinstance(panel, str) else panel for panel in panels],
        base_form_class=form,
    )


class CompetenceViewSet(VocabularyViewSet):
    model = Competence
    name = "conduct_competences"
    icon = "success"
    list_display = ["user", "subject", "sort", "category", "gained_on", "expires_on"]
    list_filter = ["sort", "category", "expires_on"]
    search_fields = ["subject", "user__first_name", "user__last_name", "user__username"]
    edit_handler = _form(
        "user",
        "subject",
        "sort",
        "category",
        FieldRowPanel([FieldPanel("gained_on"), FieldPanel("expires_on")]),
        "evidence",
    )


class HandsOverMixin:
    """An absence that has begun hands over at once; a later one when its day comes."""

    def save_instance(self) -> Absence:
        with transaction.atomic():
            self._keep_what_was_done_meanwhile()
            absence: Absence = super().save_instance()  # type: ignore[misc]
        hand_over(absence, timezone.now())
        return absence

    def _keep_what_was_done_meanwhile(self) -> None:
        """The clocks may have handed over since the form was read; saving must not undo that."""
        absence: Absence = self.form.instance  # type: ignore[attr-defined]
        rows = Absence.objects.select_for_update(no_key=True).filter(pk=absence.pk)
        for handed_over_at in rows.values_list("handed_over_at", flat=True):
            absence.handed_over_at = handed_over_at


class AbsenceCreateView(HandsOverMixin, CreateView):
    pass


class AbsenceEditView(HandsOverMixin, EditView):
    pass


class AbsenceViewSet(VocabularyViewSet):
    model = Absence
    add_view_class = AbsenceCreateView
    edit_view_class = AbsenceEditView
    name = "conduct_absences"
    icon = "date"
    list_display = ["user", "first_day", "last_day", "deputy", "handed_over_at"]
    list_filter = ["first_day"]
    search_fields = ["user__first_name", "user__last_name", "user__username"]
    edit_handler = _form(
        "user", FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]), "deputy"
    )


class AuthorityLimitViewSet(VocabularyViewSet):
    model = AuthorityLimit
    name = "conduct_authority_limits"
    icon = "lock"
    list_display = ["role", "remedy_kind", "amount", "currency"]
    list_filter = ["role"]
    edit_handler = _form(
        "role",
        "remedy_kind",
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        form=LimitForm,
    )
