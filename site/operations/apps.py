from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Is the house well: probes, the worker's heartbeat, schedules, the supervisor."""

    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from django_q.signals import post_spawn

        from . import checks  # noqa: F401  (registers them)
        from .actions import beat, provision_schedules

        def worker_started(**kwargs: Any) -> None:
            """A worker is seen from its first second, not from its first job."""
            beat()

        def provision(**kwargs: Any) -> None:
            """After every migration; harmless to repeat."""
            provision_schedules()

        post_spawn.connect(worker_started, weak=False, dispatch_uid="operations.beat")
        post_migrate.connect(
            provision,
            sender=apps.get_app_config("django_q"),
            weak=False,
            dispatch_uid="operations.schedules",
        )
