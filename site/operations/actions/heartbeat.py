import logging
import socket
import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from operations.models import WorkerHeartbeat

log = logging.getLogger(__name__)

_DELETED_AFTER = timedelta(days=1)
# A busy worker records at most this often, not for each of its jobs.
_SECONDS_BETWEEN = 30.0
_recorded_at = float("-inf")


@transaction.atomic
def record_heartbeat() -> None:
    """Record that this process's worker runs, and delete heartbeats a day old."""
    now = timezone.now()
    WorkerHeartbeat.objects.update_or_create(
        queue=settings.WORKER_QUEUE,
        machine=socket.gethostname(),
        defaults={"seen_at": now},
    )
    WorkerHeartbeat.objects.filter(seen_at__lt=now - _DELETED_AFTER).delete()


def worker_runs() -> None:
    """Record a heartbeat from inside a worker, at most every 30 seconds.

    A heartbeat job waits behind all other jobs, so a worker with a long queue would seem
    silent without this. Never raises DatabaseError: it would kill the worker.
    """
    global _recorded_at  # noqa: PLW0603  (the worker is this process)
    now = time.monotonic()
    if now - _recorded_at < _SECONDS_BETWEEN:
        return
    _recorded_at = now
    try:
        record_heartbeat()
    except DatabaseError:
        log.exception("A worker could not record its heartbeat")
