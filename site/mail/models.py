from email.utils import parseaddr
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from operations.registry import Queue

from .querysets import OutgoingMailQuerySet
from .registry import About


class Priority(models.IntegerChoices):
    """Which queue delivers a mail, and in what order."""

    URGENT = 1, _("urgent: someone is waiting for it")
    BULK = 2, _("bulk")


class OutgoingMail(models.Model):
    """One message as it was queued; its content never changes, only its state does.

    A mail about a row that not everybody may see names the row, and has one recipient. If
    that person may not read of it when it is to be sent, it is withheld, without its content.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be delivered")
        LOCAL = "local", _("not sent: this site sends no mail")
        WITHHELD = "withheld", _("not sent: its recipient may not read it any more")

    key = models.CharField(
        _("key"),
        max_length=255,
        help_text=_("What it is about; a second mail with the same key is not queued."),
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.BULK
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    accepted_at = models.DateTimeField(_("accepted at"), auto_now_add=True)
    next_attempt_at = models.DateTimeField(_("next attempt at"))
    claim = models.UUIDField(_("claim"), null=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    about_rule = models.CharField(
        _("rule that says who may read it"), max_length=100, blank=True
    )
    about_key = models.CharField(_("what it is about"), max_length=100, blank=True)

    from_email = models.TextField(_("from"))
    reply_to = models.JSONField(_("reply to"), default=list)
    headers = models.JSONField(_("headers"), default=dict)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    text_subtype = models.CharField(_("kind of text"), max_length=16, default="plain")
    html = models.TextField(_("HTML"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["priority", "next_attempt_at"],
                name="mail_waiting",
                condition=models.Q(state__in=["queued", "sending"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="mail_key_is_unique"),
            models.CheckConstraint(
                condition=models.Q(state="sending", claim__isnull=False)
                | (~models.Q(state="sending") & models.Q(claim__isnull=True)),
                name="mail_being_sent_is_claimed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="mail_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(about_rule="", about_key="")
                | ~models.Q(about_rule="") & ~models.Q(about_key=""),
                name="mail_is_about_a_row_or_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def queue(self) -> Queue:
        """The queue whose worker delivers it."""
        return Queue.URGENT if self.priority == Priority.URGENT else Queue.BULK

    @property
    def about(self) -> About | None:
        """The row that the mail is about; None if it concerns the recipient's account only."""
        if not self.about_rule:
            return None
        return About(rule=self.about_rule, key=self.about_key)

    @property
    def to(self) -> list[str]:
        """The addresses of the To header, with display names if they have one."""
        return self._addresses("to")

    @property
    def cc(self) -> list[str]:
        """The addresses of the Cc header."""
        return self._addresses("cc")

    @property
    def bcc(self) -> list[str]:
        """The addresses that no header shows."""
        return self._addresses("bcc")

    def _addresses(self, kind: str) -> list[str]:
        return [each.address for each in self.recipients.all() if each.kind == kind]


class MailRecipient(models.Model):
    """One address that a mail goes to."""

    class Kind(models.TextChoices):
        TO = "to", _("to")
        CC = "cc", _("copy to")
        BCC = "bcc", _("blind copy to")

    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.CASCADE,
        related_name="recipients",
        verbose_name=_("e-mail"),
    )
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    address = models.TextField(_("address as written"))
    email = models.CharField(_("e-mail address"), max_length=320, db_index=True)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="mail_recipient_is_lower_case",
            )
        ]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def of(cls, *, mail: OutgoingMail, kind: str, address: str) -> Self:
        """Build the recipient for an address that may have a display name."""
        email = cls.email_of(address)
        return cls(mail=mail, kind=kind, address=address, email=email)

    @staticmethod
    def email_of(address: str) -> str:
        """Return the bare e-mail address in lower case."""
        email = parseaddr(address)[1] or address
        return email.lower()


class MailAttachment(models.Model):
    """A file that goes with a mail."""

    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.CASCADE,
        related_name="attachments",
        verbose_name=_("e-mail"),
    )
    name = models.TextField(_("name"), blank=True)
    media_type = models.CharField(_("media type"), max_length=255)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
