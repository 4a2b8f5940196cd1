"""Lists of pages and of other things.

Case staff look for their cases, promises and surveys in such lists.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

WORDS: tuple[str | Promise, ...] = (
    # Filters.
    gettext_noop("any"),
    gettext_noop("%(range_start)s - %(range_end)s"),
    gettext_noop("Usage count"),
    gettext_noop("Search…"),
    gettext_noop("%(field_label)s:"),
    gettext_noop("Apply filters"),
    gettext_noop("Show filters"),
    gettext_noop("Filter by"),
    gettext_noop("Date updated"),
    gettext_noop("Owner"),
    gettext_noop("Edited by"),
    gettext_noop("Any"),
    gettext_noop("Page type"),
    gettext_noop("Exploring"),
    # How many there are, and the pages of a list.
    gettext_noop("item"),
    gettext_noop("items"),
    gettext_noop(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."
    ),
    gettext_noop(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in '<span "
        'class="w-title-ellipsis">%(title)s</span>\'.'
    ),
    gettext_noop("No results in '<span class=\"w-title-ellipsis\">%(title)s</span>'."),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    gettext_noop("Pagination"),
    gettext_noop("Page %(page_number)s of %(num_pages)s."),
    gettext_noop("Previous"),
    gettext_noop("Next"),
    gettext_noop("(blank)"),
    gettext_noop("Sort by '%(label)s' in ascending order."),
    gettext_noop("Sort by '%(label)s' in descending order."),
    gettext_noop("No %(model_name)s match your query."),
    gettext_noop("There are no %(model_name)s to display."),
    gettext_noop(
        'There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'
    ),
    gettext_noop('Sorry, there are no matches for "<em>%(search_query)s</em>"'),
    # Ordering by hand.
    gettext_noop("Move up"),
    gettext_noop("Move down"),
    gettext_noop("Drag"),
    gettext_noop(
        "Focus on the drag button and press up or down arrows to move the item, then press "
        "enter to submit the change."
    ),
    # What is selected, and what can be done with it.
    gettext_noop("%(objects)s pages selected"),
    gettext_noop("All %(objects)s pages on this screen selected"),
    gettext_noop("All pages in listing selected"),
    gettext_noop("1 snippet selected"),
    gettext_noop("%(objects)s snippets selected"),
    gettext_noop("All %(objects)s snippets on this screen selected"),
    gettext_noop("All snippets in listing selected"),
    gettext_noop("1 item selected"),
    gettext_noop("%(objects)s items selected"),
    gettext_noop("All %(objects)s items on this screen selected"),
    gettext_noop("All items in listing selected"),
    gettext_noop("Bulk actions"),
    gettext_noop("Select"),
    gettext_noop("Select row"),
    gettext_noop("Select all pages in listing"),
    gettext_noop("More bulk actions"),
    gettext_noop("Select all snippets in listing"),
    # A row and what it tells.
    gettext_noop("Explore child pages of '%(title)s'"),
    gettext_noop("Type"),
    gettext_noop("Updated"),
    gettext_noop("Disabled"),
    gettext_noop("More options for '%(title)s'"),
    gettext_noop("Add child page"),
    gettext_noop("Inactive"),
    gettext_noop("Active"),
    # Reports.
    gettext_noop("Date / Time"),
    gettext_noop("Edit this item"),
    gettext_noop("No log entries found."),
    gettext_noop("Site history"),
    gettext_noop("Locked pages"),
)
