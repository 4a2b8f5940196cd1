"""How staff get in.

Whoever can't read this screen never reaches the others.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # The page that asks for name and password.
    gettext_noop("You do not have permission to access the admin."),
    gettext_noop("Sign in"),
    gettext_noop("Sign in to Wagtail"),
    gettext_noop("Forgotten password?"),
    gettext_noop("Remember me"),
    gettext_noop("Signing in…"),
    gettext_noop("You have been successfully logged out."),
    # A forgotten password, from the question to the mail.
    gettext_noop("Invalid password reset link"),
    gettext_noop("The password reset link was invalid, possibly because it has already been used."),
    gettext_noop("Request a new password reset"),
    gettext_noop(
        "A link to reset your password has been emailed to you if an account exists for this "
        "address."
    ),
    gettext_noop("Please follow the link below to reset your password:"),
    gettext_noop("Your username (in case you've forgotten):"),
)
