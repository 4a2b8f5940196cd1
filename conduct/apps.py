"""The lowest layer: what the organisation promises (ISO 10001)."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConductConfig(AppConfig):
    name = "conduct"
    label = "conduct"
    verbose_name = _("Code of conduct")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entered_values, groups, page_cache, privacy_notice, signals
        from .governance.answerable import register_sources
        from .lint.rights import check_templates
        from .reviewing import launch, workflow

        checks.register(check_templates)
        register_sources()
        post_migrate.connect(groups.give_rights, sender=self, dispatch_uid="conduct.give_rights")
        post_migrate.connect(workflow.ship, sender=self, dispatch_uid="conduct.ship_workflow")
        signals.connect()
        launch.connect()
        entered_values.connect()
        privacy_notice.connect()
        page_cache.connect()
