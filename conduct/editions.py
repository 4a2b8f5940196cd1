"""Publishing makes editions: the only module that writes them.

Publishing the page in its original language makes the next edition where its content changed.
Publishing a translation adds that language's words to the edition it translates.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from .documents import (
    SAID_OF_IT,
    Document,
    choose_words,
    content_digest,
    draft_document,
    draft_text,
    text_digest,
    words_of,
)
from .models.edition import Edition, EditionPromise, EditionText
from .models.pages import EditionedPage
from .models.promise import Promise

#: Somebody else takes the next number at the same moment: with the next one it is tried again.
ATTEMPTS = 4


def publish(page: EditionedPage, *, user: Any = None) -> Edition | None:
    """Publish the page as it stands; return the edition it made or added words to, if any.

    `page.effective_date` says when the edition comes into force; it may lie in the past.
    """
    before = Edition.objects.of_page(page).first()
    page.save_revision(user=user).publish(user=user)
    page.refresh_from_db()
    if not is_original(page):
        return edition_translated_by(page)
    after = Edition.objects.of_page(page).first()
    return None if after == before else after


def record(page: EditionedPage, *, now: dt.datetime | None = None) -> Edition | None:
    """Keep what was just published. Returns the edition that was made or got words, or None.

    Called for every publication; does nothing where nothing changed.
    """
    if page.alias_of_id or not page.live:
        return None
    moment = now or timezone.now()
    write = _make_edition if is_original(page) else _add_translation
    for _attempt in range(ATTEMPTS - 1):
        # Nothing is locked: whoever publishes has written to a page already, and two who publish
        # would wait for each other's. The database lets each number be taken once.
        with contextlib.suppress(IntegrityError), transaction.atomic():
            return write(page, now=moment)
    with transaction.atomic():
        return write(page, now=moment)


def is_original(page: Page) -> bool:
    """Whether a page is the one that its other languages are translated from."""
    return original_of(page).pk == page.pk


def original_of(page: Page) -> Page:
    """The page in the language it was written in: the translation's source, else the main one."""
    known = (
        Translation.objects.filter(source__object_id=page.translation_key)
        .values_list("source__locale_id", flat=True)
        .first()
    )
    family = list(
        Page.objects.filter(translation_key=page.translation_key, alias_of=None)
        .select_related("locale")
        .order_by("pk")
    )
    main = known or Locale.get_default().pk
    return next((member for member in family if member.locale_id == main), family[0])


def edition_translated_by(page: Page) -> Edition | None:
    """The edition that a page translates: the newest when its source was last taken."""
    editions = Edition.objects.of_page(page)
    taken_at = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id
        )
        .values_list("source__last_updated_at", flat=True)
        .first()
    )
    if taken_at is not None:
        known = editions.filter(created_at__lte=taken_at).first()
        if known is not None:
            return known
    return editions.first()


def _make_edition(page: EditionedPage, *, now: dt.datetime) -> Edition | None:
    site = page.get_site()
    if site is None:
        return None
    previous = Edition.objects.of_page(page).first()
    if page.is_correction and previous is not None:
        return _correct(page, previous, now=now)
    effective_from = comes_into_force(page, previous=previous, now=now)
    document = _next_document(page, effective_from)
    if previous is not None and _says_the_same(document, previous):
        return None
    edition = document.edition
    edition.series = page.translation_key
    edition.site = site
    edition.number = previous.number + 1 if previous else 1
    edition.replaces = previous
    edition.effective_from = effective_from
    edition.digest = content_digest(document)
    edition.created_at = now
    document.text.is_correction = False
    _save(document)
    return edition


def _save(document: Document) -> None:
    document.edition.save()
    document.text.edition = document.edition
    document.text.created_at = document.edition.created_at
    document.text.save()
    for promise in document.promises:
        promise.edition = document.edition
        promise.save()


def would_make_edition(
    page: EditionedPage, previous: Edition, *, now: dt.datetime | None = None
) -> bool:
    """Whether publishing the page as it stands would change what readers can rely on."""
    effective_from = comes_into_force(page, previous=previous, now=now or timezone.now())
    return not _says_the_same(_next_document(page, effective_from), previous)


def _next_document(page: EditionedPage, effective_from: dt.datetime) -> Document:
    return draft_document(
        page, day=timezone.localdate(effective_from), language=page.locale.language_code
    )


def _says_the_same(document: Document, previous: Edition) -> bool:
    """Nothing that readers rely on differs from an edition as it is or as it was corrected."""
    return content_digest(document) in (previous.digest, corrected_digest(previous))


def corrected_digest(edition: Edition) -> str:
    """The digest of an edition with the spelling of its source text as last corrected."""
    text = edition.text_in(edition.source_language)
    assert text is not None  # written together with the edition
    return content_digest(Document(edition, text, list(edition.promises.order_by("order", "code"))))


def _correct(page: EditionedPage, edition: Edition, *, now: dt.datetime) -> Edition | None:
    """Add the corrected words to the newest edition; its number, dates and promises stay.

    Whether they are only corrected was asked before publishing (`conduct.corrections`).
    """
    day, language = timezone.localdate(edition.effective_from), edition.source_language
    text = draft_document(page, day=day, language=language).text
    last = edition.text_in(edition.source_language)
    assert last is not None  # written together with the edition
    # What was said about the edition when it came out is not the correction's to change.
    for field in SAID_OF_IT:
        setattr(text, field, getattr(last, field))
    text.is_correction = True
    text.digest = text_digest(text)
    _no_longer_correcting(page)
    if text.digest == last.digest:
        return None
    text.edition, text.version, text.created_at = edition, last.version + 1, now
    text.save()
    return edition


def _no_longer_correcting(page: EditionedPage) -> None:
    """The next change is a correction only if an editor says so again."""
    page.is_correction = False
    type(page).objects.filter(pk=page.pk).update(is_correction=False)
    revision = page.latest_revision
    if revision is not None and revision.content.get("is_correction"):
        revision.content["is_correction"] = False
        revision.save(update_fields=["content"])


def comes_into_force(
    page: EditionedPage, *, previous: Edition | None, now: dt.datetime
) -> dt.datetime:
    """Midnight at the start of the page's date; `now` where that date served the last edition."""
    if page.effective_date is None:
        return now
    midnight = timezone.make_aware(dt.datetime.combine(page.effective_date, dt.time.min))
    date_is_used = previous is not None and midnight <= previous.effective_from
    if date_is_used and midnight <= now:
        return now
    return midnight


def _add_translation(page: EditionedPage, *, now: dt.datetime) -> Edition | None:
    edition = edition_translated_by(page)
    language = page.locale.language_code
    if edition is None or language == edition.source_language:
        return None
    promises = list(edition.promises.all())
    text = draft_text(
        page, promises=promises, language=language, source_language=edition.source_language
    )
    _use_later_translations(text, promises, source_language=edition.source_language)
    last = edition.text_in(language)
    if last is not None and last.digest == text.digest:
        return None
    text.edition = edition
    text.version = last.version + 1 if last else 1
    text.created_at = now
    text.save()
    return edition


def _use_later_translations(
    text: EditionText, promises: list[EditionPromise], *, source_language: str
) -> None:
    """Take words translated after the edition was made, of promises that still say the same."""
    current = {
        promise.code: words_of(promise)
        for promise in Promise.objects.filter(code__in=list(text.promise_texts))
    }
    for promise in promises:
        words = current.get(promise.code, {})
        if words.get(source_language) and words[source_language] == promise.texts.get(
            source_language
        ):
            text.promise_texts[promise.code] = choose_words(words, text.language, source_language)
    text.digest = text_digest(text)
