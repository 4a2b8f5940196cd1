"""Being told by mail about a saved list, and no longer."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from complaints.backoffice.saved_lists import AboutListsMixin, OneListMixin
from complaints.backoffice.saved_menu import count_words, saved_url
from complaints.digests import current_keys
from complaints.models import ListDigest


class DigestForm(forms.Form):
    every = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=ListDigest.Every, widget=forms.RadioSelect
    )


class DigestView(OneListMixin, AboutListsMixin, FormView):
    """Asking for mails about a list, and stopping them with one click."""

    form_class = DigestForm
    page_title = gettext_lazy("Mails about this list")
    submit_words = gettext_lazy("Send me these mails")
    intro = gettext_lazy(
        "A mail says how many cases are in the list and the references of the new ones, never what "
        "is in them. Nothing is sent while nothing is in it."
    )

    def get_page_subtitle(self) -> str:
        return self.saved.name

    @cached_property
    def digest(self) -> ListDigest | None:
        return self.saved.digests.filter(user=self.request.user.pk).first()

    def get_initial(self) -> dict[str, Any]:
        return {"every": self.digest.every if self.digest else ListDigest.Every.DAILY}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "stop_words": _("Stop these mails") if self.digest else "",
            "count": count_words(self.saved, user, timezone.now()),
            "has_no_address": not user.email,  # type: ignore[union-attr]
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "stop" in request.POST:
            self.saved.digests.filter(user=request.user.pk).delete()
            messages.success(request, _("No more mails about this list."))
            return redirect("conduct_complaints_admin:saved_lists")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        now, user = timezone.now(), cast("Any", self.request.user)
        values = {"every": form.cleaned_data["every"]}
        # What is in the list today is no news.
        begin = {
            "last_sent_at": now,
            "known": current_keys(self.saved, user, now),
        }
        ListDigest.objects.update_or_create(
            saved_list=self.saved,
            user=user,
            defaults=values,
            create_defaults=values | begin,
        )
        messages.success(self.request, _("You get mails about this list from now on."))
        return redirect(saved_url(self.saved))
