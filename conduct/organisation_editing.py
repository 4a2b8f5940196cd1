"""How staff edit who the organisation is and where its public pages are."""

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface

from .links import PAGE_FIELDS
from .models import Organisation


def edit_handler() -> TabbedInterface:
    facts = ObjectList(
        [
            MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading=_("Contact")),
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
