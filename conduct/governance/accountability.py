"""Who answers for what: exactly one role each (ETH-3; ISO 10001:2018, 4.8).

Other apps add what they know with `register_source`, from `AppConfig.ready()`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText


@dataclass(frozen=True, slots=True)
class Answerable:
    """Something that one role has to answer for; `mend` is where staff name it."""

    kind: str | LazyText
    name: str
    roles: tuple[str, ...]
    mend: str
    person: str = ""

    @property
    def has_one(self) -> bool:
        return len(self.roles) == 1


Source = Callable[[], Iterable[Answerable]]
_sources: dict[str, Source] = {}


def register_source(key: str, source: Source) -> None:
    """Add a source of things that need a role; the same key again replaces it."""
    _sources[key] = source


def everything() -> list[Answerable]:
    """Those without exactly one role first, else in the order of their sources."""
    found = [item for source in _sources.values() for item in source()]
    return sorted(found, key=lambda item: item.has_one)


def without_owner(items: Iterable[Answerable]) -> int:
    """How many have no role, or more than one: must be 0."""
    return sum(not item.has_one for item in items)


def roles_in(words: str) -> tuple[str, ...]:
    """The roles named in a field; several only where they are listed one by one."""
    named = (part.strip() for part in re.split(r"[;/\n]|、|；", words))
    return tuple(dict.fromkeys(part for part in named if part))
