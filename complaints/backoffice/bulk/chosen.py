"""Which cases somebody has chosen, of those that they may see."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from complaints.backoffice.bulk.form import MOST
from complaints.backoffice.listing import NOT_IN_LISTS, CaseListView
from complaints.backoffice.paging import ORDERS
from complaints.backoffice.presets import PRESETS
from complaints.models import Case


@dataclass(frozen=True)
class Chosen:
    """`missing` counts what was asked for and is not there for this person, whyever."""

    cases: list[Case]
    versions: Mapping[int, int]
    missing: int = 0
    is_cut: bool = False

    @property
    def keys(self) -> str:
        return ",".join(str(case.pk) for case in self.cases)

    @property
    def keys_and_versions(self) -> str:
        """What the preview has shown. One field, because a form may have a thousand at most."""
        return ",".join(f"{case.pk}:{case.version}" for case in self.cases)


def chosen_from(request: HttpRequest) -> Chosen:
    """Read from the check boxes, from "all of this list", or from what an earlier step carried."""
    # Back from the preview also those come along again that it said would be refused.
    carried = "everyone" if request.POST.get("step") == "edit" else "chosen"
    if carried in request.POST:
        versions = _parsed(request.POST[carried].split(","))
    elif "all" in request.POST:
        versions = dict.fromkeys(_of_list(request), 0)
    else:
        versions = _parsed(request.POST.getlist("case"))
    keys = list(versions)[:MOST]
    cases = _fetched(keys, request.user)
    return Chosen(
        cases,
        versions,
        missing=len(keys) - len(cases),
        is_cut=len(versions) > MOST,
    )


def _parsed(texts: Iterable[str]) -> dict[int, int]:
    """Key -> version seen (0: none was). What is no number is a case that isn't there."""
    found: dict[int, int] = {}
    for place, text in enumerate(filter(None, texts)):
        key, _colon, version = text.partition(":")
        number = int(key) if key.isdecimal() and len(key) < len(str(2**63)) else -1 - place
        found[number] = int(version) if version.isdecimal() and len(version) < 10 else 0
    return found


def _of_list(request: HttpRequest) -> list[int]:
    """The first of the list that was looked at, with its filters and what was searched for."""
    preset = request.POST.get("list", "")
    if preset not in PRESETS:
        raise Http404("No such list.")
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query["q"] = request.POST.get("q", "")
    asked = copy.copy(request)
    asked.GET = query  # type: ignore[assignment]
    view = CaseListView()
    view.setup(asked, preset=preset)
    if view.filters and not view.filters.is_valid():
        raise Http404("No such list.")
    order = ORDERS[view.preset.order]
    keys = view.get_queryset().order_by(order.name, "pk").values_list("pk", flat=True)
    return list(keys[: MOST + 1])


def _fetched(keys: list[int], user: Any) -> list[Case]:
    cases = (
        Case.objects.visible_to(user)
        .filter(pk__in=keys)
        .select_related("complainant", "team", "handler", "site")
        .prefetch_related("issues__category")
        .defer(*NOT_IN_LISTS)
        .order_by("due_at", "pk")
    )
    sites: dict[int, Any] = {}
    found = list(cases)
    for case in found:
        # One object for all: what it has read of its settings is not read again for each case.
        case.site = sites.setdefault(case.site_id, case.site)
    return found
