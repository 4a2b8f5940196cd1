"""Addresses of the complaint form, below `case/`."""

from django.urls import path

from complaints.intake.drafting.check_view import CheckView
from complaints.intake.drafting.later_views import DeleteView, LaterView, resume, resume_link
from complaints.intake.drafting.starting import StartView
from complaints.intake.drafting.step_views import StepView
from complaints.intake.paper_view import paper
from complaints.intake.token_view import token
from complaints.intake.upload_view import upload

from . import receipt_views, views

urlpatterns = [
    path("token/", token, name="token"),
    path("upload/", upload, name="upload"),
    path("send/", views.SendView.as_view(), name="send"),
    path("start/", StartView.as_view(), name="start"),
    path("draft/<uuid:public_id>/check/", CheckView.as_view(), name="check"),
    path("draft/<uuid:public_id>/later/", LaterView.as_view(), name="later"),
    path("draft/<uuid:public_id>/delete/", DeleteView.as_view(), name="draft_delete"),
    path("draft/<uuid:public_id>/<slug:slug>/", StepView.as_view(), name="step"),
    path("resume/", resume, name="resume"),
    path("paper/", paper, name="paper"),
    path("resume/<str:code>/", resume_link, name="resume_link"),
    path("receipt/", receipt_views.text_file, name="receipt"),
    path("receipt/pdf/", receipt_views.pdf_file, name="receipt_pdf"),
    path("receipt/mail/", receipt_views.mail, name="receipt_mail"),
    path("receipt/page/", receipt_views.page_again, name="receipt_page"),
    path("check-receipt/", receipt_views.check_receipt, name="check_receipt"),
]
