from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """The outbox: each mail is stored as a row, and a worker delivers it."""

    name = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from operations.registry import Queue, register_schedule

        from . import checks  # noqa: F401  (registers them)

        register_schedule(
            "urgent-mail",
            job="mail.jobs.deliver_due_urgent",
            minutes=1,
            queue=Queue.URGENT,
        )
        register_schedule("mail", job="mail.jobs.deliver_due", minutes=1)
        register_schedule("old-mail", job="mail.jobs.delete_old", minutes=24 * 60)
