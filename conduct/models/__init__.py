"""What the organisation promises: one module per thing the domain names."""

from .checked_page import CheckedPage
from .edition import Edition, EditionPromise, EditionText
from .indicator_role import IndicatorRole
from .measured_value import MeasuredValue
from .organisation import Organisation
from .pages import CodeOfConductPage, PerformancePage, PolicyPage
from .privacy_notice import PrivacyNotice, PrivacyNoticeVersion
from .promise import Promise

__all__ = [
    "CheckedPage",
    "CodeOfConductPage",
    "Edition",
    "EditionPromise",
    "EditionText",
    "IndicatorRole",
    "MeasuredValue",
    "Organisation",
    "PerformancePage",
    "PolicyPage",
    "PrivacyNotice",
    "PrivacyNoticeVersion",
    "Promise",
]
