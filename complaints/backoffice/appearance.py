"""How kinds, states, priorities and languages look and read in the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from complaints.lifecycle import Kind, Priority, State
from complaints.models import Case

KIND_ICONS = {
    Kind.COMPLAINT: "openquote",
    Kind.COMPLIMENT: "success",
    Kind.SUGGESTION: "info-circle",
    Kind.QUESTION: "help",
    Kind.REQUEST: "clipboard-list",
}

#: Tone of a state's tag: `ours` where the organisation owes the next step.
STATE_TONES = {
    State.RECEIVED: "new",
    State.WAITING: "waiting",
    State.ANSWERED: "waiting",
    State.REFERRED: "waiting",
    State.CLOSED: "closed",
}


@dataclass(frozen=True)
class Tag:
    """A small label. `tone` names a class of the stylesheet, never the only carrier of meaning."""

    label: str | LazyText
    tone: str = ""
    icon: str = ""


def kind_tag(case: Case) -> Tag:
    return Tag(case.get_kind_display(), icon=KIND_ICONS.get(Kind(case.kind), "tag"))


def state_tag(case: Case) -> Tag:
    return Tag(case.get_state_display(), STATE_TONES.get(State(case.state), "ours"))


def held_tag() -> Tag:
    return Tag(_("Held as possible spam"), "soon", "warning")


def priority_tag(case: Case) -> Tag:
    tones = {Priority.HIGH: "soon", Priority.TOP: "overdue"}
    return Tag(case.get_priority_display(), tones.get(Priority(case.priority), "quiet"))


@dataclass(frozen=True)
class Language:
    """A language as the attributes `lang` and `dir`, and its name for staff."""

    code: str
    name: str
    direction: str


def language(code: str) -> Language:
    try:
        info = get_language_info(code)
    except KeyError:
        return Language(code, code, "ltr")
    return Language(code, info["name_translated"], "rtl" if info["bidi"] else "ltr")


def person_name(user: Any) -> str:
    """A member of staff by name, else by account."""
    return user.get_full_name() or user.get_username()


def complainant_name(case: Case) -> str:
    return case.complainant.name or _("somebody who gave no name")
