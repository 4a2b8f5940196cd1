"""What this app adds to the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .breach_note_editing import BreachNoteViewSet
from .edition_listing import (
    EditionViewSet,
    keep_editions,
    keep_editions_in_bulk,
    register_policy,
)
from .measured_value_editing import MeasuredValueViewSet
from .models import Organisation, PrivacyNotice
from .organisation_editing import edit_handler
from .privacy_editing import edit_handler as privacy_edit_handler
from .promise_editing import PromiseViewSet

register_policy()
hooks.register("before_delete_snippet", keep_editions)
hooks.register("before_bulk_action", keep_editions_in_bulk)
Organisation.edit_handler = edit_handler()
register_setting(Organisation, icon="group")
PrivacyNotice.edit_handler = privacy_edit_handler()
register_setting(PrivacyNotice, icon="lock", order=705)


class CodeOfConductGroup(SnippetViewSetGroup):
    menu_label = _("Code of conduct")
    menu_icon = "clipboard-list"
    menu_order = 250
    items = (PromiseViewSet, MeasuredValueViewSet, BreachNoteViewSet, EditionViewSet)


register_snippet(CodeOfConductGroup)
