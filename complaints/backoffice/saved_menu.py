"""The saved lists beside the tabs, each with how many cases this person would find in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse

from complaints.backoffice.filters import narrowed
from complaints.backoffice.paging import ORDERS, capped_count
from complaints.backoffice.presets import PRESETS
from complaints.models import Case, SavedList
from complaints.models.case import CaseQuerySet

#: So many have a place beside the tabs; each costs one query, which counts no further than this.
SHOWN, COUNTED = 10, 99


@dataclass(frozen=True)
class SavedTab:
    """One saved list in the menu."""

    list: SavedList
    url: str
    count: str


def cases_of(saved: SavedList, user: Any, now: datetime) -> CaseQuerySet:
    """What this person finds in a list, whoever saved it; nothing where its tab is gone."""
    preset = PRESETS.get(saved.preset)
    if preset is None:
        return Case.objects.none()
    visible = Case.objects.visible_to(user)
    return narrowed(preset.narrow(visible, user, now), saved.query)


def saved_url(saved: SavedList) -> str:
    """The list with its filters; `saved` only marks where one is."""
    address = reverse("conduct_complaints_admin:list", args=[saved.preset])
    return f"{address}?{saved.query}{'&' if saved.query else ''}saved={saved.pk}"


def count_words(saved: SavedList, user: Any, now: datetime) -> str:
    """ "7" or "99+"."""
    order = ORDERS[PRESETS[saved.preset].order]
    count = capped_count(cases_of(saved, user, now), order, COUNTED)
    return f"{intcomma(COUNTED)}+" if count > COUNTED else intcomma(count)


def saved_tabs(user: Any, now: datetime) -> list[SavedTab]:
    """The first of the lists this person may use."""
    usable = SavedList.objects.usable_by(user).filter(preset__in=PRESETS)[:SHOWN]
    return [SavedTab(saved, saved_url(saved), count_words(saved, user, now)) for saved in usable]
