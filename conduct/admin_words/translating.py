"""Translating pages into the other languages.

From Wagtail Localize, which keeps one tree of pages for each language.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # Translating.
    gettext_noop("Waiting for translations"),
    gettext_noop("Translation of %(instance)s into %(locale)s"),
    gettext_noop("Translations"),
    gettext_noop("Editing %(object_type)s %(title)s"),
    gettext_noop("Content type"),
    gettext_noop("Source"),
    gettext_noop("Locales"),
    gettext_noop("All child pages will be created."),
    gettext_noop("Translate page"),
    gettext_noop(
        "The page '{page_title}' was successfully submitted for translation into {locales}"
    ),
    # Keeping translations fresh.
    gettext_noop("Sync translated %(model_name)s"),
    gettext_noop(
        "Changes are not automatically applied between translated pages. Syncing will add "
        "new content for translation and remove deleted content."
    ),
    gettext_noop("Publish immediately"),
    gettext_noop(
        "Apply the updates and publish immediately. The changes will use the original "
        "language until translated."
    ),
    gettext_noop("Successfully updated translations for '{object}'"),
    gettext_noop("Translate '%(title)s'"),
    gettext_noop("Sync translations of '%(title)s'"),
    gettext_noop("Translate this page"),
    gettext_noop(
        "This page hasn't been translated yet. It is mirroring the <a "
        'href="%(edit_original_page_url)s" target="_blank">%(original_locale)s page</a>.'
    ),
    # Messages.
    gettext_noop("Published '{object}' in {locale}."),
    gettext_noop("Translation has been stopped."),
    gettext_noop("Translation has been restarted."),
)
