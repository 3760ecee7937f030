"""Organizations, and who works in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from people.querysets import OrganizationQuerySet

from .identifiers import PublicIdField
from .names import NameField


class Organization(ClusterableModel):
    """A service or association that belongs to the community."""

    class Kind(models.TextChoices):
        TREATMENT = "treatment", _("Bed-based treatment")
        SUPPORTIVE = "supportive", _("Supportive recovery")
        ASSOCIATION = "association", _("Sector association")
        COORDINATING = "coordinating", _("Coordinating non-profit")
        PUBLIC = "public", _("Health authority or ministry")
        OTHER = "other", _("Another kind")

    public_id = PublicIdField()
    name = NameField(_("name"), max_length=200, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER
    )
    place = NameField(
        _("town or region"),
        max_length=120,
        blank=True,
        help_text=_("The town only, never a street address."),
    )
    about = models.TextField(_("about"), max_length=1200, blank=True)
    website = models.URLField(_("website"), blank=True)
    listed = models.BooleanField(
        _("shown to visitors"),
        default=False,
        help_text=_(
            "Members always see it. Visitors see its page, and its name on statements that "
            "it endorses, only if this is ticked."
        ),
    )
    members: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="people.OrganizationMembership",
        related_name="organizations",
    )

    objects: ClassVar = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organization", args=(self.public_id,))


class OrganizationMembership(models.Model):
    """The membership of a person in an organization."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        LEAD = "lead", _("Lead")

    organization = ParentalKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="organization_memberships",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices, default=Role.MEMBER
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("membership of an organization")
        verbose_name_plural = _("memberships of organizations")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "user"), name="people_organization_member_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organization}"
