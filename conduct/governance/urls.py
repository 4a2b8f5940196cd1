"""Addresses below `conduct/` in the admin."""

from django.urls import path

from .views import AccountabilityView, CertificatesView, TranslationsView, findings

app_name = "conduct_admin"
urlpatterns = [
    path("translations/", TranslationsView.as_view(), name="translations"),
    path("who-answers/", AccountabilityView.as_view(), name="accountability"),
    path("certificates/", CertificatesView.as_view(), name="certificates"),
    path("findings/<int:page_id>/", findings, name="findings"),
]
