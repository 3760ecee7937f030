from django.db import models
from django.utils.translation import gettext_lazy as _

from .querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """One message as it was accepted; its words never change, only its state does."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        KEPT = "kept", _("kept in the house")

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

    from_email = models.TextField(_("from"))
    to = models.JSONField(_("to"), default=list)
    cc = models.JSONField(_("copy to"), default=list)
    bcc = models.JSONField(_("blind copy to"), default=list)
    reply_to = models.JSONField(_("reply to"), default=list)
    headers = models.JSONField(_("headers"), default=dict)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    text_subtype = models.CharField(_("kind of text"), max_length=16, default="plain")
    html = models.TextField(_("HTML"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="mail_waiting",
                condition=models.Q(state__in=["queued", "sending"]),
            )
        ]
        constraints = [
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
        ]

    def __str__(self) -> str:
        return self.subject


class MailAttachment(models.Model):
    """A file that goes with a mail."""

    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.CASCADE,
        related_name="attachments",
        verbose_name=_("mail"),
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
