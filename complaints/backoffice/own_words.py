"""What the screens for the organisation's own words share: a tab per language, and what can't be
deleted because something uses it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db.models import ProtectedError, Q
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from complaints.backoffice.appearance import person_name
from complaints.backoffice.transferring import TransferIndexView, TransferViewSetMixin
from complaints.transfer import resources  # noqa: F401 - registers the tables

OTHER_LANGUAGES = [code for code in AVAILABLE_LANGUAGES if code != DEFAULT_LANGUAGE]


class VocabularyForm(WagtailAdminModelForm):
    """Needs the name in the default language; other languages fall back to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        require_name(self)


def require_name(form: Any) -> None:
    for name in ("name", "label"):
        localized = build_localized_fieldname(name, DEFAULT_LANGUAGE)
        if localized in form.fields:
            form.fields[localized].required = True


def language_name(code: str) -> str:
    return str(dict(django_settings.LANGUAGES).get(code, code))


def in_language(code: str, translated: Sequence[str]) -> list[Panel]:
    return [FieldPanel(build_localized_fieldname(name, code)) for name in translated]


def language_tabs(
    *fields: str,
    translated: Sequence[str] = ("name",),
    tabs: Sequence[Panel] = (),
    form: type[VocabularyForm] = VocabularyForm,
) -> TabbedInterface:
    """A tab of plain fields with the words in the default language, `tabs`, a tab per language."""
    general = [*in_language(DEFAULT_LANGUAGE, translated), *map(FieldPanel, fields)]
    languages = [
        ObjectList(in_language(code, translated), heading=language_name(code))
        for code in OTHER_LANGUAGES
    ]
    all_tabs = [ObjectList(general, heading=gettext_lazy("General")), *tabs, *languages]
    return TabbedInterface(all_tabs, base_form_class=form)


def name_people(field: Any, chosen: Any = None) -> None:
    """Offer active people by their names, and who is in the list already."""
    people = get_user_model()._default_manager.filter(Q(is_active=True) | Q(pk=chosen))
    field.queryset = people.order_by("first_name", "last_name", "pk")
    field.label_from_instance = person_name


class KeptDeleteView(DeleteView):
    """What cases or answers use stays; it is said in words what can be done instead."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, self._why_not())
        return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))

    def _why_not(self) -> str:
        name = {"name": self.object}
        if hasattr(self.object, "is_active"):
            return _("“%(name)s” is in use, so it can’t be deleted. Switch it off instead.") % name
        return _("“%(name)s” is in use, so it can’t be deleted.") % name


class VocabularyIndexView(TransferIndexView):
    """Reads a row together with what it names, and shows people by their names."""

    def get_base_queryset(self) -> Any:
        fields = self.model._meta.fields
        named = [field.name for field in fields if field.many_to_one]
        return super().get_base_queryset().select_related(*named)

    def _get_custom_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        column = super()._get_custom_column(field_name, *args, **kwargs)
        if field_name in PEOPLE:
            column.accessor = partial(_name_of, field_name)
        return column


PEOPLE = frozenset({"user", "deputy"})


def _name_of(field_name: str, row: Any) -> str:
    user = getattr(row, field_name)
    return person_name(user) if user else ""


class VocabularyViewSet(TransferViewSetMixin, ModelViewSet):
    """No copies: each row is one thing in every language. No usage counting either."""

    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_enabled = False
    index_view_class = VocabularyIndexView
    delete_view_class = KeptDeleteView
