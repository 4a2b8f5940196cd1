"""Taking the answers to “Was this clear?”."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone

from conduct import publication
from conduct.models.edition import Edition
from conduct.senders import within

from . import clarity
from .form_view import PageFormView

#: Two presses of the button within so many seconds are one answer.
DOUBLE_CLICK = 60


class ClarityView(PageFormView):
    """Keeps an answer with the edition it is about and the language in which that was read."""

    template_name = "conduct/following/clarity.html"
    limit_scope = "clarity"
    per_hour = 20
    form_path = "#was-this-clear"
    thanks_path = "clear/thanks/"
    edition: Edition

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        edition = Edition.objects.of_page(self.page).filter(number=kwargs["number"]).first()
        if edition is None:
            raise Http404
        self.edition = edition

    def get_form(self, data: Any) -> forms.Form:
        return clarity.ClarityForm(data)

    def get_context(self) -> dict[str, Any]:
        return {"edition": self.edition}

    def keep(self, form: forms.Form) -> None:
        if self._is_double_click():
            return
        data = form.cleaned_data
        clarity.record(
            self.edition,
            language=self._language(),
            is_clear=data["is_clear"] == clarity.YES,
            words=" ".join(data["words"].split()),
        )

    def _is_double_click(self) -> bool:
        """By the same browser at the same address; kept as a hash in the cache for a minute."""
        meta = self.request.META
        sender = f"{meta.get('REMOTE_ADDR')} {meta.get('HTTP_USER_AGENT')} {self.edition.pk}"
        return not within("clarity-twice", sender, 1, seconds=DOUBLE_CLICK)

    def _language(self) -> str:
        reading = publication.of_edition(
            self.page.translation_key,
            self.edition.number,
            language=self.page.locale.language_code,
            now=timezone.now(),
        )
        return reading.document.language
