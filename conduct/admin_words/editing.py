"""The form in which pages and other things are written.

Messages after saving say whether the public sees the change.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_noop, ngettext_lazy

WORDS: tuple[str | Promise, ...] = (
    # Saving and publishing.
    gettext_noop("Scheduling…"),
    gettext_noop("Schedule to publish"),
    gettext_noop("Publish this version"),
    gettext_noop("Replace current draft"),
    gettext_noop("Save draft"),
    gettext_noop("Saved"),
    gettext_noop("Autosave is paused"),
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("Choose when this page should go live and/or expire"),
    gettext_noop("Set publishing schedule"),
    gettext_noop("Save schedule"),
    gettext_noop("Expiry date/time must be in the future."),
    gettext_noop("The slug '%(page_slug)s' is already in use within the parent page."),
    # Messages after saving a page.
    gettext_noop("View draft"),
    gettext_noop("Page '%(page_title)s' created."),
    gettext_noop("Page '%(page_title)s' created and published."),
    gettext_noop("Page '%(page_title)s' created and submitted for moderation."),
    gettext_noop("The page could not be created due to validation errors."),
    gettext_noop("Editing %(page_type)s"),
    gettext_noop("Page '%(page_title)s' has been updated."),
    gettext_noop(
        "Page '%(page_title)s' is live and this version has been scheduled for publishing."
    ),
    gettext_noop("Page '%(page_title)s' has been scheduled for publishing."),
    gettext_noop("Version from %(datetime)s of page '%(page_title)s' has been published."),
    gettext_noop("Page '%(page_title)s' has been published."),
    gettext_noop("Page '%(page_title)s' has been submitted for moderation."),
    gettext_noop("The page could not be saved as it is locked."),
    gettext_noop("The page could not be saved due to validation errors."),
    # Messages after saving anything else.
    gettext_noop("%(model_name)s '%(object)s' updated."),
    gettext_noop("%(model_name)s '%(object)s' created."),
    gettext_noop("%(model_name)s '%(object)s' updated and published."),
    gettext_noop("%(model_name)s '%(object)s' created and published."),
    gettext_noop("The %(model_name)s could not be saved as it is locked"),
    gettext_noop(
        "You are viewing a previous version of this %(model_name)s from "
        "<b>%(created_at)s</b> by %(user)s"
    ),
    gettext_noop("The %(model_name)s could not be created due to errors."),
    gettext_noop("New: %(model_name)s"),
    gettext_noop("The %(model_name)s could not be saved due to errors."),
    gettext_noop("%(model_name)s '%(object)s' deleted."),
    gettext_noop("Are you sure you want to delete this %(model_name)s?"),
    gettext_noop("'%(object)s' unpublished."),
    # The frame of the form.
    gettext_noop("Content"),
    gettext_noop("Promote"),
    gettext_noop("Page title"),
    gettext_noop("Go to the first error"),
    gettext_noop("Actions (footer)"),
    gettext_noop("Visible to all. Visit the live page"),
    gettext_noop("Visible to all"),
    gettext_noop("Visit the live page"),
    gettext_noop("Side panels"),
    gettext_noop("Toggle side panel"),
    gettext_noop("Toggle status"),
    gettext_noop("Toggle comments"),
    gettext_noop("Comments"),
    gettext_noop("Toggle checks"),
    gettext_noop("Toggle preview"),
    ngettext_lazy(
        "Referenced %(count)s time",
        "Referenced %(count)s times",
        "count",
    ),
    # Fields that every page has.
    gettext_noop("slug"),
    gettext_noop("title tag"),
    gettext_noop("show in menus"),
    gettext_noop("Whether a link to this page will appear in automatically generated menus"),
    gettext_noop("meta description"),
    gettext_noop("The descriptive text displayed underneath a headline in search engine results."),
    gettext_noop("For search engines"),
    gettext_noop("For site menus"),
    # Who else is editing.
    gettext_noop("You saved a new version in another window"),
    gettext_noop("System"),
    gettext_noop("%(user_name)s saved a new version"),
    gettext_noop("View latest version"),
    gettext_noop("You have unsaved changes in another window"),
    gettext_noop("%(user_name)s has unsaved changes"),
    gettext_noop("Currently idle"),
    gettext_noop("Currently viewing"),
    ngettext_lazy(
        "One other user is currently viewing",
        "%(num_user)s other users are currently viewing",
        "num_user",
    ),
    gettext_noop("Proceeding will overwrite the changes made by %(user_name)s."),
    # What is locked.
    gettext_noop("No one can make changes while the %(model_name)s is locked"),
    gettext_noop("<b>'{title}' was locked</b> by <b>you</b> on <b>{datetime}</b>."),
    gettext_noop("<b>'{title}' is locked</b> by <b>you</b>."),
    gettext_noop("<b>'{title}' was locked</b> by <b>{user}</b> on <b>{datetime}</b>."),
    gettext_noop("<b>'{title}' is locked</b>."),
    gettext_noop("Locked by you"),
    gettext_noop("Locked by another user"),
    gettext_noop("Only you can make changes while the %(model_name)s is locked"),
    gettext_noop("Only %(user)s can make changes while the %(model_name)s is locked"),
    gettext_noop("Locked by schedule"),
    gettext_noop("Currently locked and will go live on the scheduled date"),
    gettext_noop("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    # Comments.
    gettext_noop("Comment notifications"),
)
