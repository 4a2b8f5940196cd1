"""Addresses of the staff's pages, below `surveys/` in the Wagtail admin."""

from django.urls import path

from feedback import results_pages

app_name = "conduct_feedback_admin"
urlpatterns = [
    path("results/", results_pages.ResultsIndex.as_view(), name="results"),
    path("results/<int:pk>/", results_pages.SurveyResults.as_view(), name="survey_results"),
    path(
        "responses/<int:pk>/make-complaint/",
        results_pages.MakeComplaint.as_view(),
        name="make_complaint",
    ),
    path("make-default/", results_pages.MakeDefaultSurvey.as_view(), name="make_default"),
]
