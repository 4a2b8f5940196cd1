"""The reports in the menu, and one line for each on the home page while something waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from conduct.lint.certificates import SOON

from . import accountability, certificate_listing, translations
from .access import may_see_reports

KEPT_AS = "conduct.governance.waiting"
#: Seconds; whoever has just mended something sees it in the report at once, here soon after.
KEPT_FOR = 300


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_reports(request.user)


def _item(label: LazyText, name: str, icon: str, order: int) -> ReportMenuItem:
    address = reverse(f"conduct_admin:{name}")
    return ReportMenuItem(label, address, name=f"conduct-{name}", icon_name=icon, order=order)


def translations_item() -> MenuItem:
    return _item(_("Translations of promises"), "translations", "wagtail-localize-language", 850)


def accountability_item() -> MenuItem:
    return _item(_("Who answers for what"), "accountability", "user", 851)


def certificates_item() -> MenuItem:
    return _item(_("Certificates"), "certificates", "success", 852)


class GovernancePanel(Component):
    """What waits in the reports; each line leads to its report."""

    name, order = "conduct-governance", 60
    template_name = "conduct/governance/home_panel.html"
    media = Media()

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        self.lines = lines

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"panel": self, "lines": self.lines}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For who may see the reports; nothing where nothing waits."""
    if not may_see_reports(request.user):
        return
    waiting = cache.get(KEPT_AS)
    if waiting is None:
        waiting = Waiting.now()
        cache.set(KEPT_AS, waiting, KEPT_FOR)
    lines = [
        line
        for line in (_translations(waiting), _roles(waiting), _certificates(waiting))
        if line is not None
    ]
    if lines:
        panels.append(GovernancePanel(lines))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits in each report. Three whole reports, so they are not made at each visit."""

    texts: int
    translated: int  # per cent
    without_role: int
    certificates: int

    @classmethod
    def now(cls) -> Waiting:
        parity = translations.parity(translations.everything())
        today = timezone.localdate()
        return cls(
            texts=parity.all - parity.done,
            translated=int(parity.per_cent),
            without_role=accountability.without_owner(accountability.everything()),
            certificates=sum(
                listed.certificate.days_left(today) <= SOON
                for listed in certificate_listing.certificates()
            ),
        )


def _translations(waiting: Waiting) -> tuple[str, str] | None:
    words = ngettext(
        "%(count)s text waits for a translation; %(share)s %% are up to date.",
        "%(count)s texts wait for a translation; %(share)s %% are up to date.",
        waiting.texts,
    ) % {"count": waiting.texts, "share": waiting.translated}
    return (words, reverse("conduct_admin:translations")) if waiting.texts else None


def _roles(waiting: Waiting) -> tuple[str, str] | None:
    words = ngettext(
        "%(count)s thing has no role, or several, that answer for it.",
        "%(count)s things have no role, or several, that answer for them.",
        waiting.without_role,
    ) % {"count": waiting.without_role}
    return (words, reverse("conduct_admin:accountability")) if waiting.without_role else None


def _certificates(waiting: Waiting) -> tuple[str, str] | None:
    words = ngettext(
        "%(count)s certificate has ended or ends within %(days)s days.",
        "%(count)s certificates have ended or end within %(days)s days.",
        waiting.certificates,
    ) % {"count": waiting.certificates, "days": SOON}
    return (words, reverse("conduct_admin:certificates")) if waiting.certificates else None
