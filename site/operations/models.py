from django.db import models
from django.utils.translation import gettext_lazy as _

from .registry import Queue


class WorkerHeartbeat(models.Model):
    """When a queue's worker on a machine last showed that it runs."""

    queue = models.CharField(
        _("queue"), max_length=16, choices=[(each.value, each.value) for each in Queue]
    )
    machine = models.CharField(_("machine"), max_length=255)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("worker heartbeat")
        verbose_name_plural = _("worker heartbeats")
        ordering = ["-seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "machine"], name="worker_heartbeat_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.queue}, {self.machine}"
