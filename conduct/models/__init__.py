"""What the organisation promises: one module per thing the domain names."""

from .approval import ManagementApprovalTask
from .breach_note import BreachNote
from .checked_page import CheckedPage
from .clarity import ClarityAnswer
from .collected import CollectedFigures, CollectionRun
from .consultation import Consultation, ConsultationComment, ConsultationText
from .edition import Edition, EditionPromise, EditionText
from .follower import Follower, FollowerMail
from .framework import CodeFramework, MadeOnce
from .how_to_complain import HowToComplainPage
from .indicator_role import IndicatorRole
from .launch_task import LaunchTask
from .measured_value import MeasuredValue
from .organisation import Organisation
from .pages import CodeOfConductPage, PerformancePage, PolicyPage
from .privacy_notice import PrivacyNotice, PrivacyNoticeVersion
from .promise import Promise
from .review import Review, ReviewReminder

__all__ = [
    "BreachNote",
    "CheckedPage",
    "ClarityAnswer",
    "CodeFramework",
    "CodeOfConductPage",
    "CollectedFigures",
    "CollectionRun",
    "Consultation",
    "ConsultationComment",
    "ConsultationText",
    "Edition",
    "EditionPromise",
    "EditionText",
    "Follower",
    "FollowerMail",
    "HowToComplainPage",
    "IndicatorRole",
    "LaunchTask",
    "MadeOnce",
    "ManagementApprovalTask",
    "MeasuredValue",
    "Organisation",
    "PerformancePage",
    "PolicyPage",
    "PrivacyNotice",
    "PrivacyNoticeVersion",
    "Promise",
    "Review",
    "ReviewReminder",
]
