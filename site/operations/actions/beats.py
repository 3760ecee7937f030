import socket
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from operations.models import WorkerBeat

_FORGOTTEN_AFTER = timedelta(days=1)


@transaction.atomic
def beat() -> None:
    """The worker of this machine was seen now; machines silent for a day are forgotten."""
    now = timezone.now()
    WorkerBeat.objects.update_or_create(
        machine=socket.gethostname(), defaults={"seen_at": now}
    )
    WorkerBeat.objects.filter(seen_at__lt=now - _FORGOTTEN_AFTER).delete()
