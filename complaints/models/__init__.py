"""The data of a case. Start with `case.py`; what may happen to it is in `complaints.lifecycle`."""

from complaints.models.case import NEVER, Case, Issue
from complaints.models.clock import Clock, ClockEntry, ClockName
from complaints.models.conversation import Attachment, Message, Notice
from complaints.models.decision import Decision, Remedy
from complaints.models.event import Access, Event
from complaints.models.people import Involvement, Party
from complaints.models.policy import HandlingSettings
from complaints.models.vocabulary import Category, Holiday, RemedyKind, Team, TeamMember

__all__ = [
    "NEVER",
    "Access",
    "Attachment",
    "Case",
    "Category",
    "Clock",
    "ClockEntry",
    "ClockName",
    "Decision",
    "Event",
    "HandlingSettings",
    "Holiday",
    "Involvement",
    "Issue",
    "Message",
    "Notice",
    "Party",
    "Remedy",
    "RemedyKind",
    "Team",
    "TeamMember",
]
