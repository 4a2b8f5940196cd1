"""What of the setup is done and what is missing: read from the data, so that it is true however the
data came about. What can't be read from data (somebody has looked at the time limits) is a line in
the configuration log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from complaints.access import APP
from complaints.backoffice.setup.code_form import code_of
from complaints.configuration_log import acting_user
from complaints.models import (
    Category,
    ConfigurationChange,
    HandlingSettings,
    RemedyKind,
    TeamMember,
)
from conduct.models import Organisation

#: Stands for the guide in the configuration log.
SETUP = f"{APP}.setup"
CHANGE_RULES = f"{APP}.change_handlingsettings"
CHANGE_ORGANISATION = "conduct.change_organisation"
ADD_TEAM = f"{APP}.add_team"
ADD_CATEGORY = f"{APP}.add_category"


@dataclass(frozen=True)
class Step:
    slug: str
    title: LazyText
    asks: LazyText
    permission: str
    is_done: Callable[[Site, frozenset[str]], bool]


@dataclass(frozen=True)
class Progress:
    """One step as the overview shows it."""

    step: Step
    done: bool
    allowed: bool
    url: str


def may_set_up(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(CHANGE_RULES))


def _organisation(site: Site, confirmed: frozenset[str]) -> bool:
    organisation = Organisation.for_site(site)
    return bool(organisation.name and (organisation.email or organisation.phone))


def _people(site: Site, confirmed: frozenset[str]) -> bool:
    return TeamMember.objects.filter(is_lead=True, user__is_active=True).exists()


def _lists(site: Site, confirmed: frozenset[str]) -> bool:
    has_categories = Category.objects.filter(is_active=True).exists()
    return has_categories and RemedyKind.objects.filter(is_active=True).exists()


def _outside(site: Site, confirmed: frozenset[str]) -> bool:
    return bool(Organisation.for_site(site).external_body_name) or "outside" in confirmed


def _code(site: Site, confirmed: frozenset[str]) -> bool:
    return "code" in confirmed or code_of(site) is not None


def _form(site: Site, confirmed: frozenset[str]) -> bool:
    page = Organisation.for_site(site).complaint_page
    return page is not None and page.live


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step(
            "organisation",
            _("Who you are"),
            _("Name and contact: they stand on every page and in every mail."),
            CHANGE_ORGANISATION,
            _organisation,
        ),
        Step(
            "rules",
            _("How fast you answer"),
            _("Size, working days, time limits and currency."),
            CHANGE_RULES,
            lambda site, confirmed: "rules" in confirmed,
        ),
        Step(
            "people",
            _("Who works on cases"),
            _("A first team, and who leads it."),
            ADD_TEAM,
            _people,
        ),
        Step(
            "lists",
            _("What it can be about"),
            _("Lists to start with: what complaints are about, what puts them right, and why."),
            ADD_CATEGORY,
            _lists,
        ),
        Step(
            "outside",
            _("Where people can go outside"),
            _("Who helps, independent of you, where somebody does not agree with your answer."),
            CHANGE_ORGANISATION,
            _outside,
        ),
        Step(
            "code",
            _("What you promise"),
            _("A one-page code of conduct to start with, if you like."),
            CHANGE_ORGANISATION,
            _code,
        ),
        Step(
            "form",
            _("Where people complain"),
            _("A page with the complaint form."),
            CHANGE_ORGANISATION,
            _form,
        ),
    )
}


def address(slug: str, site: Site) -> str:
    """Of a step (or the overview, without one); names the site unless it is the default one."""
    name = "conduct_complaints_admin:setup_step" if slug else "conduct_complaints_admin:setup"
    url = reverse(name, args=[slug] if slug else [])
    return url if site.is_default_site else f"{url}?site={site.pk}"


def progress(site: Site, user: Any) -> list[Progress]:
    confirmed = confirmed_steps(site)
    return [
        Progress(
            step=step,
            done=step.is_done(site, confirmed),
            allowed=user.has_perm(step.permission),
            url=address(step.slug, site),
        )
        for step in STEPS.values()
    ]


def next_step(site: Site, user: Any, after: str) -> str:
    """The first step after this one that waits for this person; empty where none does."""
    slugs = list(STEPS)
    later = slugs[slugs.index(after) + 1 :]
    waiting = {p.step.slug for p in progress(site, user) if p.allowed and not p.done}
    return next((slug for slug in later if slug in waiting), "")


def confirmed_steps(site: Site) -> frozenset[str]:
    rows = ConfigurationChange.objects.filter(model=SETUP, row__startswith=f"{site.pk}:")
    return frozenset(row.partition(":")[2] for row in rows.values_list("row", flat=True))


def confirm(site: Site, slug: str) -> None:
    """Somebody has looked at it, whether or not they changed anything: once is enough."""
    row = f"{site.pk}:{slug}"
    if not ConfigurationChange.objects.filter(model=SETUP, row=row).exists():
        ConfigurationChange.objects.create(
            at=timezone.now(),
            user=acting_user(),
            what=ConfigurationChange.What.ADDED,
            model=SETUP,
            row=row,
            name=f"{STEPS[slug].title} ({site})"[:200],
        )


def is_small(site: Site) -> bool:
    return HandlingSettings.for_site(site).small_mode
