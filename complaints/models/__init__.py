"""The data of a case. Start with `case.py`; what may happen to it is in `complaints.lifecycle`."""

from complaints.models.capacity import Absence, AuthorityLimit, Competence
from complaints.models.case import NEVER, Case
from complaints.models.changes import ConfigurationChange
from complaints.models.clock import Clock, ClockEntry, ClockName
from complaints.models.consent import Consent
from complaints.models.conversation import Attachment, Message, Notice
from complaints.models.decision import Decision, Remedy
from complaints.models.doomed import DoomedFile
from complaints.models.draft import Draft
from complaints.models.event import Access, Event
from complaints.models.export_log import ExportLog
from complaints.models.issue import Issue
from complaints.models.lists import ListColumns, ListDigest, SavedList
from complaints.models.outreach import Outreach
from complaints.models.people import ContactDigest, Involvement, NoticeAddress, Party
from complaints.models.policy import HandlingSettings, ProofOfWork
from complaints.models.questions import ExtraAnswer, ExtraOption, ExtraQuestion
from complaints.models.redactions import RedactedText, Redaction
from complaints.models.relations import CaseLink
from complaints.models.replies import ReplyTemplate
from complaints.models.restrictions import ContactRestriction
from complaints.models.search_entry import SearchEntry
from complaints.models.translations import MessageTranslation
from complaints.models.vocabulary import Category, Cause, Holiday, RemedyKind, Team, TeamMember
from complaints.models.writing_drafts import WritingDraft

__all__ = [
    "NEVER",
    "Absence",
    "Access",
    "Attachment",
    "AuthorityLimit",
    "Case",
    "CaseLink",
    "Category",
    "Cause",
    "Clock",
    "ClockEntry",
    "ClockName",
    "Competence",
    "ConfigurationChange",
    "Consent",
    "ContactDigest",
    "ContactRestriction",
    "Decision",
    "DoomedFile",
    "Draft",
    "Event",
    "ExportLog",
    "ExtraAnswer",
    "ExtraOption",
    "ExtraQuestion",
    "HandlingSettings",
    "Holiday",
    "Involvement",
    "Issue",
    "ListColumns",
    "ListDigest",
    "Message",
    "MessageTranslation",
    "Notice",
    "NoticeAddress",
    "Outreach",
    "Party",
    "ProofOfWork",
    "RedactedText",
    "Redaction",
    "Remedy",
    "RemedyKind",
    "ReplyTemplate",
    "SavedList",
    "SearchEntry",
    "Team",
    "TeamMember",
    "WritingDraft",
]
