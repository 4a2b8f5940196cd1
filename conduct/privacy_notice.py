"""The privacy notice that people are shown, and which version of it (GDPR 12 and 13).

Readers see the newest version, never the editors' row itself, so that what a case says about its
notice is what its writer could read. Saving other words makes the next version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Site

from .links import content_language
from .models.organisation import Organisation
from .models.privacy_notice import PrivacyNotice, PrivacyNoticeVersion
from .privacy_words import HEADINGS, Texts, usual_words

FIELDS = PrivacyNotice.TRANSLATED
_KNOWN = "_conduct_privacy_version"


@dataclass(frozen=True)
class Layer:
    """One thing that people are told. `language` is that of the words."""

    field: str
    heading: str | LazyText
    words: str
    language: str


def current_version(site: Site) -> str:
    """The number of the notice in force, such as "3", for what is received now.

    A site whose editors never saved a notice shows the usual words; they become version 1 with the
    first thing that is received under them.
    """
    version = newest(site) or record(site)
    return str(version.number)


def newest(site: Site) -> PrivacyNoticeVersion | None:
    """The version in force; asked for once for each `Site` object, as its settings are."""
    if _KNOWN not in site.__dict__:
        site.__dict__[_KNOWN] = PrivacyNoticeVersion.objects.newest(site)
    known: PrivacyNoticeVersion | None = site.__dict__[_KNOWN]
    return known


def layers(site: Site, language: str | None = None) -> list[Layer]:
    """What people are told now, in a language (the active one if none is given)."""
    version = newest(site)
    texts = version.texts if version else frozen_texts(None, Organisation.for_site(site))
    return layers_of(texts, language)


def layers_of(texts: Texts, language: str | None = None) -> list[Layer]:
    """Each field in the language, else in the main one, else in any it was written in."""
    wanted = content_language(language)
    chosen = []
    for field in FIELDS:
        written = {code: words[field] for code, words in texts.items() if words.get(field)}
        for code in (wanted, DEFAULT_LANGUAGE, *written):
            if code in written:
                chosen.append(Layer(field, HEADINGS[field], written[code], code))
                break
    return chosen


def own_words(notice: PrivacyNotice, field: str) -> dict[str, str]:
    """{language: words} that editors wrote."""
    columns = {code: build_localized_fieldname(field, code) for code in AVAILABLE_LANGUAGES}
    words = {code: (getattr(notice, column) or "").strip() for code, column in columns.items()}
    return {code: written for code, written in words.items() if written}


def frozen_texts(notice: PrivacyNotice | None, organisation: Organisation) -> Texts:
    """All words as a version keeps them: the editors' own, else the usual ones, field by field.

    A field with own words in one language gets none of the usual in another: they could contradict.
    """
    texts: Texts = {}
    for field in FIELDS:
        own = own_words(notice, field) if notice else {}
        for code, words in (own or usual_words(field, organisation)).items():
            texts.setdefault(code, {})[field] = words
    return texts


def unchecked_fields(notice: PrivacyNotice) -> list[str]:
    """Fields that still say the usual words in every language."""
    return [field for field in FIELDS if not own_words(notice, field)]


def digest_of(texts: Mapping[str, Any]) -> str:
    plain = json.dumps(texts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def record(site: Site, *, now: datetime | None = None) -> PrivacyNoticeVersion:
    """The version that says what the notice says now: a new one where any word differs."""
    with transaction.atomic():
        # One writer at a time: numbers have no gaps and no twins. Without the key, so that nobody
        # waits who stores a row of the site meanwhile.
        Site.objects.select_for_update(no_key=True).only("pk").get(pk=site.pk)
        notice = PrivacyNotice.objects.filter(site=site).first()
        organisation = Organisation.objects.filter(site=site).first() or Organisation(site=site)
        texts = frozen_texts(notice, organisation)
        last = PrivacyNoticeVersion.objects.newest(site)
        if last is None or last.digest != digest_of(texts):
            number = last.number + 1 if last else 1
            last = PrivacyNoticeVersion.objects.create(
                site=site,
                number=number,
                texts=texts,
                digest=digest_of(texts),
                since=now or timezone.now(),
            )
    site.__dict__[_KNOWN] = last
    return last


def _notice_saved(instance: PrivacyNotice, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # Opening the editor makes an empty row, which nobody has saved yet.
    was_only_opened = created and len(unchecked_fields(instance)) == len(FIELDS)
    if not raw and not was_only_opened:
        record(instance.site)


def _organisation_saved(instance: Organisation, raw: bool = False, **kwargs: Any) -> None:
    # The usual words name it. Before the first version nobody has relied on any.
    if not raw and PrivacyNoticeVersion.objects.newest(instance.site) is not None:
        record(instance.site)


def connect() -> None:
    post_save.connect(_notice_saved, sender=PrivacyNotice, dispatch_uid="conduct.privacy_notice")
    post_save.connect(
        _organisation_saved, sender=Organisation, dispatch_uid="conduct.privacy_notice"
    )
