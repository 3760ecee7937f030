"""What policy statements ask for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import PublicIdField


class Ask(models.Model):
    """One thing that a statement asks for, and of whom.

    A plain row: revisions of the page neither hold nor change it.
    """

    statement = models.ForeignKey(
        "knowledge_statements.StatementPage",
        on_delete=models.CASCADE,
        related_name="asks",
    )
    public_id = PublicIdField()
    position = models.PositiveIntegerField(default=0, editable=False)
    text = models.TextField(_("what we ask"), max_length=600)
    addressee = models.CharField(
        _("of whom"),
        max_length=200,
        blank=True,
        help_text=_("For instance “the health authorities”."),
    )

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering: ClassVar = ("position", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        """Its anchor on the page, which stays the same when asks are added or moved."""
        return f"ask-{self.public_id}"
