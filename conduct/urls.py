"""Addresses that Wagtail's own pattern can't serve, since its page addresses hold no dots.

A host includes this inside `i18n_patterns`, before `wagtail.urls`.
"""

from django.urls import re_path

from . import figures

app_name = "conduct"

urlpatterns = [
    re_path(
        r"^(?P<page_path>(?:[\w\-]+/)+)data\.(?P<data_format>csv|json)$",
        figures.data,
        name="performance_data",
    ),
]
