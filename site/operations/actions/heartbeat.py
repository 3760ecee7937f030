import socket
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from operations.models import WorkerBeat

_DELETED_AFTER = timedelta(days=1)


@transaction.atomic
def record_heartbeat() -> None:
    """Record that this machine's worker runs, and delete machines silent for a day."""
    now = timezone.now()
    WorkerBeat.objects.update_or_create(
        machine=socket.gethostname(), defaults={"seen_at": now}
    )
    WorkerBeat.objects.filter(seen_at__lt=now - _DELETED_AFTER).delete()
