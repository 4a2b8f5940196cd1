"""What surrounds every screen, and the first one.

Met by everyone, all day.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop, ngettext_lazy

WORDS: tuple[str | Promise, ...] = (
    # The frame of every screen.
    gettext_noop("Sidebar"),
    gettext_noop("Sites menu"),
    gettext_noop("Toggle breadcrumbs"),
    gettext_noop("Breadcrumb"),
    gettext_noop("Close dialog"),
    gettext_noop("Other searches"),
    gettext_noop("Skip to main content"),
    gettext_noop("More"),
    gettext_noop("Toggle sidebar"),
    gettext_noop("Reports"),
    gettext_noop("Shortcuts"),
    gettext_noop("Help"),
    gettext_noop("Search all pages…"),
    gettext_noop("More actions"),
    gettext_noop("Actions"),
    gettext_noop("Back"),
    gettext_noop("Documents"),
    gettext_noop("Images"),
    gettext_noop("Snippets"),
    gettext_noop("Collections"),
    gettext_noop("Workflows"),
    gettext_noop("Workflow tasks"),
    gettext_noop("Page types usage"),
    gettext_noop("Roles"),
    # The dashboard.
    gettext_noop("Language"),
    gettext_noop("Edit this page"),
    gettext_noop("Live"),
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
        "total",
    ),
    gettext_noop("Your pages and snippets in a workflow"),
    gettext_noop("Task"),
    gettext_noop("Awaiting your review"),
    gettext_noop("Compare with live version"),
    gettext_noop("Compare with previous version"),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
        "total",
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
        "total",
    ),
    # How long ago something was.
    gettext_noop("0 minutes"),
    gettext_noop("just now"),
    gettext_noop("%(time_period)s ago"),
    gettext_noop("at %(time)s by %(user_display_name)s"),
    gettext_noop("at %(time)s"),
    # The dialog of keyboard shortcuts.
    gettext_noop("account"),
    gettext_noop("Keyboard shortcuts"),
    gettext_noop(
        "Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."
    ),
    gettext_noop("All keyboard shortcuts"),
    gettext_noop("Section"),
    gettext_noop("Keyboard shortcut"),
    gettext_noop(
        "Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."
    ),
    gettext_noop("Show keyboard shortcuts"),
    gettext_noop("Close modal dialogs (like this one)"),
    # The bar over a page that staff look at on the site.
    gettext_noop("Add a child page"),
)
