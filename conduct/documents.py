"""A code or policy as readers see it: drafted from a page, or read back from an edition."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from .models.edition import Edition, EditionPromise, EditionText
from .models.promise import Promise, TargetPeriod

if TYPE_CHECKING:
    from .models.pages import EditionedPage

FACTS = (
    "code",
    "order",
    "topic",
    "remedy_how",
    "claim_window_days",
    "threshold",
    "unit",
    "operator",
    "target",
    "period",
    "indicator",
    "starts_on",
    "ends_on",
)
# Shown to readers; evidence is the organisation's own record and stays out of the public text.
WORDS = ("statement", "audience", "limits", "conditions", "remedy", "metric", "data_source")
PROSE = ("title", "scope", "exclusions", "purpose")
#: What each language says of the edition itself.
SAID_OF_IT = ("what_changed", "impact", "approved_by_role")
#: What a page says of the edition it makes, once for all languages.
RECORDED = (
    "review_date",
    "approved_by_name",
    "approved_by_role",
    "approved_on",
    "change_theme",
    "accountable_role",
    "inputs_considered",
)
#: What later versions of this app added. Empty, it leaves a digest as it was without it.
ADDED = frozenset({"threshold", "period", "audience", "data_source", "impact", "approved_by_role"})

Texts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Words:
    """The words of one promise for readers of one language; `languages` names fields in another."""

    texts: dict[str, str]
    languages: dict[str, str]

    def __getattr__(self, name: str) -> str:
        if name in WORDS:
            return self.texts.get(name, "")
        raise AttributeError(name)


@dataclass(frozen=True)
class ShownPromise:
    """A promise of an edition with its words in the reader's language."""

    promise: EditionPromise
    words: Words

    @property
    def code(self) -> str:
        return self.promise.code

    @property
    def anchor(self) -> str:
        return self.promise.anchor


@dataclass(frozen=True)
class Document:
    """An edition, its text in one language and its promises; unsaved rows for a draft."""

    edition: Edition
    text: EditionText
    promises: Sequence[EditionPromise]

    @property
    def language(self) -> str:
        return self.text.language

    def shown_promises(self) -> dict[str, ShownPromise]:
        """Promises by code, in their order."""
        return {
            promise.code: ShownPromise(promise, self._words(promise)) for promise in self.promises
        }

    def _words(self, promise: EditionPromise) -> Words:
        frozen = self.text.promise_texts.get(promise.code)
        if frozen is None:
            frozen = choose_words(promise.texts, self.text.language, self.edition.source_language)
        texts = {field: frozen.get(field, "") for field in WORDS}
        return Words(texts=texts, languages=frozen.get("languages", {}))


def draft_document(page: EditionedPage, *, day: dt.date, language: str) -> Document:
    """What publishing this page now would freeze; nothing is saved."""
    promises = [frozen_promise(promise) for promise in Promise.objects.live(on=day)]
    edition = Edition(
        kind=page.kind,
        source_language=language,
        **{field: getattr(page, field) for field in RECORDED if hasattr(page, field)},
    )
    text = draft_text(page, promises=promises, language=language, source_language=language)
    cited = cited_codes(text.parts)
    promises = [promise for promise in promises if promise.code in cited]
    return Document(edition=edition, text=text, promises=promises)


def draft_text(
    page: EditionedPage, *, promises: Sequence[EditionPromise], language: str, source_language: str
) -> EditionText:
    """The words of a page in its language, with the words of the promises it cites; unsaved."""
    parts = _without_repeats(page.body.stream_block.freeze(page.body, promises))
    cited = cited_codes(parts)
    text = EditionText(
        language=language,
        title=page.title,
        scope=page.scope,
        exclusions=page.exclusions,
        purpose=page.purpose,
        what_changed=page.what_changed,
        impact=page.impact,
        approved_by_role=page.approved_by_role,
        is_correction=page.is_correction,
        parts=parts,
        promise_texts={
            promise.code: choose_words(promise.texts, language, source_language)
            for promise in promises
            if promise.code in cited
        },
    )
    text.digest = text_digest(text)
    return text


def frozen_promise(promise: Promise) -> EditionPromise:
    """An unsaved copy of a promise with its words in every language that has a statement."""
    facts = {field: getattr(promise, field) for field in FACTS}
    return EditionPromise(texts=words_of(promise), **facts)


def words_of(promise: Promise) -> Texts:
    """{language: {field: words}} for each language in which the promise is stated."""
    texts: Texts = {}
    for language in AVAILABLE_LANGUAGES:
        words = {
            field: getattr(promise, build_localized_fieldname(field, language)) or ""
            for field in WORDS
        }
        if words["statement"]:
            texts[language] = words
    return texts


def choose_words(texts: Texts, language: str, source_language: str) -> dict[str, Any]:
    """The words for readers of a language, field by field, else those of the source.

    A limit that exists only in the source language must never read as "No limits", so a field that
    is empty here and filled there counts as not yet translated. `languages` names such fields.
    """
    source = texts.get(source_language) or next(iter(texts.values()), {})
    source_code = source_language if source_language in texts else next(iter(texts), "")
    own = texts.get(language, {})
    chosen: dict[str, Any] = {}
    languages: dict[str, str] = {}
    for field in WORDS:
        chosen[field] = own.get(field) or source.get(field, "")
        if not own.get(field) and source.get(field) and source_code != language:
            languages[field] = source_code
    chosen["languages"] = languages
    return chosen


def cited_codes(parts: Iterable[dict[str, Any]]) -> set[str]:
    return {code for part in parts if part["kind"] == "promises" for code in part["codes"]}


def text_digest(text: EditionText) -> str:
    """SHA-256 of everything a reader sees of a text, what changed included."""
    fields = (*PROSE, *SAID_OF_IT, "parts", "promise_texts", "language")
    content = {field: getattr(text, field) for field in fields}
    content["promise_texts"] = {
        code: _as_before(words) for code, words in text.promise_texts.items()
    }
    return _sha256(_as_before(content))


def content_digest(document: Document) -> str:
    """SHA-256 of what makes an edition: the source text without what changed, and the promises.

    Only words in the source language count, so that translating a promise makes no new edition.
    """
    prose = {field: getattr(document.text, field) for field in (*PROSE, "parts")}
    promises = [
        _as_before(facts_of(promise)) | {"words": _as_before(_source_words(document, promise))}
        for promise in document.promises
    ]
    return _sha256({"prose": prose, "promises": promises})


def facts_of(promise: EditionPromise) -> dict[str, Any]:
    """What binds in a promise beside its words."""
    return {field: getattr(promise, field) for field in FACTS if field != "order"}


def _source_words(document: Document, promise: EditionPromise) -> dict[str, Any]:
    """The words that a text froze of a promise: a correction may have mended them."""
    source = document.edition.source_language
    frozen = document.text.promise_texts.get(promise.code)
    return frozen if frozen is not None else choose_words(promise.texts, source, source)


def _as_before(content: dict[str, Any]) -> dict[str, Any]:
    """Without what was added later and says nothing: an old edition keeps its digest."""
    silent = ("", None, TargetPeriod.TWELVE_MONTHS)
    return {key: value for key, value in content.items() if key not in ADDED or value not in silent}


def _without_repeats(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep only the first place of each promise, so that its anchor is unique on the page."""
    seen: set[str] = set()
    for part in parts:
        if part["kind"] == "promises":
            part["codes"] = [code for code in part["codes"] if code not in seen]
            seen.update(part["codes"])
    return parts


def _sha256(content: Any) -> str:
    plain = json.dumps(content, cls=_PlainNumbers, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


class _PlainNumbers(DjangoJSONEncoder):
    """Decimals without trailing zeros: 95, 95.0 and 95.00 per cent are the same target."""

    def default(self, o: Any) -> Any:
        import decimal

        if isinstance(o, decimal.Decimal):
            return f"{o.normalize():f}"
        return super().default(o)
