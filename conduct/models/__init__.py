"""What the organisation promises: one module per thing the domain names."""

from .edition import Edition, EditionPromise, EditionText
from .how_to_complain import HowToComplainPage
from .measured_value import MeasuredValue
from .organisation import Organisation
from .pages import CodeOfConductPage, PerformancePage, PolicyPage
from .privacy_notice import PrivacyNotice, PrivacyNoticeVersion
from .promise import Promise

__all__ = [
    "CodeOfConductPage",
    "Edition",
    "EditionPromise",
    "EditionText",
    "HowToComplainPage",
    "MeasuredValue",
    "Organisation",
    "PerformancePage",
    "PolicyPage",
    "PrivacyNotice",
    "PrivacyNoticeVersion",
    "Promise",
]
