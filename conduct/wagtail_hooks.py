"""What this app adds to the Wagtail admin."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .breach_note_editing import BreachNoteViewSet
from .consulting import editing as consulting
from .consulting.editing import ConsultationCommentViewSet, ConsultationViewSet
from .edition_listing import (
    EditionViewSet,
    keep_editions,
    keep_editions_in_bulk,
    register_policy,
)
from .governance import menu
from .governance.indicator_roles import IndicatorRoleViewSet
from .lint import checks_panel, publishing_hooks
from .measured_value_editing import MeasuredValueViewSet
from .models import CodeFramework, Organisation, PrivacyNotice
from .organisation_editing import edit_handler
from .privacy_editing import edit_handler as privacy_edit_handler
from .promise_editing import PromiseViewSet
from .reviewing import coming_back, home_panel, review_editing
from .reviewing.framework_editing import edit_handler as framework_edit_handler
from .reviewing.launch_editing import LaunchTaskViewSet
from .reviewing.review_editing import ReviewViewSet

register_policy()
hooks.register("before_delete_snippet", keep_editions)
hooks.register("before_bulk_action", keep_editions_in_bulk)
hooks.register("before_publish_page", publishing_hooks.before_publish)
hooks.register("before_bulk_action", publishing_hooks.before_bulk_publishing)
hooks.register("construct_wagtail_userbar", checks_panel.add_rules)
hooks.register("register_reports_menu_item", menu.translations_item)
hooks.register("register_reports_menu_item", menu.accountability_item)
hooks.register("register_reports_menu_item", menu.certificates_item)
hooks.register("construct_homepage_panels", menu.add_panel)
Organisation.edit_handler = edit_handler()
register_setting(Organisation, icon="group")
PrivacyNotice.edit_handler = privacy_edit_handler()
register_setting(PrivacyNotice, icon="lock", order=705)
CodeFramework.edit_handler = framework_edit_handler()
register_setting(CodeFramework, icon="clipboard-list", order=706)
hooks.register("before_delete_snippet", consulting.keep_consultations)
hooks.register("before_bulk_action", consulting.keep_in_bulk)
hooks.register("before_edit_snippet", review_editing.show_decided)
hooks.register("before_delete_snippet", review_editing.keep_decided)
hooks.register("before_bulk_action", review_editing.keep_decided_in_bulk)
hooks.register("construct_homepage_panels", home_panel.add_panel)
hooks.register("after_edit_page", coming_back.after_a_decision)


class CodeOfConductGroup(SnippetViewSetGroup):
    menu_label = _("Code of conduct")
    menu_icon = "clipboard-list"
    menu_order = 250
    items = (
        PromiseViewSet,
        MeasuredValueViewSet,
        BreachNoteViewSet,
        EditionViewSet,
        ConsultationViewSet,
        ConsultationCommentViewSet,
        ReviewViewSet,
        LaunchTaskViewSet,
        IndicatorRoleViewSet,
    )


register_snippet(CodeOfConductGroup)


@hooks.register("register_admin_urls")
def register_reports() -> list[Any]:
    return [path("conduct/", include("conduct.governance.urls"))]
