"""Feedback forms and satisfaction surveys (ISO 10004)."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    label = "conduct_feedback"
    verbose_name = _("Feedback and surveys")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from complaints.signals import case_closed, clocks_run, permission_withdrawn
        from feedback import indicators
        from feedback.held import declare_held
        from feedback.inviting import on_case_closed, on_clocks_run, on_permission_withdrawn

        indicators.register()
        declare_held()
        case_closed.connect(on_case_closed, dispatch_uid="conduct_feedback.invite")
        clocks_run.connect(on_clocks_run, dispatch_uid="conduct_feedback.invite_forgotten")
        permission_withdrawn.connect(
            on_permission_withdrawn, dispatch_uid="conduct_feedback.do_not_invite"
        )
        post_migrate.connect(give_rights, sender=self, dispatch_uid="conduct_feedback.give_rights")


def give_rights(using: str, **kwargs: Any) -> None:
    from feedback.groups import ensure_rights

    ensure_rights(using=using)
