"""Words of Wagtail and Django that its own catalogues lack in some of our languages.

Wagtail is only partly translated into Vietnamese, Korean, Chinese and Spanish. Staff who work in
one of them would meet English in the middle of a sentence, so our catalogues carry what case staff
and editors really meet. They come first: a project's `LOCALE_PATHS` win over every app, and an
app wins over those listed below it in `INSTALLED_APPS`.

Nothing here is ever shown. The calls exist so that `makemessages` finds the words; each must stay
letter by letter what Wagtail says. One module for each group of screens.
"""

from django.utils.functional import Promise

from . import (
    account,
    checks,
    choosers,
    content,
    editing,
    forms,
    history,
    listing,
    navigation,
    pages,
    signing_in,
    status,
    translating,
)

ALL: tuple[str | Promise, ...] = (
    *account.WORDS,
    *checks.WORDS,
    *choosers.WORDS,
    *content.WORDS,
    *editing.WORDS,
    *forms.WORDS,
    *history.WORDS,
    *listing.WORDS,
    *navigation.WORDS,
    *pages.WORDS,
    *signing_in.WORDS,
    *status.WORDS,
    *translating.WORDS,
)
