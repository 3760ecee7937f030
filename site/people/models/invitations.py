"""Invitations to an organization or a working group, by e-mail."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.querysets import InvitationQuerySet

from .identifiers import PublicIdField
from .names import AddressField

if TYPE_CHECKING:
    from .groups import WorkingGroup
    from .organizations import Organization

VALID_FOR = dt.timedelta(days=14)
_signer = Signer(salt="people.invitation")


def default_expiry() -> dt.datetime:
    """Return when an invitation that is sent now expires."""
    return timezone.now() + VALID_FOR


class Invitation(models.Model):
    """An e-mail address is invited to one organization or one working group."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        LEAD = "lead", _("Lead")

    public_id = PublicIdField()
    email = AddressField(_("e-mail address"))
    organization = models.ForeignKey(
        "people.Organization",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
    )
    working_group = models.ForeignKey(
        "people.WorkingGroup",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices, default=Role.MEMBER
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="invitations_written",
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    ends_at = models.DateTimeField(_("expires"), default=default_expiry)
    accepted_at = models.DateTimeField(_("accepted"), null=True)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(organization=None) ^ Q(working_group=None),
                name="people_invitation_into_one",
            ),
            models.UniqueConstraint(
                fields=("email", "organization"),
                condition=Q(accepted_at=None),
                name="people_invitation_organization_once",
            ),
            models.UniqueConstraint(
                fields=("email", "working_group"),
                condition=Q(accepted_at=None),
                name="people_invitation_group_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} · {self.into}"

    @property
    def into(self) -> "Organization | WorkingGroup":
        """The organization or working group."""
        found = self.organization or self.working_group
        assert found is not None  # noqa: S101  (people_invitation_into_one)
        return found

    @property
    def is_pending(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.ends_at > timezone.now()

    @property
    def token(self) -> str:
        """The signed id for the link in the e-mail; no secret is stored."""
        return _signer.sign(self.public_id)

    @staticmethod
    def public_id_in(token: str) -> str | None:
        """Return the public id in a token; None if the signature is not ours."""
        try:
            return _signer.unsign(token)
        except BadSignature:
            return None
