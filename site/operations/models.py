from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerBeat(models.Model):
    """When a machine's worker was last seen at work."""

    machine = models.CharField(_("machine"), max_length=255, unique=True)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("worker's beat")
        verbose_name_plural = _("workers' beats")
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.machine
