"""Registers the script that the overridden date and time widgets need."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def moment_widgets() -> str:
    return format_html('<script src="{}"></script>', static("config/js/moment-widgets.js"))
