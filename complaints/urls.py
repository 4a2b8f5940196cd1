"""Public addresses of cases. A host includes this inside `i18n_patterns`."""

from django.urls import include, path

app_name = "conduct_complaints"
urlpatterns = [
    path("case/", include("complaints.intake.urls")),
    path("case/", include("complaints.tracking.urls")),
]
