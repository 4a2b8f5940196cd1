"""Addresses below `cases/` in the admin."""

from django.urls import path

from complaints.backoffice.action_view import ActionView
from complaints.backoffice.breach_view import BreachView
from complaints.backoffice.bulk.views import BulkReportView, BulkView
from complaints.backoffice.case_view import CaseView
from complaints.backoffice.choosing_columns import ColumnsView
from complaints.backoffice.entering import EntryView
from complaints.backoffice.exporting import CaseExportView
from complaints.backoffice.files import FileView
from complaints.backoffice.held_report import HeldReportView
from complaints.backoffice.letters import LetterView
from complaints.backoffice.list_mails import DigestView
from complaints.backoffice.listing import CaseListView
from complaints.backoffice.refused_report import RefusedReportView
from complaints.backoffice.saved_lists import (
    DeleteListView,
    EditListView,
    OpenListView,
    SavedListsView,
    SaveListView,
)

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
    path("reports/held/", HeldReportView.as_view(), name="held"),
    path("reports/refused/", RefusedReportView.as_view(), name="refused"),
    path("<str:reference>/", CaseView.as_view(), name="case"),
    path("<str:reference>/files/<uuid:public_id>/", FileView.as_view(), name="file"),
    path("<str:reference>/letters/<int:pk>/", LetterView.as_view(), name="letter"),
    path("<str:reference>/<slug:action>/", ActionView.as_view(), name="action"),
]
