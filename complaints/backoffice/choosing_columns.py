"""Which columns of the list somebody looks at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from complaints.backoffice.columns import CHOICES, LINKS, columns_of
from complaints.backoffice.entry import sees_words
from complaints.backoffice.saved_lists import AboutListsMixin
from complaints.models import ListColumns


class ColumnsForm(forms.Form):
    names = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: Any = self.fields["names"]
        names.choices = [(n, label) for n, label in CHOICES.items() if words or n != "person"]

    def clean_names(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["names"]
        if not set(LINKS) & set(chosen):
            raise forms.ValidationError(
                _("Choose the subject or the reference: it is the way to the case.")
            )
        return [name for name in CHOICES if name in chosen]


class ColumnsView(AboutListsMixin, FormView):
    """Kept for each person; the order of the columns stays the same for everybody."""

    form_class = ColumnsForm
    page_title = gettext_lazy("Columns of the list")
    submit_words = gettext_lazy("Show these columns")
    intro = gettext_lazy("Only you see the list like this, in each tab and in each saved list.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, _saved, last = super().get_breadcrumbs_items()
        return [*before, last]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"words": sees_words(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        return {"names": list(columns_of(self.request.user))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "back_url": reverse("conduct_complaints_admin:index"),
            "stop_words": _("Back to the usual columns"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "stop" in request.POST:
            ListColumns.objects.filter(user=request.user.pk).delete()
            messages.success(request, _("The list has its usual columns again."))
            return redirect("conduct_complaints_admin:index")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        names = {"names": form.cleaned_data["names"]}
        user: Any = self.request.user
        ListColumns.objects.update_or_create(user=user, defaults=names)
        messages.success(self.request, _("The list shows these columns now."))
        return redirect("conduct_complaints_admin:index")
