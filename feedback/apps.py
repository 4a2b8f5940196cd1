"""Feedback forms and satisfaction surveys (ISO 10004)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    label = "conduct_feedback"
    verbose_name = _("Feedback and surveys")
    default_auto_field = "django.db.models.BigAutoField"
