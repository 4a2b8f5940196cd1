"""What the organisation promises: one module per thing the domain names."""

from .breach_note import BreachNote
from .collected import CollectedFigures, CollectionRun
from .edition import Edition, EditionPromise, EditionText
from .measured_value import MeasuredValue
from .organisation import Organisation
from .pages import CodeOfConductPage, PerformancePage, PolicyPage
from .privacy_notice import PrivacyNotice, PrivacyNoticeVersion
from .promise import Promise

__all__ = [
    "BreachNote",
    "CodeOfConductPage",
    "CollectedFigures",
    "CollectionRun",
    "Edition",
    "EditionPromise",
    "EditionText",
    "MeasuredValue",
    "Organisation",
    "PerformancePage",
    "PolicyPage",
    "PrivacyNotice",
    "PrivacyNoticeVersion",
    "Promise",
]
