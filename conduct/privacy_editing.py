"""How staff edit the privacy notice, and see which of its words nobody has checked yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface

from . import privacy_notice
from .models import Organisation, PrivacyNotice
from .privacy_words import HEADINGS, usual_words


class PrivacyNoticeForm(WagtailAdminModelForm):
    """Writes each language in its own direction; shows the usual words where a field is empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = Organisation.for_site(self.instance.site)
        for name in PrivacyNotice.TRANSLATED:
            usual = usual_words(name, organisation)
            for language, _name in settings.LANGUAGES:
                field = self.fields.get(build_localized_fieldname(name, language))
                if field is not None:
                    field.widget.attrs |= {
                        "lang": language,
                        "dir": "rtl" if get_language_info(language)["bidi"] else "ltr",
                        "rows": 4,
                        "placeholder": usual.get(language, ""),
                    }


class StatePanel(Panel):
    """Which version readers see, and which parts still say the usual words."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/panels/privacy_state.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            unchecked = [HEADINGS[name] for name in privacy_notice.unchecked_fields(self.instance)]
            return dict(context) | {
                "version": privacy_notice.newest(self.instance.site),
                "unchecked": unchecked,
            }


def edit_handler() -> TabbedInterface:
    state = ObjectList([StatePanel(heading=_("What to look at"))], heading=_("Privacy notice"))
    tabs = [
        ObjectList(
            [
                FieldPanel(build_localized_fieldname(name, language))
                for name in PrivacyNotice.TRANSLATED
            ],
            heading=str(get_language_info(language)["name_local"]),
        )
        for language, _name in settings.LANGUAGES
    ]
    return TabbedInterface([state, *tabs], base_form_class=PrivacyNoticeForm)
