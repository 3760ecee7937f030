from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Probes, workers' heartbeats, jobs and schedules, the supervisor."""

    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from django_q.signals import post_spawn

        from . import checks  # noqa: F401  (registers them)
        from .actions import provision_schedules, record_heartbeat

        def worker_started(**kwargs: Any) -> None:
            """Record a heartbeat at once: the first scheduled one is a minute away."""
            record_heartbeat()

        def provision(**kwargs: Any) -> None:
            """Write the schedules to the database after every migration."""
            provision_schedules()

        _register()
        post_spawn.connect(worker_started, weak=False, dispatch_uid="operations.beat")
        post_migrate.connect(
            provision,
            sender=apps.get_app_config("django_q"),
            weak=False,
            dispatch_uid="operations.schedules",
        )


def _register() -> None:
    from . import actions, registry

    registry.register_probe("database", actions.probe_database)
    registry.register_probe("migrations", actions.probe_migrations)
    registry.register_probe("worker", actions.probe_worker)
    registry.register_schedule("heartbeat", job="operations.jobs.heartbeat", minutes=1)
    registry.register_schedule(
        "expired-sessions",
        job="operations.jobs.delete_expired_sessions",
        minutes=24 * 60,
    )
