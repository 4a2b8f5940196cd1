"""Our lints in Wagtail's checks panel, which looks at the preview with axe while editors write.

The preview of a page carries a hidden mark for each finding (`{% editor_checks %}` in the frame of
our pages); here axe learns one rule for each lint, which fails wherever its mark stands. Links to
the closed EU platform are found in the preview itself, so in any host's templates.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

from . import odr
from .findings import Lint
from .titles import TITLES

MARK = "data-conduct-lint"
#: Built into axe: an attribute with words in it. Nothing ever has this one, so the check fails.
CHECK = {
    "id": "conduct-mended",
    "evaluate": "attr-non-space-content-evaluate",
    "options": {"attribute": "data-conduct-mended"},
}


def rules() -> list[dict[str, Any]]:
    """One rule for axe for each lint."""
    return [
        {
            "id": f"conduct-{lint}",
            "impact": "serious",
            "selector": _selector(lint),
            "tags": ["conduct"],
            "any": [CHECK["id"]],
            "excludeHidden": False,
            "enabled": True,
        }
        for lint in Lint
    ]


def _selector(lint: Lint) -> str:
    mark = f'[{MARK}="{lint}"]'
    return f"{mark}, {odr.SELECTOR}" if lint is Lint.ODR else mark


def messages() -> dict[str, dict[str, Any]]:
    return {
        f"conduct-{lint}": {"error_name": title, "help_text": help_text}
        for lint, (title, help_text) in TITLES.items()
    }


def add_rules(request: HttpRequest, items: list[Any], page: Any) -> None:
    """A `construct_wagtail_userbar` hook: add ours to whatever the checker looks for already."""
    for item in items:
        if not isinstance(item, ContentCheckerItem):
            continue
        ours = rules()
        item.axe_custom_checks = [*item.axe_custom_checks, CHECK]
        item.axe_custom_rules = [*item.axe_custom_rules, *ours]
        item.axe_messages = {**item.axe_messages, **messages()}
        if item.axe_run_only:
            item.axe_run_only = [*item.axe_run_only, *(rule["id"] for rule in ours)]
