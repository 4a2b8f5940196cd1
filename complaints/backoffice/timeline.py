"""What happened to a case, as sentences: who did what, when, and what it was before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.actions.assessment import ASSESSED
from complaints.actions.performing import who_did
from complaints.backoffice.appearance import person_name
from complaints.backoffice.sections import PERSONAL, _label
from complaints.lifecycle import (
    ACTIONS,
    AuthorityResult,
    Channel,
    ConsentPurpose,
    DataCondition,
    Kind,
    LinkKind,
    ModerationResult,
    NamedStep,
    Outcome,
    RestrictionMeasure,
    ReviewOfRestriction,
    Role,
    ScopeReason,
    State,
    WhyBlackedOut,
)
from complaints.models import Case, Category, Event, Team

ICONS = {"receive": "download"}


@dataclass(frozen=True)
class Happening:
    """One event. `details` are whole sentences; `state` is set where the state changed."""

    number: int
    who: str
    what: str
    at: datetime
    icon: str
    details: list[str]
    state: str | LazyText = ""


class Names:
    """The names behind the ids in a case's events: at most three queries for any number of them.

    Who acted, the case's team and its handler have been read already.
    """

    def __init__(self, case: Case, events: Iterable[Event]) -> None:
        data = [event.data for event in events]
        categories = {row.get("category") for row in data}
        teams = {row.get("team") for row in data}
        users = {
            event.data.get(side)
            for event in events
            if event.action in {"assign", "hand_over"}
            for side in ("old", "new")
        }
        people = get_user_model()._default_manager.all()
        actors = [event.actor for event in events]
        self.categories = _names(Category.objects.all(), categories, [], str)
        self.teams = _names(Team.objects.all(), teams, [case.team], str)
        self.users = _names(people, users, [case.handler, *actors], person_name)


def _names(
    queryset: Any, pks: set[Any], read: Iterable[Any], name: Callable[[Any], str]
) -> dict[Any, str]:
    """The name of each row, those that were `read` before and those that have to be."""
    names = {row.pk: name(row) for row in read if row is not None}
    missing = [pk for pk in pks if pk is not None and pk not in names]
    return names | {row.pk: name(row) for row in queryset.filter(pk__in=missing)}


def _choice(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value))


def timeline(case: Case, *, words: bool) -> list[Happening]:
    """The events of a case, newest first; without `words`, nothing about the person."""
    events = list(case.events.select_related("actor").order_by("-number"))
    names = Names(case, events)
    return [
        Happening(
            number=event.number,
            who=who_did(event),
            what=_what(event),
            at=event.at,
            icon=ICONS.get(event.action) or ACTIONS[event.action].icon,
            details=_details(case, event, names, words=words),
            state=_state_after(event),
        )
        for event in events
    ]


def _what(event: Event) -> str:
    if event.action != "receive":
        return event.says
    return _("sent it") if event.actor_role == Role.COMPLAINANT else _("took it in")


def _state_after(event: Event) -> str | LazyText:
    return State(event.to_state).label if event.to_state != event.from_state else ""


def _details(case: Case, event: Event, names: Names, *, words: bool) -> list[str]:
    data = event.data
    details = list(_about(event.action, data, case, names, words=words))
    if data.get("on_behalf"):
        details.append(_("Recorded on behalf of the complainant."))
    if data.get("outcome") and event.to_state == State.CLOSED:
        details.append(_("Outcome: %(outcome)s.") % {"outcome": _choice(Outcome, data["outcome"])})
    if data.get("approved_again"):
        details.append(
            _("Had a part in the first answer too: nobody else was there to approve it.")
        )
    if data.get("unassigned"):
        details.append(_("Nobody handles the case since then."))
    return details


def _about(
    action: str, data: Mapping[str, Any], case: Case, names: Names, *, words: bool
) -> Iterable[str]:
    match action:
        case "receive":
            yield _("Channel: %(channel)s.") % {"channel": _choice(Channel, data.get("channel"))}
        case "moderate":
            yield from _moderated(data, names)
        case "assess":
            yield from _changes(case, data, words=words)
        case "assign" | "hand_over":
            yield _assigned(data, names)
        case "change_kind":
            yield _("It was: %(old)s. It is now: %(new)s.") % {
                "old": _choice(Kind, data.get("old")),
                "new": _choice(Kind, data.get("new")),
            }
        case "check_authority":
            yield _("Result: %(result)s.") % {
                "result": _choice(AuthorityResult, data.get("result"))
            }
        case "withdraw_permission" if words:
            yield _("Permission: %(purpose)s.") % {
                "purpose": _choice(ConsentPurpose, data.get("purpose"))
            }
        case "set_confidential":
            yield _("It is now confidential.") if data.get("new") else _("It is open to the team.")
        case _:
            yield from _about_others(action, data, names, words=words)


def _moderated(data: Mapping[str, Any], names: Names) -> Iterable[str]:
    yield _("Result: %(result)s.") % {"result": _choice(ModerationResult, data.get("result"))}
    if reason := data.get("scope_reason"):
        yield _("Reason: %(reason)s.") % {"reason": _choice(ScopeReason, reason)}
    if category := names.categories.get(data.get("category") or 0):
        yield _("Category: %(category)s.") % {"category": category}
    if team := names.teams.get(data.get("team") or 0):
        yield _("Team: %(team)s.") % {"team": team}


def _about_others(
    action: str, data: Mapping[str, Any], names: Names, *, words: bool
) -> Iterable[str]:
    """What was sorted anew, and what concerns other cases and people."""
    match action:
        case "recategorise":
            yield from _recategorised(data, names)
        case "extend":
            yield _("From %(old)s to %(new)s.") % {
                "old": _date(data.get("old")),
                "new": _date(data.get("new")),
            }
        case "link":
            yield _("How: %(how)s.") % {"how": _choice(LinkKind, data.get("kind"))}
        case "record_named":
            yield _("Step: %(step)s.") % {"step": _choice(NamedStep, data.get("step"))}
        case "restrict_contact" if words:
            yield _("How: %(how)s.") % {"how": _choice(RestrictionMeasure, data.get("measure"))}
        case "review_restriction" if words:
            yield _("Result: %(result)s.") % {
                "result": _choice(ReviewOfRestriction, data.get("result"))
            }
        case "redact" | "redact_file":
            yield _("Why: %(why)s.") % {"why": _choice(WhyBlackedOut, data.get("why"))}
            yield (
                _("The original is kept, encrypted, for the privacy officer only.")
                if data.get("kept")
                else _("The original is removed for good.")
            )
        case "mark_sensitive" if words:
            yield _("Now: %(condition)s.") % {"condition": _choice(DataCondition, data.get("new"))}
        case "record_outreach" if data.get("reached") is not None:
            yield _("People reached: %(number)s.") % {"number": data["reached"]}


def _recategorised(data: Mapping[str, Any], names: Names) -> Iterable[str]:
    if category := names.categories.get(data.get("category") or 0):
        yield _("Category: %(category)s.") % {"category": category}
    if team := names.teams.get(data.get("team") or 0):
        yield _("Team: %(team)s.") % {"team": team}


def _date(iso: Any) -> str:
    return date_format(date.fromisoformat(str(iso)), "DATE_FORMAT") if iso else "–"


def _assigned(data: Mapping[str, Any], names: Names) -> str:
    new = names.users.get(data.get("new") or 0, _("nobody"))
    if old := names.users.get(data.get("old") or 0):
        return _("From %(old)s to %(new)s.") % {"old": old, "new": new}
    return _("To %(new)s.") % {"new": new}


def _changes(case: Case, data: Mapping[str, Any], *, words: bool) -> Iterable[str]:
    """Before and after, field by field."""
    old, new = data.get("old") or {}, data.get("new") or {}
    # In the order of the form: a database may give the keys back in another.
    for name in (name for name in (*ASSESSED, "priority", "route") if name in new):
        if name in PERSONAL and not words:
            continue
        values = {
            "field": _label(case, name),
            "old": _value(name, old.get(name)),
            "new": _value(name, new[name]),
        }
        if values["old"]:
            yield _("%(field)s: %(old)s → %(new)s.") % values
        else:
            yield _("%(field)s: %(new)s.") % values


def _value(name: str, value: Any) -> str:
    field = Case._meta.get_field(name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return ""
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))
