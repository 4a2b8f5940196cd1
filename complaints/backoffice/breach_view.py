"""The form with which a lead puts right a broken promise for everybody it touched."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.models import Site

from complaints.access import LEAD
from complaints.authority import lacks_amount
from complaints.breaches import Breach, Customer, record_breach
from complaints.lifecycle import Refused
from complaints.models import Category, Party, RemedyKind
from conduct.models import Promise

MOST_CUSTOMERS = 500
LONGEST_NAME = Party._meta.get_field("name").max_length


def _long(rows: int) -> AdminAutoHeightTextInput:
    return AdminAutoHeightTextInput(attrs={"rows": rows})


class BreachForm(forms.Form):
    """One broken promise, the customers it touched, and what each of them gets."""

    breach_id = forms.CharField(widget=forms.HiddenInput, max_length=40)
    promise: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Promise that was broken"), queryset=Promise.objects.none()
    )
    category: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Category"), queryset=Category.objects.none()
    )
    happened = forms.CharField(
        label=gettext_lazy("What happened"), max_length=5000, widget=_long(3)
    )
    cause = forms.CharField(label=gettext_lazy("What caused it"), max_length=200)
    customers = forms.CharField(
        label=gettext_lazy("Customers"),
        help_text=gettext_lazy("One a line: the name, a comma, the e-mail address."),
        max_length=100_000,
        widget=_long(6),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES
    )
    words = forms.CharField(
        label=gettext_lazy("Message to the customers"),
        help_text=gettext_lazy("Each of them gets it by mail, with a case page of their own."),
        max_length=10_000,
        widget=_long(5),
    )
    remedy_kind: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("What each of them gets"), queryset=RemedyKind.objects.none()
    )
    description = forms.CharField(label=gettext_lazy("In detail"), max_length=300, required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=AdminDateInput, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = Category.objects.filter(is_active=True)
        if not user.is_superuser:
            categories = categories.filter(team__memberships__user=user.pk)
        querysets = {
            "promise": Promise.objects.live(),
            "category": categories,
            "remedy_kind": RemedyKind.objects.filter(is_active=True),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        kind = values.get("remedy_kind")
        if kind is not None and "amount" in values and lacks_amount(kind, values["amount"]):
            self.add_error("amount", _("Fill this in."))
        return values

    def clean_customers(self) -> list[Customer]:
        lines = [line.strip() for line in self.cleaned_data["customers"].splitlines()]
        customers = [self._customer(line) for line in lines if line]
        if len(customers) > MOST_CUSTOMERS:
            raise ValidationError(
                _("At most %(number)d customers at once. Send the rest in a second go.")
                % {"number": MOST_CUSTOMERS}
            )
        return customers

    @staticmethod
    def _customer(line: str) -> Customer:
        name, _comma, email = (part.strip() for part in line.rpartition(","))
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError(
                _("This line has no e-mail address after a comma: %(line)s") % {"line": line}
            ) from error
        return Customer(name=name[:LONGEST_NAME], email=email)

    def breach(self, site: Site) -> Breach:
        values = {k: v for k, v in self.cleaned_data.items() if k != "customers"}
        return Breach(site=site, **values)


class BreachView(WagtailAdminTemplateMixin, FormView):
    """For team leads. All customers get their case, or none does."""

    template_name = "conduct_complaints/backoffice/breach.html"
    form_class = BreachForm
    page_title = gettext_lazy("Put right a broken promise")
    header_icon = "warning"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(LEAD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        cases = {"url": reverse("conduct_complaints_admin:index"), "label": _("Cases")}
        return [*super().get_breadcrumbs_items(), cases, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"breach_id": uuid.uuid4().hex, "promise": self.request.GET.get("promise")}

    def form_valid(self, form: BreachForm) -> HttpResponse:
        site = Site.find_for_request(self.request) or Site.objects.get(is_default_site=True)
        try:
            cases = record_breach(
                form.breach(site), form.cleaned_data["customers"], user=self.request.user
            )
        except Refused as refused:
            # More than this person may promise. Nobody was written to.
            form.add_error("amount", str(refused.message))
            return self.form_invalid(form)
        messages.success(
            self.request,
            ngettext(
                "%(number)d customer gets what we owe. The case waits for its delivery.",
                "%(number)d customers get what we owe. Their cases wait for the delivery.",
                len(cases),
            )
            % {"number": len(cases)},
        )
        return redirect("conduct_complaints_admin:index")
