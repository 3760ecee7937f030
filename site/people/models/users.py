"""The account that a person signs in with."""

from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.querysets import UserQuerySet

from .identifiers import PublicIdField
from .names import AddressField, NameField


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):
    """Creates accounts; stores e-mail addresses in lower case."""

    use_in_migrations = False

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email=self.normalize_email(username))
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """The account of a person. The person chooses what others see of it."""

    public_id = PublicIdField()
    email = AddressField(
        _("e-mail address"),
        unique=True,
        help_text=_("You sign in with it. Nobody else sees it."),
    )
    name = NameField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("What we call you here. A first name is enough."),
    )
    pronouns = NameField(_("pronouns"), max_length=40, blank=True)
    about = models.TextField(
        _("about you"),
        max_length=600,
        blank=True,
        help_text=_("What you do, and what others may ask you about."),
    )
    listed = models.BooleanField(
        _("members can find me"),
        default=False,
        help_text=_(
            "Members see your name, your organization and what you wrote about "
            "yourself. Visitors never do."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    sessions_ended = models.PositiveIntegerField(
        _("how often all sessions were ended"), default=0, editable=False
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="people_user_email_lower"
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name to show; without one, “A member”: never a part of the address."""
        return self.name or gettext("A member")

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the CMS."""
        return self.has_perm("wagtailadmin.access_admin")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what every session must hold: the password, and a count of suspensions."""
        return salted_hmac(
            "people.User.session",
            f"{self.password}:{self.sessions_ended}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=(self.public_id,))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = type(self).objects.normalize_email(self.email)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        """Return the first word of the name, or “A member”.

        Never empty: Wagtail would show the address instead.
        """
        return self.name.partition(" ")[0] or self.display_name
