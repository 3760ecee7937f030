"""Pages that replace other pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

_CYCLE = _("That page is itself replaced by this one. Choose another.")


class Succession(ClusterableModel):
    """A page that a newer one may replace. Chains are allowed, cycles are not."""

    superseded_by = models.ForeignKey(
        "pages.BasePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("replaced by"),
        help_text=_(
            "A newer page that replaces this one. This one stays; it links to the newer "
            "one, and search lists it after others."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a successor that leads back to this page."""
        super().clean()
        seen, newer = {self.pk}, self.superseded_by
        while newer is not None and newer.pk is not None:
            if newer.pk in seen:
                raise ValidationError({"superseded_by": _CYCLE})
            seen.add(newer.pk)
            newer = newer.superseded_by

    @property
    def superseded(self) -> bool:
        """Whether a live page has replaced it."""
        return self.superseded_by is not None and self.superseded_by.live


NOT_ITS_OWN_SUCCESSOR = models.CheckConstraint(
    condition=~models.Q(superseded_by=models.F("page_ptr")),
    name="pages_not_superseded_by_itself",
)
