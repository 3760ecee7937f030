"""Contributors: who wrote or spoke, named as each person chose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identifiers import PublicIdField
from .names import NameField


class Contributor(models.Model):
    """The name of a contributor. It may be any name, with or without an account."""

    public_id = PublicIdField()
    name = NameField(
        _("name"),
        max_length=200,
        help_text=_("As the person wants to be named, for instance “A member”."),
    )
    about = models.TextField(_("about"), max_length=600, blank=True)
    organization = models.ForeignKey(
        "people.Organization",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributors",
        verbose_name=_("organization"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
