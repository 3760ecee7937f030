"""Working groups: people who write together."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from people.querysets import WorkingGroupQuerySet

from .identifiers import PublicIdField
from .names import NameField


class WorkingGroup(ClusterableModel):
    """A working group. Its Django group grants its members what they may see."""

    public_id = PublicIdField()
    name = NameField(_("name"), max_length=80, unique=True)
    purpose = models.TextField(
        _("purpose"),
        max_length=600,
        blank=True,
        help_text=_("What the group writes, for whom, and by when."),
    )
    group = models.OneToOneField(
        Group,
        on_delete=models.PROTECT,
        related_name="working_group",
        editable=False,
        verbose_name=_("permission group"),
    )
    listed = models.BooleanField(
        _("members see that it exists"),
        default=True,
        help_text=_("Its name and purpose; never its members or documents."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    members: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="people.WorkingGroupMembership",
        related_name="working_groups",
    )

    objects: ClassVar = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the group, and create or rename its permission group with it."""
        with transaction.atomic():
            name = f"Working group: {self.name}"
            if self.group_id is None:
                self.group = Group.objects.create(name=name)
            elif self.group.name != name:
                Group.objects.filter(pk=self.group_id).update(name=name)
                self.group.name = name
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("people:group_members", args=(self.public_id,))


class WorkingGroupMembership(models.Model):
    """The membership of a person in a working group."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        LEAD = "lead", _("Lead")

    working_group = ParentalKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="working_group_memberships",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices, default=Role.MEMBER
    )
    shown = models.BooleanField(
        _("named on the group's page"),
        default=False,
        help_text=_("Otherwise the page says “A member”."),
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("membership of a working group")
        verbose_name_plural = _("memberships of working groups")
        constraints = (
            models.UniqueConstraint(
                fields=("working_group", "user"),
                name="people_working_group_member_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.working_group}"
