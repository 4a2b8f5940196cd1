"""A translation service for staff, off unless the setting `CONDUCT_TRANSLATOR` names one.

It is called only when a person presses “Propose a translation”, never by itself. What it gives is
kept beside the original, marked as a machine's, until a person has worked on it (GDPR 22).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from complaints.access import Actor
from complaints.events import append_event
from complaints.lifecycle import ACTIONS
from complaints.models import Case, Message, MessageTranslation

logger = logging.getLogger(__name__)

#: `translate(text, source, target)` gives the text in the language `target`. Codes are Django's
#: ("en", "zh-hans"). Its time limit is its own; whatever it raises is said in words to the person.
Translator = Callable[[str, str, str], str]


class NotTranslated(Exception):
    """No translation was kept; `why` is a sentence for the person who asked."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def translator() -> Translator | None:
    """The service that the setting names; None where there is none. Raises ImportError."""
    name = getattr(settings, "CONDUCT_TRANSLATOR", None)
    if not name:
        return None
    found: Translator = import_string(name)
    return found


def is_switched_on() -> bool:
    return bool(getattr(settings, "CONDUCT_TRANSLATOR", None))


def propose_translation(message: Message, target: str, *, actor: Actor) -> MessageTranslation:
    """Ask the service, and keep what it gives. A person's translation is never replaced."""
    if _by_a_person(message, target):
        raise NotTranslated(_("Somebody has translated this already."))
    # Outside of any transaction: a service may be slow.
    return _keep(message, target, _ask(message, target), actor)


def _by_a_person(message: Message, target: str) -> bool:
    return message.translations.filter(language=target, by_machine=False).exists()


def _ask(message: Message, target: str) -> str:
    try:
        service = translator()
        text = service(message.body, message.language, target) if service else ""
    except Exception as error:
        # Whatever it is, it is not the words: those must not get into a log.
        logger.warning("Message %s was not translated: %s", message.pk, type(error).__name__)
        raise NotTranslated(
            _(
                "The translation service did not answer. Nothing was changed: try again later, or "
                "write the translation yourself."
            )
        ) from error
    if not isinstance(text, str) or not text.strip():
        raise NotTranslated(
            _("The translation service gave nothing back. Write the translation yourself.")
        )
    return text.strip()


def _keep(message: Message, target: str, text: str, actor: Actor) -> MessageTranslation:
    now = timezone.now()
    with transaction.atomic():
        case = Case.objects.locked().get(pk=message.case_id)
        if _by_a_person(message, target):
            # Meanwhile a colleague wrote one.
            raise NotTranslated(_("Somebody has translated this already."))
        if Message.objects.values_list("body", flat=True).get(pk=message.pk) != message.body:
            # Something was blacked out since the service was asked: it must not come back.
            raise NotTranslated(_("This case has changed. Look at it again before you go on."))
        row, _created = MessageTranslation.objects.update_or_create(
            message=message,
            language=target,
            defaults={"text": text, "by_machine": True, "author": actor.user, "at": now},
        )
        if "translate" in ACTIONS:
            data = {"message": message.pk, "language": target, "by_machine": True}
            append_event(case, "translate", actor=actor, now=now, from_state=case.state, data=data)
    return row
