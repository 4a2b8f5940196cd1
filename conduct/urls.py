"""Addresses that no page has: data of figures, since a page's holds no dots, privacy notices,
consultations, and where followers' links lead.

A host includes this inside `i18n_patterns`, before `wagtail.urls`.
"""

from django.urls import include, path, re_path

from . import figures, privacy_pages
from .consulting import pages as consulting

app_name = "conduct"

urlpatterns = [
    path("", include("conduct.following.urls")),
    path("privacy-notice/", privacy_pages.in_force, name="privacy_notice"),
    path("privacy-notice/<int:number>/", privacy_pages.version, name="privacy_notice_version"),
    path("consultations/", consulting.index, name="consultations"),
    path("consultations/<slug:slug>/", consulting.consultation, name="consultation"),
    path("consultations/<slug:slug>/received/", consulting.received, name="consultation_received"),
    re_path(
        r"^(?P<page_path>(?:[\w\-]+/)+)data\.(?P<data_format>csv|json)$",
        figures.data,
        name="performance_data",
    ),
]
