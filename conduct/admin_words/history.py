"""What was done, by whom.

Staff read it when they retrace how a page came to say what it says.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # What was done, in the history of an item.
    gettext_noop("Create"),
    gettext_noop("Created"),
    gettext_noop("Edited"),
    gettext_noop("Deleted"),
    gettext_noop("Publish scheduled draft"),
    gettext_noop("Published scheduled draft"),
    gettext_noop("Unpublished"),
    gettext_noop("Move"),
    gettext_noop("Moved"),
    # Scheduled publication.
    gettext_noop("Page scheduled for publishing at %(go_live_at)s"),
    gettext_noop("Page scheduled for publishing"),
    gettext_noop("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s scheduled for publishing"),
    # Reviews.
    gettext_noop("'%(workflow)s' started. Next step '%(task)s'"),
    gettext_noop("Approved at '%(task)s'. Next step '%(next_task)s'"),
    gettext_noop("Approved at '%(task)s'. '%(workflow)s' complete"),
    gettext_noop("Rejected at '%(task)s'. Changes requested"),
    gettext_noop("Resubmitted '%(task)s'. Workflow resumed"),
    gettext_noop("Cancelled '%(workflow)s' at '%(task)s'"),
)
