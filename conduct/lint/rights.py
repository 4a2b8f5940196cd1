"""The sentence that using the process takes no legal right away: who must print it (FW-RIGHTS).

Templates print it, so that no editor can forget it. A host that overrides one of them without the
sentence hears of it from Django's system checks, and when a code or policy is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.core import checks
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext

from .findings import Finding, Lint

_PRINTS = re.compile(r"\{%\s*rights_sentence\b|\{\{\s*(?:\w+\.)?rights\b")
_HIDDEN = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
_OTHERS = re.compile(r"\{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")

_must_print: dict[str, None] = dict.fromkeys(
    (
        "conduct/document_page.html",
        "conduct/document_print.html",
        "conduct/document_pdf.html",
    )
)


def must_print(*template_names: str) -> None:
    """Name further templates that have to print the sentence, from `AppConfig.ready()`."""
    _must_print.update(dict.fromkeys(template_names))


def prints_rights(template_name: str) -> bool:
    """Whether a template, or one that it includes or extends, prints the sentence.

    A template of another engine than Django's can't be looked into and counts as right.
    """
    return _prints(template_name, seen=set())


def _prints(name: str, seen: set[str]) -> bool:
    if name in seen:
        return False
    seen.add(name)
    try:
        source = getattr(getattr(get_template(name), "template", None), "source", None)
    except TemplateDoesNotExist:
        return False
    if not isinstance(source, str):
        return True
    shown = _HIDDEN.sub("", source)
    if _PRINTS.search(shown):
        return True
    return any(_prints(other, seen) for other in _OTHERS.findall(shown))


def on_page(page: Any) -> Iterator[Finding]:
    """A code or policy whose template leaves the sentence out can't be published."""
    if not prints_rights(page.template):
        yield Finding(
            Lint.RIGHTS,
            gettext(
                "The template of this page leaves out that using the process takes no legal right "
                "away. Ask whoever looks after the templates to put {%% rights_sentence %%} into "
                "%(template)s."
            )
            % {"template": page.template},
            stops=True,
        )


def check_templates(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: an error for each template that lost the sentence."""
    return [
        checks.Error(
            f"The template {name} does not print the sentence about legal rights.",
            hint="Put {% load conduct_tags %}{% rights_sentence %} into it (FW-RIGHTS).",
            id="conduct.E001",
        )
        for name in _must_print
        if not prints_rights(name)
    ]
