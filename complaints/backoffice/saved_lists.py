"""Saving a list under a name, sharing it, being told about it, and taking it away."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, RedirectView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import team_ids
from complaints.backoffice.entry import CaseStaffMixin
from complaints.backoffice.filters import CaseFilterSet, kept_query
from complaints.backoffice.listing import LIST_MEDIA
from complaints.backoffice.presets import PRESETS
from complaints.backoffice.saved_menu import saved_url
from complaints.models import ListDigest, SavedList, Team


class AboutListsMixin(CaseStaffMixin, WagtailAdminTemplateMixin):
    """What the pages about saved lists share."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "list-ul"
    template_name: str | None = "conduct_complaints/backoffice/list_form.html"
    submit_words: LazyText | str = gettext_lazy("Save")
    intro: LazyText | str = ""
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("conduct_complaints_admin:index"), "label": _("Cases")},
            {"url": reverse("conduct_complaints_admin:saved_lists"), "label": _("Saved lists")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "media": LIST_MEDIA,
            "intro": self.intro,
            "submit_words": self.submit_words,
            "back_url": reverse("conduct_complaints_admin:saved_lists"),
        }


class SavedListForm(forms.ModelForm):
    """Its name, and who else may use it."""

    class Meta:
        model = SavedList
        fields = ["name", "sharing", "team", "order"]
        widgets = {"sharing": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.all()
        if not user.is_superuser:
            teams = teams.filter(pk__in=team_ids(user))
        team: Any = self.fields["team"]
        team.queryset = teams
        if len(teams) == 1 and not self.initial.get("team"):
            self.initial["team"] = teams[0].pk
        team.help_text = _("Only where one of your teams may use it.")
        self.fields["order"].required = False
        self.fields["name"].help_text = _("Name no customer in it: colleagues may read it.")

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("sharing") != SavedList.Sharing.TEAM:
            data["team"] = None
        elif not data.get("team") and "team" not in self.errors:
            self.add_error("team", _("Choose the team that may use it."))
        return data


class SavedListFormView(AboutListsMixin, FormView):
    form_class = SavedListForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"user": self.request.user, "instance": self.get_list()}

    def get_list(self) -> SavedList:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        saved = form.save()
        messages.success(self.request, _("“%(name)s” is saved.") % {"name": saved.name})
        return redirect(saved_url(saved))


class SaveListView(SavedListFormView):
    """The list that somebody looks at, under a name."""

    page_title = gettext_lazy("Save this list")
    intro = gettext_lazy(
        "The list and its filters are kept, never what was searched for. Each person finds in it "
        "only the cases that they may see."
    )

    def get_list(self) -> SavedList:
        preset, query = self.request.GET.get("list", ""), QueryDict(self.request.GET.get("query"))
        filters = CaseFilterSet(QueryDict(kept_query(query)), request=self.request)
        if preset not in PRESETS or not filters.is_valid():
            raise Http404("No such list.")
        owner: Any = self.request.user
        return SavedList(owner=owner, preset=preset, query=kept_query(query))


class OneListMixin:
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def saved(self) -> SavedList:
        """The list, or a 404 alike for one that isn't there and one this person may not use."""
        return get_object_or_404(self.lists().filter(preset__in=PRESETS), pk=self.kwargs["pk"])

    def lists(self) -> Any:
        return SavedList.objects.usable_by(self.request.user)


class EditListView(OneListMixin, SavedListFormView):
    """Another name, other people: for who saved it."""

    page_title = gettext_lazy("Rename or share")

    def get_page_subtitle(self) -> str:
        return self.saved.name

    def lists(self) -> Any:
        return SavedList.objects.filter(owner=self.request.user.pk)

    def get_list(self) -> SavedList:
        return self.saved


class DeleteListView(OneListMixin, AboutListsMixin, FormView):
    form_class = forms.Form
    page_title = gettext_lazy("Delete the list")
    submit_words = gettext_lazy("Yes, delete it")

    def lists(self) -> Any:
        return SavedList.objects.removable_by(self.request.user)

    @property
    def intro(self) -> str:  # type: ignore[override]
        return _(
            "Delete “%(name)s”? The cases in it stay as they are. Whoever shares the list loses "
            "it, and nobody gets mails about it any more."
        ) % {"name": self.saved.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_serious": True}

    def form_valid(self, form: Any) -> HttpResponse:
        name = self.saved.name
        self.saved.delete()
        messages.success(self.request, _("“%(name)s” is deleted.") % {"name": name})
        return redirect("conduct_complaints_admin:saved_lists")


class OpenListView(CaseStaffMixin, OneListMixin, RedirectView):
    """The way from a mail into the list."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return saved_url(self.saved)


class SavedListsView(AboutListsMixin, TemplateView):
    """All that this person may use, with what they may do to each."""

    template_name = "conduct_complaints/backoffice/list_saved.html"
    page_title = gettext_lazy("Saved lists")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, _twice, last = super().get_breadcrumbs_items()
        return [*before, last]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        removable = set(SavedList.objects.removable_by(user).values_list("pk", flat=True))
        mails = dict(ListDigest.objects.filter(user=user.pk).values_list("saved_list", "every"))
        words = dict(ListDigest.Every.choices)
        usable = SavedList.objects.usable_by(user).filter(preset__in=PRESETS)
        return super().get_context_data(**kwargs) | {
            "rows": [
                {
                    "list": saved,
                    "url": saved_url(saved),
                    "tab": PRESETS[saved.preset].label,
                    "is_own": saved.owner_id == user.pk,
                    "is_removable": saved.pk in removable,
                    "mails": words.get(mails.get(saved.pk, ""), ""),
                }
                for saved in usable.select_related("owner", "team")
            ]
        }
