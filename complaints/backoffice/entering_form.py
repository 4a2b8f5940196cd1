"""What staff fill in for somebody else: short first, then the rest of table C1, folded away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.backoffice.entering_fields import EntryFields
from complaints.intake.choices import language_choices
from complaints.models import Party
from conduct.models import Promise

#: Longer ago than this is a slip of the keyboard.
LONGEST_AGO = timedelta(days=5 * 366)


class EntryForm(EntryFields):
    """Only what was said and what it is are needed (7.2; ISO 10002:2018, 4.11 and annex C)."""

    SHORT = (
        "description", "kind", "channel", "name", "email", "phone", "language", "category"
    )  # fmt: skip
    #: The rest of table C1, folded away.
    MORE: tuple[tuple[LazyText, tuple[str, ...]], ...] = (
        (_("It came in earlier"), ("received_at", "back_dating_reason")),
        (
            _("The person"),
            ("address_as", "postal_address", "reply_by", "contact_times"),
        ),
        (_("Support"), ("support", "support_needs", "support_agreed")),
        (
            _("Somebody who acts for them"),
            (
                "representative_name", "representative_relation", "representative_email",
                "representative_phone", "answer_to_representative", "authority_files",
                "other_contact",
            ),
        ),
        (
            _("What it is about"),
            ("promise", "product", "order_number", "place", "staff_named"),
        ),
        (
            _("What happened"),
            (
                "happened_on", "happened_when", "still_going_on", "happened_before", "urgent",
                "earlier_contact", "effect", "elsewhere",
            ),
        ),
        (_("What they want"), ("remedies", "remedy_wanted")),
        (_("Evidence"), ("evidence_files", "enclosures", "evidence_link")),
        (_("Permissions"), ("may_be_surveyed", "may_be_told")),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.initial.setdefault("language", settings.LANGUAGE_CODE)
        self.fields["promise"].queryset = Promise.objects.live()  # type: ignore[attr-defined]

    # What the template shows

    def short_fields(self) -> list[BoundField]:
        return self._bound(self.SHORT)

    def more_fields(self) -> list[tuple[LazyText, list[BoundField]]]:
        return [(title, self._bound(names)) for title, names in self.MORE]

    def _bound(self, names: Iterable[str]) -> list[BoundField]:
        return [self[name] for name in names]

    @property
    def more_needs_a_look(self) -> bool:
        """Something in the folded part is filled in, or has to be mended."""
        return self.is_bound and any(
            field.errors or field.value()
            for _title, fields in self.more_fields()
            for field in fields
        )

    # What must fit together

    def clean_received_at(self) -> Any:
        at = self.cleaned_data["received_at"]
        if at and at > timezone.now():
            raise forms.ValidationError(
                _("This lies ahead. Choose when it came in, or leave it empty for now.")
            )
        if at and at < timezone.now() - LONGEST_AGO:
            raise forms.ValidationError(_("This is more than five years ago. Check the year."))
        return at

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(
                _("This date lies ahead. Write the day on which it happened.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # What could not be read counts as given: it has an error of its own.
        if data.get("received_at") and not data.get("back_dating_reason"):
            self._ask("back_dating_reason", _("Say why it is entered later than it came in."))
        if data.get("back_dating_reason") and not data.get("received_at"):
            self._ask("received_at", _("Choose when it came in, or clear the reason."))
        self._check_way_to_reply(data)
        if (data.get("support") or data.get("support_needs")) and not data.get("support_agreed"):
            self._ask(
                "support_agreed",
                _("Ask whether we may keep it. If they do not agree, clear what is above."),
            )
        self._check_representative(data)
        return data

    def _check_way_to_reply(self, data: dict[str, Any]) -> None:
        ways: dict[str, tuple[str, Any]] = {
            Party.ReplyBy.EMAIL: ("email", _("Write the e-mail address, or choose another way.")),
            Party.ReplyBy.PHONE: ("phone", _("Write the telephone number, or choose another way.")),
            Party.ReplyBy.POST: (
                "postal_address",
                _("Write the postal address, or choose another way."),
            ),
        }
        needed = ways.get(data.get("reply_by") or "")
        if needed and not data.get(needed[0]):
            self._ask(*needed)

    def _check_representative(self, data: dict[str, Any]) -> None:
        given = [name for name in data if name.startswith("representative_") and data[name]]
        given += [n for n in ("answer_to_representative", "authority_files") if data.get(n)]
        if given and not data.get("representative_name"):
            self._ask("representative_name", _("Write the name of whoever acts for them."))
        reachable = data.get("representative_email") or data.get("representative_phone")
        if data.get("answer_to_representative") and not reachable:
            self._ask(
                "representative_email",
                _("Write their e-mail address or telephone number, so that we can reach them."),
            )

    def _ask(self, name: str, words: Any) -> None:
        if name not in self.errors:
            self.add_error(name, words)
