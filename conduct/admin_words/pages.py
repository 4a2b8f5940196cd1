"""What is done to a page as a whole.

Deleting and moving can't be taken back easily: nobody should guess there.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop, ngettext_lazy

WORDS: tuple[str | Promise, ...] = (
    # Making a page.
    gettext_noop("The new page will be a child of this given parent page."),
    gettext_noop("Create a page in %(title)s"),
    gettext_noop("Create a page in"),
    gettext_noop("Choose which type of page you'd like to create."),
    gettext_noop("Create a new %(model_name)s"),
    # Moving and copying.
    gettext_noop("Move %(title)s"),
    gettext_noop("Are you sure you want to move this page into '%(title)s'?"),
    gettext_noop("Yes, move this page"),
    gettext_noop("Copy %(title)s"),
    gettext_noop("Confirm"),
    gettext_noop("Page '%(page_title)s' copied."),
    gettext_noop("Page '%(page_title)s' moved."),
    # Deleting, unpublishing.
    gettext_noop("Yes, unpublish it"),
    gettext_noop("No, don't unpublish"),
    gettext_noop("Are you sure you want to delete this page?"),
    ngettext_lazy(
        "Deleting this page will also delete %(descendant_count)s child page.",
        "Deleting this page will also delete %(descendant_count)s more child pages.",
        "descendant_count",
    ),
    gettext_noop("Yes, delete it"),
    gettext_noop("No, don't delete it"),
    gettext_noop(
        'Alternatively you can <a href="%(unpublish_url)s">unpublish the page</a>. This '
        "removes the page from public view and you can edit or publish it again later."
    ),
    gettext_noop("Are you sure you want to unpublish this page?"),
    ngettext_lazy(
        "This page has one subpage. Unpublish this too",
        "This page has %(live_descendant_count)s subpages. Unpublish these too",
        "live_descendant_count",
    ),
    gettext_noop("Page '%(page_title)s' deleted."),
    gettext_noop("Page '%(page_title)s' unpublished."),
    # Aliases.
    gettext_noop("This page is an alias of another page."),
    gettext_noop("Edit original page"),
    gettext_noop("Convert this alias into an ordinary page"),
    # Many pages at once.
    ngettext_lazy(
        "Delete 1 page",
        "Delete %(counter)s pages",
        "counter",
    ),
    gettext_noop("Are you sure you want to delete these pages?"),
    ngettext_lazy(
        "Publish 1 page",
        "Publish %(counter)s pages",
        "counter",
    ),
    gettext_noop("Are you sure you want to publish these pages?"),
    gettext_noop("Yes, publish"),
    gettext_noop("No, don't publish"),
    ngettext_lazy(
        "Unpublish 1 page",
        "Unpublish %(counter)s pages",
        "counter",
    ),
    gettext_noop("Are you sure you want to unpublish these pages?"),
    gettext_noop("Yes, unpublish"),
    ngettext_lazy(
        "%(num_parent_objects)d page has been deleted",
        "%(num_parent_objects)d pages have been deleted",
        "num_parent_objects",
    ),
    ngettext_lazy(
        "%(num_pages)d page has been moved",
        "%(num_pages)d pages have been moved",
        "num_pages",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been published",
        "%(num_parent_objects)d pages have been published",
        "num_parent_objects",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been unpublished",
        "%(num_parent_objects)d pages have been unpublished",
        "num_parent_objects",
    ),
    # Who may see a page.
    gettext_noop("Choose who can view the live version of this page"),
    gettext_noop("Page visibility: "),
    gettext_noop("Once live anyone can view"),
    gettext_noop("Change privacy"),
)
