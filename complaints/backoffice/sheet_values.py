"""What stands on each line of the sheet (`complaints.backoffice.sheet`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from complaints.backoffice.appearance import Language, language, person_name
from complaints.backoffice.clock_panel import ClockWords
from complaints.backoffice.people_panel import Named
from complaints.backoffice.promised import promises_of
from complaints.backoffice.sections import _label as field_label
from complaints.backoffice.sections import in_words
from complaints.backoffice.timeline import Happening
from complaints.models import Case, Decision, Involvement, Issue, Message, Remedy

Labelled = tuple[str, str]


@dataclass
class Material:
    """Everything about one case that the sheet needs, read once."""

    case: Case
    words: bool
    issues: list[Issue]
    remedies: list[Remedy]
    decisions: list[Decision]
    clocks: list[ClockWords]
    timeline: list[Happening]
    involved: list[Involvement]
    named: list[Named]
    sees_named: bool
    restrictions: list[Any]
    earlier: list[str]
    related: list[str]

    @cached_property
    def language(self) -> Language:
        return language(self.case.language)

    @cached_property
    def messages(self) -> list[Message]:
        return list(self.case.messages.select_related("author"))

    @cached_property
    def files(self) -> list[str]:
        return [file.name for file in self.case.attachments.all()]

    @cached_property
    def reasons_when_assessed(self) -> list[str]:
        """What staff wrote for another priority than proposed, each time that they did."""
        assessed = self.case.events.filter(action="assess").values_list("data", flat=True)
        written = {data.get("message") for data in assessed}
        return [message.body for message in self.messages if message.pk in written]


def day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def instant(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""


def lines(values: Iterable[str]) -> str:
    return "\n".join(value for value in values if value)


def column(material: Material, name: str) -> Labelled:
    """A field of the case."""
    return field_label(material.case, name), in_words(material.case, name)


def complainant(material: Material, name: str) -> Labelled:
    party = material.case.complainant
    return field_label(party, name), in_words(party, name)


def representative(material: Material, name: str) -> Labelled:
    party = material.case.representative
    label = _("Representative: %(field)s") % {
        "field": field_label(party or material.case.complainant, name)
    }
    return label, in_words(party, name) if party else ""


def said(material: Material, name: str) -> Labelled | None:
    """What is put together; None for a plain field of the case."""
    if name not in VALUES:
        return None
    label, value = VALUES[name]
    return str(label), value(material)


def _type(material: Material) -> str:
    is_anonymous = material.case.complainant.is_anonymous
    return _("Without name and address") if is_anonymous else _("With name or address")


def _restrictions(material: Material) -> str:
    return lines(
        _("%(what)s, until %(date)s")
        % {
            "what": restriction.get_measure_display(),
            "date": date_format(restriction.ends_on, "DATE_FORMAT"),
        }
        for restriction in material.restrictions
    )


def _limits(material: Material) -> str:
    return lines(
        ngettext(
            "%(clock)s: %(days)d working day", "%(clock)s: %(days)d working days", words.clock.days
        )
        % {"clock": words.name, "days": words.clock.days}
        for words in material.clocks
    )


def _deadlines(material: Material) -> str:
    return lines(
        _("%(clock)s: by %(date)s (%(state)s)")
        % {"clock": words.name, "date": day(words.clock.due_at), "state": words.due.text}
        for words in material.clocks
    )


def _done_at_once(material: Material) -> str:
    done = [remedy.delivered_at for remedy in material.remedies if remedy.delivered_at]
    return day(min(done)) if done else ""


def _compensation(material: Material) -> str:
    amounts = [remedy for remedy in material.remedies if remedy.amount is not None]
    return lines(f"{remedy.kind}: {remedy.amount} {remedy.currency}" for remedy in amounts)


def _systemic(material: Material) -> str:
    return _("Others are affected too") if material.case.outreach.exists() else ""


def _override(material: Material) -> str:
    case = material.case
    proposed = (case.proposed_priority, case.proposed_route)
    if not case.proposed_priority or (case.priority, case.route) == proposed:
        return ""
    return lines(material.reasons_when_assessed)


def _asked(material: Material) -> str:
    purposes = {Message.Purpose.QUESTION, Message.Purpose.REPLY}
    return lines(
        f"{day(message.at)} {message.get_purpose_display()}: {message.body}"
        for message in material.messages
        if message.purpose in purposes
    )


def _complained_about(material: Material) -> str:
    return lines(
        "{}: {}".format(
            one.person,
            "; ".join(
                f"{step.label} {day(step.at)}" if step.at else f"{step.label} –"
                for step in one.steps
            ),
        )
        for one in material.named
    )


def _conflicts(material: Material) -> str:
    if not material.sees_named:
        return ""
    conflicts = [one for one in material.involved if one.part == Involvement.Part.CONFLICT]
    return lines(f"{person_name(one.user)}, {day(one.since)}" for one in conflicts)


def _standard(material: Material) -> str:
    promises = promises_of(material.case, material.issues)
    return lines(f"{one.code}: {one.statement}" for one in promises.values())


def _provisional(material: Material) -> str:
    return lines(
        _("Proposed by %(person)s, %(date)s")
        % {"person": person_name(one.proposed_by), "date": instant(one.proposed_at)}
        for one in material.decisions
    )


def _letters(material: Material) -> str:
    """Which text went out when; its fingerprint tells one version from another."""
    return lines(
        _("Answer %(number)d, sent %(date)s, fingerprint %(hash)s")
        % {"number": one.number, "date": instant(one.sent_at), "hash": one.sent_hash[:12]}
        for one in material.decisions
        if one.sent_at
    )


def _reply(material: Material) -> str:
    accepted = (_("Accepted %(date)s") % {"date": instant(one.accepted_at)}
                for one in material.decisions if one.accepted_at)  # fmt: skip
    rejected = (_("Rejected %(date)s") % {"date": instant(one.rejected_at)}
                for one in material.decisions if one.rejected_at)  # fmt: skip
    return lines([*accepted, *rejected])


def _of_decisions(name: str) -> Callable[[Material], str]:
    return lambda material: lines(getattr(one, name) for one in material.decisions)


#: Label and value of every line that is more than a field of the case.
VALUES: Mapping[str, tuple[Any, Callable[[Material], str]]] = {
    "reference": (gettext_lazy("Reference"), lambda m: m.case.reference),
    "time_zone": (gettext_lazy("Time zone"), lambda m: timezone.get_current_timezone_name()),
    "time_limits": (gettext_lazy("Time limits that applied"), _limits),
    "complainant_type": (gettext_lazy("Kind of complainant"), _type),
    "contact_rules": (gettext_lazy("Rules of contact"), _restrictions),
    "earlier_cases": (
        gettext_lazy("Other cases of the same person"),
        lambda m: ", ".join(m.earlier),
    ),
    "made_on": (gettext_lazy("Made by the complainant on"), lambda m: day(m.case.received_at)),
    "related_cases": (gettext_lazy("Related or duplicate cases"), lambda m: ", ".join(m.related)),
    "categories": (
        gettext_lazy("Categories"),
        lambda m: ", ".join(str(issue.category) for issue in m.issues if issue.category),
    ),
    "immediate_done": (gettext_lazy("Put right first on"), _done_at_once),
    "compensation": (gettext_lazy("Compensation"), _compensation),
    "systemic": (gettext_lazy("Systemic"), _systemic),
    "override_reason": (gettext_lazy("Reason for another priority or way"), _override),
    "deadlines": (gettext_lazy("Deadlines"), _deadlines),
    "people_asked": (gettext_lazy("Questions and replies"), _asked),
    "complained_about": (gettext_lazy("Staff complained about"), _complained_about),
    "conflicts": (gettext_lazy("Conflicts of interest declared"), _conflicts),
    "evidence": (gettext_lazy("Evidence"), lambda m: ", ".join(m.files)),
    "standard": (gettext_lazy("Standard that applied"), _standard),
    "provisional_view": (gettext_lazy("Provisional view"), _provisional),
    "letters": (gettext_lazy("Letters sent"), _letters),
    "external_route": (gettext_lazy("Outside route given"), _of_decisions("external_route")),
    "prevention": (gettext_lazy("What changes"), _of_decisions("prevention")),
    "reply": (gettext_lazy("Reply of the complainant"), _reply),
}
