"""Puts samples below a site's home, or one of them there as a draft to start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from conduct.editions import publish
from conduct.links import content_language
from conduct.models import CodeOfConductPage, Organisation, Promise
from conduct.models.promise import SAMPLE, PromiseState
from conduct.tied_translations import tie

from . import SMALL, facts, series, spoken
from .writing import Order, make_promises, set_words


class CanNotLoad(Exception):
    """Something is missing; the text says what and how to mend it."""


@transaction.atomic
def load(site: Site, key: str, *, owner: Any, now: dt.datetime | None = None) -> list[Page]:
    """Publish a sample in every language in which the site has a home page; the pages it made.

    What is there already stays as it is. Raises CanNotLoad.
    """
    home, source = _source_home(site)
    order = Order(key, source, owner, timezone.localdate(now), is_live=True)
    promises = make_promises(order)
    try:
        return _pages(order, home, promises, translation_key=series(site.pk, key))
    except ValidationError as refusal:
        raise CanNotLoad(" ".join(refusal.messages)) from refusal


@transaction.atomic
def start(site: Site, *, owner: Any, now: dt.datetime | None = None) -> CodeOfConductPage:
    """The one-page code as a draft in every language, chosen as the organisation's code.

    Its promises are drafts too: somebody has to make them true first. Raises CanNotLoad.
    """
    home, source = _source_home(site)
    order = Order(SMALL, source, owner, timezone.localdate(now), is_live=False)
    page = _pages(order, home, make_promises(order))[0]
    organisation = Organisation.for_site(site)
    if organisation.code_page_id is None:
        organisation.code_page = page
        organisation.save()
    return page


@transaction.atomic
def withdraw(site: Site, key: str) -> int:
    """Unpublish a sample and withdraw its promises; how many pages were public until now."""
    pages = CodeOfConductPage.objects.filter(translation_key=series(site.pk, key), live=True)
    public = list(pages)
    for page in public:
        page.unpublish()
    codes = [f"{SAMPLE}{code}" for code in facts()[key]["promises"]]
    for promise in Promise.objects.filter(code__in=codes):
        promise.state = PromiseState.WITHDRAWN
        promise.save()
    return len(public)


def _source_home(site: Site) -> tuple[Page, str]:
    """The home page that samples are written below first, and the samples' language for it."""
    root = site.root_page
    main = Locale.objects.filter(language_code=content_language(settings.LANGUAGE_CODE)).first()
    home = (root.get_translation_or_none(main) if main else None) or root
    source = spoken(home.locale.language_code)
    if source is None:
        raise CanNotLoad(
            f"There are no samples in the language of “{home}” ({home.locale.language_code}). "
            "Make a home page in one of these first: ar, de, en, es, fr, ko, vi, zh-hans."
        )
    return home, source


def _pages(order: Order, home: Page, promises: dict[str, Promise], **fields: Any) -> list[Page]:
    """The page in the language of `home`, then every other one; only those that are new."""
    page = (
        CodeOfConductPage.objects.filter(locale=home.locale, **fields).first() if fields else None
    )
    made: list[Page] = []
    if page is None:
        page = CodeOfConductPage(locale=home.locale, live=False, **fields)
        page.slug = _free_slug(home, facts()[order.key]["slug"])
        set_words(page, order, order.source, promises)
        page.is_draft_save = not order.is_live
        home.add_child(instance=page)
        _finish(page, order)
        made.append(page)
    translations = _translate(page, order, home, promises)
    if made:
        tie(page, [translation.locale for translation in translations])
    return [*made, *translations]


def _translate(
    page: CodeOfConductPage, order: Order, home: Page, promises: dict[str, Promise]
) -> list[Page]:
    made: list[Page] = []
    for there in home.get_translations().select_related("locale").order_by("locale__pk"):
        language = spoken(there.locale.language_code)
        if language is None or page.has_translation(there.locale):
            continue
        copy = page.copy_for_translation(there.locale).specific
        set_words(copy, order, language, promises)
        copy.is_draft_save = not order.is_live
        _finish(copy, order)
        made.append(copy)
    return made


def _finish(page: CodeOfConductPage, order: Order) -> None:
    if order.is_live:
        publish(page)
    else:
        page.save()
        page.save_revision()


def _free_slug(home: Page, slug: str) -> str:
    taken: Sequence[str] = home.get_children().values_list("slug", flat=True)
    number, wanted = 2, slug
    while wanted in taken:
        wanted, number = f"{slug}-{number}", number + 1
    return wanted
