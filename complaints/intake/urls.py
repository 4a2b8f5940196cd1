"""Addresses of the complaint form, below `case/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("token/", views.token, name="token"),
    path("send/", views.SendView.as_view(), name="send"),
    path("receipt/", views.receipt, name="receipt"),
]
