"""What lies below a category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from complaints.models import Category


def codes_below(categories: Collection[int]) -> dict[int, list[str]]:
    """The code of each of these categories, and those of all below it; in one query."""
    codes: dict[int, str] = {}
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, code, parent in Category.objects.order_by("pk").values_list("pk", "code", "parent_id"):
        codes[pk] = code
        children[parent].append(pk)
    return {top: _below(top, codes, children) for top in categories}


def _below(top: int, codes: dict[int, str], children: dict[int | None, list[int]]) -> list[str]:
    found: list[str] = []
    left = [top]
    while left:
        pk = left.pop(0)
        # Met again only where somebody made a circle of categories.
        if pk in codes and codes[pk] not in found:
            found.append(codes[pk])
            left += children[pk]
    return found
