"""The inbox: Wagtail's listing over the cases that the person may see, paged by key."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.generic.base import BaseListingView

from complaints.backoffice.bulk.form import MOST, offered_to
from complaints.backoffice.columns import CaseTable, case_columns, columns_of
from complaints.backoffice.entry import CaseStaffMixin, sees_words
from complaints.backoffice.filters import CaseFilterSet, kept_query
from complaints.backoffice.list_header import ListHeaderMixin
from complaints.backoffice.paging import (
    COUNT_LIMIT,
    FILTERED_LIMIT,
    ORDERS,
    Cursor,
    KeysetPage,
    Order,
    capped_count,
    page_of,
)
from complaints.backoffice.presets import DEFAULT, PRESETS, Preset, presets_for
from complaints.backoffice.saved_menu import saved_tabs
from complaints.backoffice.searching import is_whole_reference, search_cases
from complaints.backoffice.shortcuts import IN_LISTS, KEY_OF_TAB, tab_shortcuts, wants_shortcuts
from complaints.models import Case
from complaints.models.case import CaseQuerySet

SESSION_LIST, SESSION_ORDER = "conduct_complaints_list", "conduct_complaints_order"
STYLES = Media(css={"all": ["conduct_complaints/css/backoffice.css"]})
LIST_MEDIA = STYLES + Media(
    css={"all": ["conduct_complaints/css/lists.css"]}, js=["conduct_complaints/js/lists.js"]
)
#: Long words and contact data that no row shows; contact data would be decrypted row by row.
NOT_IN_LISTS = (
    "description", "effect", "remedy_wanted", "plan", "lesson", "others_affected",
    "complainant__email", "complainant__phone", "complainant__postal_address",
    "complainant__support_needs", "other_contact", "enclosures", "evidence_link",
)  # fmt: skip
NOT_KEPT = ("q", "p", "ordering", "saved", "_w_filter_fragment")


class CaseListView(CaseStaffMixin, ListHeaderMixin, BaseListingView):
    """One tab of the inbox. The tab, filters and order chosen last come back in a session."""

    model = Case
    page_title = gettext_lazy("Cases")
    header_icon = "folder-open-inverse"
    template_name = "conduct_complaints/backoffice/list.html"
    results_template_name = "conduct_complaints/backoffice/list_results.html"
    table_class = CaseTable
    table_classname = "listing conduct-cases"
    filterset_class = CaseFilterSet
    is_searchable = True
    paginate_by = 30
    #: Of common words, too, all cases are found: where it may take its time.
    finds_whole = False
    search_says = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "preset" not in kwargs and not request.GET and (kept := self._kept_address()):
            return HttpResponseRedirect(kept)
        self._keep()
        return super().get(request, *args, **kwargs)

    # What is remembered

    def _kept_address(self) -> str:
        """The list looked at last, unless that is the one shown without being asked."""
        kept = self.request.session.get(SESSION_LIST) or {}
        slug, query = kept.get("preset", DEFAULT), kept.get("query", "")
        if slug not in PRESETS or (slug == DEFAULT and not query):
            return ""
        address = reverse("conduct_complaints_admin:list", args=[slug])
        return f"{address}?{query}" if query else address

    def _keep(self) -> None:
        """Remember tab and filters (never what was searched for: it may name a person)."""
        query = self.request.GET.copy()
        for name in NOT_KEPT:
            query.pop(name, None)
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        kept = {"preset": self.preset.slug, "query": query.urlencode()}
        if self.request.session.get(SESSION_LIST) != kept:
            self.request.session[SESSION_LIST] = kept
        asked = self.request.GET.get("ordering", "")
        if asked in ORDERS and self.request.session.get(SESSION_ORDER) != asked:
            self.request.session[SESSION_ORDER] = asked

    # Which cases

    @cached_property
    def tab(self) -> Preset:
        try:
            return PRESETS[self.kwargs.get("preset", DEFAULT)]
        except KeyError as error:
            raise Http404("No such list.") from error

    @cached_property
    def preset(self) -> Preset:
        """The tab; without its limits where somebody looks for one case by its reference."""
        if is_whole_reference(self.search_query, self.request.user):
            return replace(self.tab, narrow=lambda cases, user, now: cases)
        return self.tab

    @cached_property
    def now(self) -> Any:
        return timezone.now()

    @cached_property
    def order(self) -> Order:
        # By due date closed cases are all alike.
        if self.preset.slug == "closed":
            asked = self.request.GET.get("ordering", "")
            return ORDERS[asked if asked in ORDERS and "due" not in asked else self.preset.order]
        return ORDERS[self.ordering]

    @property
    def counted(self) -> int:
        """Of a list that filters narrow fewer: each that they leave out is read as well."""
        return min(FILTERED_LIMIT, COUNT_LIMIT) if self.is_filtering else COUNT_LIMIT

    def get_valid_orderings(self) -> list[str]:
        return list(ORDERS)

    def get_ordering(self) -> str:
        kept = self.request.session.get(SESSION_ORDER, self.preset.order)
        asked = self.request.GET.get("ordering", kept)
        return asked if asked in ORDERS else self.preset.order

    def get_base_queryset(self) -> CaseQuerySet:
        cases = Case.objects.visible_to(self.request.user)
        cases = self.preset.narrow(cases, self.request.user, self.now)
        return (
            cases.select_related("complainant", "team", "handler", "site")
            .prefetch_related("issues__category")
            .defer(*NOT_IN_LISTS)
        )

    def order_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        return queryset

    def search_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        if not self.is_searching:
            return queryset
        found = search_cases(
            queryset,
            self.search_query,
            self.request.user,
            order=self.order.fields,
            whole=self.finds_whole,
        )
        self.search_says = found.says
        return found.cases

    def paginate_queryset(
        self, queryset: CaseQuerySet, page_size: int
    ) -> tuple[None, None, list[Case], bool]:
        cursor = Cursor.parse(self.request.GET.get(self.page_kwarg), self.order)
        self.keyset: KeysetPage = page_of(queryset, self.order, size=page_size, cursor=cursor)
        is_all = cursor is None and not self.keyset.next
        own_order = ORDERS[self.preset.order]
        self.found = (
            len(self.keyset.rows) if is_all else capped_count(queryset, own_order, self.counted)
        )
        return None, None, self.keyset.rows, False

    # What is shown

    @cached_property
    def shown(self) -> frozenset[str]:
        return columns_of(self.request.user)

    @cached_property
    def columns(self) -> list[Any]:
        return case_columns(words=sees_words(self.request.user), shown=self.shown)

    def get_index_url(self) -> str:
        return reverse("conduct_complaints_admin:list", args=[self.preset.slug])

    def get_index_results_url(self) -> str:
        return reverse("conduct_complaints_admin:list_results", args=[self.preset.slug])

    def get_page_subtitle(self) -> str:
        return str(self.preset.label)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["media"] += LIST_MEDIA
        if not self.results_only:
            context |= self.around_the_list()
        return context | {
            "preset": self.tab,
            "shown": self.shown,
            "wants_shortcuts": wants_shortcuts(self.request.user),
            "bulk_actions": offered_to(self.request.user),
            "bulk_most": MOST,
            "kept_query": kept_query(self.request.GET),
            "keyset": self.keyset,
            "found_words": self._found_words(),
            "search_says": self.search_says,
            "is_narrowed": bool(self.is_searching or self.is_filtering),
            "order": self.order,
            "words": sees_words(self.request.user),
        }

    def around_the_list(self) -> dict[str, Any]:
        """Tabs, saved lists and keys: what stays while results are exchanged."""
        user = self.request.user
        tabs = presets_for(user)
        saved = saved_tabs(user, self.now)
        here = self.request.GET.get("saved", "")
        current = [tab for tab in saved if str(tab.list.pk) == here]
        return {
            "tabs": [(tab, KEY_OF_TAB.get(tab.slug, "")) for tab in tabs],
            "saved_tabs": saved,
            "current_saved": current[0].list if current else None,
            "shortcuts": IN_LISTS,
            "tab_shortcuts": tab_shortcuts({tab.slug for tab in tabs}),
        }

    def _found_words(self) -> str:
        if self.found > self.counted:
            return _("%(count)s+ cases") % {"count": intcomma(self.counted)}
        return ngettext("%(count)s case", "%(count)s cases", self.found) % {
            "count": intcomma(self.found)
        }
