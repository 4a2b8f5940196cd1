"""The three reports and what the editor fetches after autosaving: parse, fetch, render."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from conduct.lint.panels import findings_context
from conduct.table_cells import csv_response, harmless

from . import accountability, certificate_listing, translations
from .access import may_see_reports
from .words import KINDS, language_name, progress_words

TableRow = list[Any]


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """A table for who may look at editions, also as a file (`?format=csv`)."""

    file_name = ""
    header_icon = "table"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "csv":
            return self.as_csv()
        return super().get(request, *args, **kwargs)

    def as_csv(self) -> HttpResponse:
        response = csv_response(self.file_name)
        writer = csv.writer(response)
        writer.writerow(self.columns())
        writer.writerows([harmless(cell) for cell in row] for row in self.table())
        return response

    def columns(self) -> list[str]:
        raise NotImplementedError

    def table(self) -> Iterable[TableRow]:
        """Every row, whatever the screen leaves out."""
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"media": _styles(), "today": _today()}


class TranslationsView(ReportView):
    """What waits for a translation; everything with `?show=all`."""

    template_name = "conduct/governance/translations.html"
    page_title = _("Translations of the code, the policy and promises")
    file_name = "translations"

    def columns(self) -> list[str]:
        return [
            gettext("What"),
            gettext("Name"),
            gettext("Language"),
            gettext("State"),
            gettext("Edition translated"),
            gettext("Editions behind"),
            gettext("Waiting since"),
            gettext("Days"),
            gettext("Translated by"),
            gettext("Reviewed by"),
        ]

    def table(self) -> Iterable[TableRow]:
        day = _today()
        for row in translations.everything(today=day):
            yield [
                KINDS[row.kind],
                row.name,
                row.language,
                progress_words(row),
                row.edition,
                row.behind,
                row.since.isoformat() if row.since else "",
                row.days_stale(day),
                row.translator,
                row.reviewer,
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, shows_all = _today(), self.request.GET.get("show") == "all"
        found = translations.everything(today=day)
        shown = found if shows_all else [row for row in found if not row.is_done]
        return super().get_context_data(**kwargs) | {
            "rows": [
                {
                    "row": row,
                    "kind": KINDS[row.kind],
                    "language": language_name(row.language),
                    "state": progress_words(row),
                    "days": row.days_stale(day),
                }
                for row in shown
            ],
            "shows_all": shows_all,
            "count": len(found),
            "parity": translations.parity(found),
            "by_language": [
                (language_name(code), parity)
                for code, parity in translations.parity_by_language(found)
            ],
        }


class AccountabilityView(ReportView):
    template_name = "conduct/governance/accountability.html"
    page_title = _("Who answers for what")
    file_name = "who-answers-for-what"

    def columns(self) -> list[str]:
        return [gettext("What"), gettext("Name"), gettext("Role"), gettext("Person")]

    def table(self) -> Iterable[TableRow]:
        for item in accountability.everything():
            yield [item.kind, item.name, "; ".join(item.roles), item.person]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = accountability.everything()
        return super().get_context_data(**kwargs) | {
            "items": items,
            "without": accountability.without_owner(items),
        }


class CertificatesView(ReportView):
    template_name = "conduct/governance/certificates.html"
    page_title = _("Certificates")
    file_name = "certificates"

    def columns(self) -> list[str]:
        return [
            gettext("Page"),
            gettext("Owner of the scheme"),
            gettext("Number of the certificate"),
            gettext("Holds until"),
            gettext("Days left"),
        ]

    def table(self) -> Iterable[TableRow]:
        for listed in certificate_listing.certificates():
            each = listed.certificate
            yield [
                listed.page,
                each.scheme_owner,
                each.number,
                each.expires_on.isoformat(),
                each.days_left(_today()),
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = _today()
        return super().get_context_data(**kwargs) | {
            "rows": [
                (listed, language_name(listed.language), listed.certificate.days_left(day))
                for listed in certificate_listing.certificates()
            ]
        }


def findings(request: HttpRequest, page_id: int) -> HttpResponse:
    """The list above a page's form, of its newest draft. For who may edit the page."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    return render(request, "conduct/panels/findings.html", findings_context(draft))


def _styles() -> Media:
    """Asked for when a page is made: in production the names come from what was collected."""
    return Media(css={"all": [versioned_static("conduct/css/reports.css")]})


def _today() -> dt.date:
    return timezone.localdate()
