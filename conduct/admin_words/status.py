"""The state of a page, its review and its versions.

An edition of the code is reviewed before it is in force.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # The panel that tells the state.
    gettext_noop("Locale: "),
    gettext_noop("Available in %(translations_total)s locales"),
    gettext_noop("No other translations"),
    gettext_noop("Switch locales"),
    gettext_noop("Usage"),
    gettext_noop("Status: "),
    gettext_noop("Expiry:"),
    gettext_noop("In Moderation"),
    gettext_noop("To be created by %(user)s"),
    gettext_noop("by %(user)s"),
    gettext_noop("View history"),
    gettext_noop("Invalid schedule"),
    gettext_noop("Go-live:"),
    gettext_noop("Once scheduled:"),
    gettext_noop("No publishing schedule set"),
    gettext_noop("Set schedule"),
    gettext_noop("First published"),
    gettext_noop("scheduled"),
    gettext_noop("live + scheduled"),
    gettext_noop("live + draft"),
    gettext_noop("live"),
    # Words for states of a review.
    gettext_noop("In progress"),
    gettext_noop("Approved"),
    gettext_noop("Cancelled"),
    gettext_noop("Rejected"),
    gettext_noop("Skipped"),
    gettext_noop("Request changes"),
    # Asking for a review.
    gettext_noop("Submitted"),
    gettext_noop("Changes requested by %(requested_by)s"),
    gettext_noop("Changes requested"),
    gettext_noop("See full history"),
    # The way of a review.
    gettext_noop("Requested by <b>%(modified_by)s</b>"),
    gettext_noop("Started at <b>%(started_at)s</b>"),
    gettext_noop("Timeline"),
    gettext_noop("Workflow completed"),
    gettext_noop("Approved task"),
    gettext_noop("This page hasn't been submitted for moderation yet"),
    # Earlier versions.
    gettext_noop("There are no differences between these two versions"),
    gettext_noop("Live version"),
    gettext_noop("Current draft"),
    gettext_noop("Review this version"),
    gettext_noop("Edit / Review"),
    gettext_noop("Latest"),
)
