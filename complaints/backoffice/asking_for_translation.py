"""The button "Propose a translation" beside what was written in the writer's own language.

Nothing goes to a service unless somebody presses it, and what comes back is a proposal: it is sent
only by who confirms having read it (GDPR 22).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from complaints.translating import Translator, translator

if TYPE_CHECKING:
    from complaints.backoffice.writing import WritingForm

logger = logging.getLogger(__name__)


def propose_translations(form: WritingForm) -> str:
    """Fill the translations that are still empty; a sentence where the service gave none."""
    try:
        service = translator()
    except ImportError:
        # Named wrongly in the settings: a system check says so to who runs the site.
        return _no_answer()
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    trouble = ""
    for name in form.read_by_person:
        written = data.get(f"source_{name}", "").strip()
        if service and written and not data.get(name, "").strip():
            data[name] = _ask(service, written, form)
            trouble = trouble or ("" if data[name] else _no_answer())
    form.data = data
    return trouble


def _ask(service: Translator, text: str, form: WritingForm) -> str:
    try:
        return str(service(text, form.mine.code, form.theirs.code) or "").strip()
    except Exception as error:  # noqa: BLE001 - whatever a service does, the words stay
        # The class only: its words may repeat what was written.
        logger.warning("A reply was not translated: %s", type(error).__name__)
        return ""


def _no_answer() -> str:
    return _("The translation service did not answer. Write the translation yourself.")
