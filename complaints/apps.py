"""One case, from receipt to closing (ISO 10002)."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    label = "conduct_complaints"
    verbose_name = _("Complaints")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from complaints import checks
        from complaints.accountable import answerable
        from complaints.analysis import collected_cases
        from complaints.analysis.measures import register_indicators
        from complaints.configuration_log import watch_configuration
        from complaints.privacy.held import declare_held
        from complaints.signals import clocks_run
        from complaints.transfer.waiting import sweep
        from conduct.governance.accountability import register_source
        from conduct.lint.rights import must_print

        must_print(*checks.TELL_OF_RIGHTS)
        register_source("complaints", answerable)
        watch_configuration()
        register_indicators()
        collected_cases.connect()
        declare_held()
        clocks_run.connect(sweep, dispatch_uid="conduct_complaints.forget_imports")
        post_migrate.connect(
            make_groups, sender=self, dispatch_uid="conduct_complaints.make_groups"
        )


def make_groups(using: str, **kwargs: Any) -> None:
    """Give a fresh install the groups that carry the roles; groups that exist are left as they
    are."""
    from complaints.groups import ensure_groups

    ensure_groups(using=using)
