"""What the organisation promises: one module per thing the domain names."""

from .clarity import ClarityAnswer
from .edition import Edition, EditionPromise, EditionText
from .follower import Follower, FollowerMail
from .measured_value import MeasuredValue
from .organisation import Organisation
from .pages import CodeOfConductPage, PerformancePage, PolicyPage
from .privacy_notice import PrivacyNotice, PrivacyNoticeVersion
from .promise import Promise

__all__ = [
    "ClarityAnswer",
    "CodeOfConductPage",
    "Edition",
    "EditionPromise",
    "EditionText",
    "Follower",
    "FollowerMail",
    "MeasuredValue",
    "Organisation",
    "PerformancePage",
    "PolicyPage",
    "PrivacyNotice",
    "PrivacyNoticeVersion",
    "Promise",
]
