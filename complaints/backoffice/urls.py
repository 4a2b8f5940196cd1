"""Addresses below `cases/` in the admin."""

from django.urls import path

from complaints.backoffice.action_view import ActionView
from complaints.backoffice.breach_view import BreachView
from complaints.backoffice.case_view import CaseView
from complaints.backoffice.entering import EntryView
from complaints.backoffice.exporting import CaseExportView
from complaints.backoffice.exports_report import ExportsReportView
from complaints.backoffice.files import FileView, LookView, ShownView
from complaints.backoffice.held_report import HeldReportView
from complaints.backoffice.letters import LetterView
from complaints.backoffice.listing import CaseListView
from complaints.backoffice.refused_report import RefusedReportView
from complaints.backoffice.sheet_view import SheetView
from complaints.backoffice.translating_view import ProposeTranslationView
from complaints.backoffice.typing import DraftView

app_name = "conduct_complaints_admin"
urlpatterns = [
    path("", CaseListView.as_view(), name="index"),
    path("lists/<slug:preset>/", CaseListView.as_view(), name="list"),
    path(
        "lists/<slug:preset>/results/",
        CaseListView.as_view(results_only=True),
        name="list_results",
    ),
    path("lists/<slug:preset>/export/", CaseExportView.as_view(), name="export"),
    path("export/", CaseExportView.as_view(), name="export_all"),
    path("broken-promise/", BreachView.as_view(), name="breach"),
    path("new/", EntryView.as_view(), name="enter"),
    path("reports/exports/", ExportsReportView.as_view(), name="exports"),
    path("reports/held/", HeldReportView.as_view(), name="held"),
    path("reports/refused/", RefusedReportView.as_view(), name="refused"),
    path("<str:reference>/", CaseView.as_view(), name="case"),
    path("<str:reference>/files/<uuid:public_id>/", FileView.as_view(), name="file"),
    path("<str:reference>/files/<uuid:public_id>/look/", LookView.as_view(), name="look"),
    path("<str:reference>/files/<uuid:public_id>/shown/", ShownView.as_view(), name="shown"),
    path("<str:reference>/print/", SheetView.as_view(), name="print"),
    path("<str:reference>/letters/<int:pk>/", LetterView.as_view(), name="letter"),
    path(
        "<str:reference>/messages/<int:pk>/propose-translation/",
        ProposeTranslationView.as_view(),
        name="propose_translation",
    ),
    path("<str:reference>/<slug:action>/draft/", DraftView.as_view(), name="draft"),
    path("<str:reference>/<slug:action>/", ActionView.as_view(), name="action"),
]
