from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Every mail is first a row; the worker delivers it."""

    name = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from operations.registry import register_schedule

        from . import checks  # noqa: F401  (registers them)

        register_schedule("mail", job="mail.jobs.deliver_due", minutes=1)
        register_schedule("old-mail", job="mail.jobs.forget_old", minutes=24 * 60)
