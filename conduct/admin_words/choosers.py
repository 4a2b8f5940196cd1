"""Dialogs that choose a page, an image or a document.

They open from most forms.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop, ngettext_lazy

WORDS: tuple[str | Promise, ...] = (
    # Links.
    gettext_noop("Internal link"),
    gettext_noop("External link"),
    gettext_noop("Phone link"),
    gettext_noop("Anchor link"),
    ngettext_lazy(
        "There is %(counter)s match",
        "There are %(counter)s matches",
        "counter",
    ),
    # Pages.
    gettext_noop("Confirm selection"),
    gettext_noop("Select %(title)s"),
    gettext_noop("Choose another page"),
    # Anything else.
    gettext_noop("Choose another"),
    gettext_noop("Choose an item"),
    gettext_noop("Choose another item"),
    gettext_noop("Choose %(object)s"),
    gettext_noop("Choose another %(object)s"),
    # Images.
    gettext_noop("Image is decorative"),
    gettext_noop("Alt text"),
    gettext_noop("Please add some alt text for your image or mark it as decorative"),
    gettext_noop("Latest images"),
    gettext_noop("You haven't uploaded any images."),
    gettext_noop("Insert image"),
    gettext_noop("Choose another image"),
    # Documents.
    gettext_noop("Latest documents"),
    gettext_noop('Sorry, no documents match "<em>%(search_query)s</em>"'),
    gettext_noop("You haven't uploaded any documents."),
    gettext_noop("Choose another document"),
    # Uploading.
    gettext_noop("Or choose from your computer"),
)
