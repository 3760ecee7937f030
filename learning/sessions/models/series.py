"""Series of sessions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Series(models.Model):
    """Sessions that belong together, for instance the monthly ones."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    about = models.TextField(_("description"), max_length=400, blank=True)

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("about")]

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
