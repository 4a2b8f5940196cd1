"""What Django's own forms answer.

Vietnamese and Arabic lack these, and customers meet them too.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop, ngettext_lazy

WORDS: tuple[str | Promise, ...] = (
    # What a field answers.
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop(
        "Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."
    ),
    gettext_noop(
        "File extension “%(extension)s” is not allowed. Allowed extensions are: "
        "%(allowed_extensions)s."
    ),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("Enter a complete value."),
    gettext_noop("Enter a valid duration."),
    gettext_noop("“%(pk)s” is not a valid value."),
    gettext_noop("That page contains no results"),
    gettext_noop("Set password"),
    # Spans of time, and other numbers.
    ngettext_lazy(
        "%(num)d year",
        "%(num)d years",
        "num",
    ),
    ngettext_lazy(
        "%(num)d month",
        "%(num)d months",
        "num",
    ),
    ngettext_lazy(
        "%(num)d week",
        "%(num)d weeks",
        "num",
    ),
    ngettext_lazy(
        "%(num)d day",
        "%(num)d days",
        "num",
    ),
    ngettext_lazy(
        "%(num)d hour",
        "%(num)d hours",
        "num",
    ),
    ngettext_lazy(
        "%(num)d minute",
        "%(num)d minutes",
        "num",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "number",
    ),
)
