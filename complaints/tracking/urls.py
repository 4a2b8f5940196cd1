"""Addresses of the complainant's page, below `case/`. None names the case: the session does."""

from django.urls import path

from complaints.tracking.action_views import act
from complaints.tracking.lost_key import lost_key
from complaints.tracking.views import close, download, file, tracking

urlpatterns = [
    path("", tracking, name="tracking"),
    path("lost-key/", lost_key, name="lost_key"),
    path("close/", close, name="tracking_close"),
    path("do/<slug:action>/", act, name="tracking_act"),
    path("files/<uuid:public_id>/", file, name="tracking_file"),
    path("download/", download, name="tracking_download"),
]
