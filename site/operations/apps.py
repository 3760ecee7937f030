from functools import partial
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Health probes, workers' heartbeats, jobs and schedules, the supervisor."""

    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from django_q.signals import post_spawn, pre_execute

        from . import checks  # noqa: F401  (registers them)
        from .actions import provision_schedules, worker_runs

        def note_worker(**kwargs: Any) -> None:
            """Record that a worker started, or takes a job."""
            worker_runs()

        def provision(**kwargs: Any) -> None:
            """Write the schedules to the database after every migration."""
            provision_schedules()

        _register_probes()
        _register_schedules()
        for signal in (post_spawn, pre_execute):
            signal.connect(note_worker, weak=False, dispatch_uid="operations.worker")
        post_migrate.connect(
            provision,
            sender=apps.get_app_config("django_q"),
            weak=False,
            dispatch_uid="operations.schedules",
        )


def _register_probes() -> None:
    from . import actions
    from .registry import Queue, register_probe

    register_probe("database", actions.probe_database)
    register_probe("migrations", actions.probe_migrations)
    for queue in Queue:
        register_probe(f"{queue}-queue", partial(actions.probe_worker, queue))


def _register_schedules() -> None:
    from .registry import Queue, register_schedule

    for queue in Queue:
        register_schedule(
            f"{queue}-heartbeat",
            job="operations.jobs.heartbeat",
            minutes=1,
            queue=queue,
        )
    register_schedule(
        "expired-sessions",
        job="operations.jobs.delete_expired_sessions",
        minutes=24 * 60,
    )
