"""The probes of operations: the database, migrations and workers."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from operations.models import WorkerHeartbeat
from operations.registry import ProbeResult, Queue

_migrated = False


def probe_database() -> ProbeResult:
    """Run a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ProbeResult(healthy=True, message=_("answers"))


def probe_migrations() -> ProbeResult:
    """Check that every migration is applied; that they are is cached by the process."""
    global _migrated  # noqa: PLW0603  (the cache of this process)
    if not _migrated:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            message = _("%(count)d to apply: run manage.py migrate") % {
                "count": len(pending)
            }
            return ProbeResult(healthy=False, message=message)
        _migrated = True
    return ProbeResult(healthy=True, message=_("all applied"))


def probe_worker(queue: Queue) -> ProbeResult:
    """Check that a worker of the queue was seen within WORKER_SILENCE_SECONDS."""
    latest = WorkerHeartbeat.objects.filter(queue=queue).order_by("-seen_at").first()
    if latest is None:
        message = _("no worker was ever seen: start one with Q_CLUSTER_NAME={queue}")
        return ProbeResult(healthy=False, message=message.format(queue=queue))
    silence = timezone.now() - latest.seen_at
    message = _("worker seen %(seconds)d seconds ago") % {
        "seconds": silence.total_seconds()
    }
    limit = timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
    return ProbeResult(healthy=silence <= limit, message=message)
