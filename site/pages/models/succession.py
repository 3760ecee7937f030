"""A page that another one has replaced."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

_LEADS_BACK = _("That page is itself replaced by this one. Choose another.")


class Succession(ClusterableModel):
    """Says which page takes the place of this one. Several may follow each other; none
    leads back to itself."""

    superseded_by = models.ForeignKey(
        "pages.BasePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("replaced by"),
        help_text=_(
            "A newer page that takes the place of this one. This one stays; readers are "
            "led on, and search puts it behind others."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses a successor that leads back here."""
        super().clean()
        seen, newer = {self.pk}, self.superseded_by
        while newer is not None and newer.pk is not None:
            if newer.pk in seen:
                raise ValidationError({"superseded_by": _LEADS_BACK})
            seen.add(newer.pk)
            newer = newer.superseded_by

    @property
    def superseded(self) -> bool:
        """Whether a newer page that is live takes its place."""
        return self.superseded_by is not None and self.superseded_by.live


NEVER_ITSELF = models.CheckConstraint(
    condition=~models.Q(superseded_by=models.F("page_ptr")),
    name="pages_not_superseded_by_itself",
)
