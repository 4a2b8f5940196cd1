"""Where the small forms of a code or policy are sent to, and where the links in mails lead."""

from django.urls import path

from . import clarity_views, views

urlpatterns = [
    path("following/<int:page_pk>/", views.FollowView.as_view(), name="follow"),
    path("following/confirm/<str:token>/", views.confirm_link, name="follow_confirm"),
    path("following/leave/<str:token>/", views.leave_link, name="follow_leave"),
    path(
        "was-this-clear/<int:page_pk>/<int:number>/",
        clarity_views.ClarityView.as_view(),
        name="clarity",
    ),
]
