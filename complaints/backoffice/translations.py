"""What was said in another language, as it stands beside the original (4.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.backoffice.appearance import Language, language, person_name
from complaints.models import MessageTranslation


@dataclass(frozen=True)
class Translated:
    """`mark` says who made it; a machine's words are never taken for a person's."""

    text: str
    language: Language
    mark: str
    by_machine: bool


def translations_of(messages: Collection[int]) -> defaultdict[int, list[Translated]]:
    """By message, the viewer's language first."""
    rows = MessageTranslation.objects.filter(message__in=messages).select_related("author")
    mine = viewers_language()
    found: defaultdict[int, list[Translated]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.language != mine, row.at, row.pk)):
        shown = Translated(row.text, language(row.language), _mark(row), row.by_machine)
        found[row.message_id].append(shown)
    return found


def _mark(row: MessageTranslation) -> str:
    if row.by_machine:
        return _("Translated by a machine, not checked")
    person = person_name(row.author) if row.author else _("somebody")
    if row.is_source:
        return _("As %(person)s wrote it") % {"person": person}
    return _("Translated by %(person)s") % {"person": person}


def viewers_language() -> str:
    return get_language() or ""


def is_foreign(code: str) -> bool:
    """Not the viewer's language; regional variants of it are."""
    return code.partition("-")[0] != viewers_language().partition("-")[0] or (
        # Two scripts of one language are not read by the same people.
        code.startswith("zh-han") and code != viewers_language()
    )
