"""What the form offers from the organisation's own lists; one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Category, ExtraQuestion, RemedyKind
from conduct.models import Promise

Choices = list[tuple[Any, Any]]


class CategoriesShown(TextChoices):
    """Which categories an editor lets the form offer."""

    ALL = "all", gettext_lazy("All categories")
    TOP = "top", gettext_lazy("Main categories only")
    NONE = "none", gettext_lazy("None: do not ask")


class Layout(TextChoices):
    """How an editor lets the form come: whole, or one part after the other."""

    ONE_PAGE = "page", gettext_lazy("One page")
    STEPS = "steps", gettext_lazy("Step by step")


def question_choices() -> Choices:
    """The extra questions that are asked only in forms that choose them."""
    chosen = ExtraQuestion.objects.asked().filter(where=ExtraQuestion.Where.CHOSEN)
    return [(question.code, str(question)) for question in chosen]


def active_categories() -> list[Category]:
    return list(Category.objects.filter(is_active=True))


def category_choices(shown: str, categories: Iterable[Category] | None = None) -> Choices:
    """The active categories by code: "not sure" first, then groups with their main category."""
    if shown == CategoriesShown.NONE:
        return [("", "")]
    by_parent: dict[int | None, list[Category]] = defaultdict(list)
    for category in active_categories() if categories is None else categories:
        by_parent[category.parent_id].append(category)
    choices: Choices = [("", _("Not sure, or something else"))]
    for category in by_parent[None]:
        children = by_parent[category.pk] if shown == CategoriesShown.ALL else []
        own = (category.code, str(category))
        if children:
            choices.append((str(category), [own, *((c.code, str(c)) for c in children)]))
        else:
            choices.append(own)
    return choices


def promise_choices() -> Choices:
    choices: Choices = [("", _("No particular promise, or not sure"))]
    return choices + [(p.code, f"{p.code}: {p.statement}") for p in Promise.objects.live()]


def remedy_choices() -> Choices:
    return [(kind.code, str(kind)) for kind in RemedyKind.objects.filter(is_active=True)]


def language_choices() -> Choices:
    """The languages of the site, each in its own name."""
    languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or settings.LANGUAGES
    return [(code, translation.get_language_info(code)["name_local"]) for code, _name in languages]
