"""Organizations that support policy statements in public."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import PublicIdField


class Endorsement(models.Model):
    """An organization's public support of a statement.

    A plain row: revisions of the page neither hold nor change it.
    """

    statement = models.ForeignKey(
        "knowledge_statements.StatementPage",
        on_delete=models.CASCADE,
        related_name="endorsements",
    )
    public_id = PublicIdField()
    organization = models.ForeignKey(
        "people.Organization",
        on_delete=models.CASCADE,
        related_name="endorsements",
        verbose_name=_("organization"),
    )
    endorsed_on = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering: ClassVar = (models.F("endorsed_on").asc(nulls_last=True), "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "organization"), name="knowledge_endorsed_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.organization)
