"""What people set for themselves.

Among it the language, so a reader of another one must find it.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # The screen where people set what they like.
    gettext_noop("Use server language: %(language_name)s"),
    gettext_noop("Use server time zone"),
    gettext_noop("Edit account avatar"),
    gettext_noop("Profile"),
    gettext_noop("Notifications"),
    gettext_noop("Profile picture"),
    gettext_noop("Theme preferences"),
    gettext_noop("Your account settings have been changed successfully!"),
    gettext_noop("Receive notification when a page is submitted for moderation"),
    gettext_noop("Receive notification when your page edit is approved"),
    gettext_noop("Receive notification when your page edit is rejected"),
    gettext_noop(
        "Receive notification when comments have been created, resolved, or deleted on a "
        "page that you have subscribed to receive comment notifications on"
    ),
    gettext_noop("Select language for the admin"),
    gettext_noop("Select your current time zone"),
    gettext_noop("System default"),
    gettext_noop("Light"),
    gettext_noop("Dark"),
    gettext_noop("More contrast"),
    gettext_noop("Snug"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
)
