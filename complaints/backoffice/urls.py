"""Addresses below `cases/` in the admin."""

from django.urls import path

from complaints.backoffice.action_view import ActionView
from complaints.backoffice.breach_view import BreachView
from complaints.backoffice.bulk.views import BulkReportView, BulkView
from complaints.backoffice.case_view import CaseView
from complaints.backoffice.choosing_columns import ColumnsView
from complaints.backoffice.configuration_report import ConfigurationReportView
from complaints.backoffice.entering import EntryView
from complaints.backoffice.exporting import CaseExportView
from complaints.backoffice.exports_report import ExportsReportView
from complaints.backoffice.files import FileView, LookView, ShownView
from complaints.backoffice.held_report import HeldReportView
from complaints.backoffice.helping.view import HelpView
from complaints.backoffice.letters import LetterView
from complaints.backoffice.list_mails import DigestView
from complaints.backoffice.listing import CaseListView
from complaints.backoffice.look_back_panel import LookedBackView
from complaints.backoffice.measured_values import urlpatterns as measured_values
from complaints.backoffice.promise_reports import (
    CollectedTableView,
    CollectionsView,
    PromiseComplaintsView,
    PromisesReportView,
)
from complaints.backoffice.redacted_view import RedactedView
from complaints.backoffice.refused_report import RefusedReportView
from complaints.backoffice.saved_lists import (
    DeleteListView,
    EditListView,
    OpenListView,
    SavedListsView,
    SaveListView,
)
from complaints.backoffice.setup.views import DismissView, SetupView, StepView
from complaints.backoffice.sheet_view import SheetView
from complaints.backoffice.translating_view import ProposeTranslationView
from complaints.backoffice.typing import DraftView
from complaints.backoffice.workload_report import CompetenceView, WorkloadView

app_name = "conduct_complaints_admin"
urlpatterns = [
    path("", CaseListView.as_view(), name="index"),
    path("bulk/", BulkView.as_view(), name="bulk"),
    path("bulk/report/", BulkReportView.as_view(), name="bulk_report"),
    path("bulk/<slug:action>/", BulkView.as_view(), name="bulk_action"),
    path("columns/", ColumnsView.as_view(), name="columns"),
    # Before the tabs, none of which has this name.
    path("lists/saved/", SavedListsView.as_view(), name="saved_lists"),
    path("lists/saved/new/", SaveListView.as_view(), name="save_list"),
    path("lists/saved/<int:pk>/", OpenListView.as_view(), name="saved_list"),
    path("lists/saved/<int:pk>/edit/", EditListView.as_view(), name="saved_list_edit"),
    path("lists/saved/<int:pk>/delete/", DeleteListView.as_view(), name="saved_list_delete"),
    path("lists/saved/<int:pk>/mails/", DigestView.as_view(), name="saved_list_mails"),
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
    path("setup/", SetupView.as_view(), name="setup"),
    path("setup/hide/", DismissView.as_view(), name="setup_dismiss"),
    path("setup/<slug:step>/", StepView.as_view(), name="setup_step"),
    path("look-back/done/", LookedBackView.as_view(), name="looked_back"),
    path("help/", HelpView.as_view(), name="help"),
    path("reports/configuration/", ConfigurationReportView.as_view(), name="configuration"),
    path(
        "reports/configuration/results/",
        ConfigurationReportView.as_view(results_only=True),
        name="configuration_results",
    ),
    path("reports/promises/", PromisesReportView.as_view(), name="promises"),
    path("reports/promises/rows/", CollectedTableView.as_view(), name="collected_rows"),
    path("reports/promises/nights/", CollectionsView.as_view(), name="collections"),
    path(
        "reports/promises/complaints/", PromiseComplaintsView.as_view(), name="promise_complaints"
    ),
    path("reports/workload/", WorkloadView.as_view(), name="workload"),
    path("reports/competence/", CompetenceView.as_view(), name="competence"),
    path("reports/held/", HeldReportView.as_view(), name="held"),
    path("reports/refused/", RefusedReportView.as_view(), name="refused"),
    *measured_values,
    path("<str:reference>/", CaseView.as_view(), name="case"),
    path("<str:reference>/files/<uuid:public_id>/", FileView.as_view(), name="file"),
    path("<str:reference>/files/<uuid:public_id>/look/", LookView.as_view(), name="look"),
    path("<str:reference>/files/<uuid:public_id>/shown/", ShownView.as_view(), name="shown"),
    path("<str:reference>/blacked-out/", RedactedView.as_view(), name="redacted"),
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
