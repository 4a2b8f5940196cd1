"""How staff edit who the organisation is and where its public pages are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from . import telephone
from .links import PAGE_FIELDS
from .models import Organisation


class CallCostPanel(Panel):
    """Says what calls to the saved number may cost, where that needs a look (10002:2018, 4.8)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/panels/warning.html"

        def is_shown(self) -> bool:
            return super().is_shown() and telephone.warning(self.instance.phone) is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return dict(context) | {"warning": telephone.warning(self.instance.phone)}


def edit_handler() -> TabbedInterface:
    facts = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("email"), FieldPanel("phone"), CallCostPanel()], heading=_("Contact")
            ),
            MultiFieldPanel([FieldPanel(name) for name in PAGE_FIELDS], heading=_("Pages")),
            FieldPanel("external_body_url"),
            FieldPanel("small_number_threshold"),
        ],
        heading=_("Organisation"),
    )
    tabs = [
        ObjectList(
            [
                FieldPanel(build_localized_fieldname(name, language))
                for name in Organisation.TRANSLATED
            ],
            heading=str(get_language_info(language)["name_local"]),
        )
        for language, _name in settings.LANGUAGES
    ]
    return TabbedInterface([facts, *tabs])
