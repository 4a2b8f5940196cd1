"""Blocks and text with formats.

What the pages of the code and of help are written with.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # Blocks.
    gettext_noop("- Select an option -"),
    # Text with formats.
    gettext_noop("Bold"),
    gettext_noop("Italic"),
    gettext_noop("Bulleted list"),
    gettext_noop("Numbered list"),
    gettext_noop("Blockquote"),
    gettext_noop("Link"),
    gettext_noop("Heading 2"),
    gettext_noop("Heading 3"),
    gettext_noop("Heading 4"),
)
