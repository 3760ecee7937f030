"""System checks of mail; docs/operations/checks.md says what to do about each."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

OUTBOX = "mail.backends.OutboxBackend"


@register(Tags.security)
def mail_is_readable_in_debug_only(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse the page that shows all mail, sign-in codes included, outside debug."""
    if settings.DEBUG or not settings.MAIL_READABLE:
        return []
    return [
        Error(
            "Anyone could read all mail, with its sign-in codes, at /mail/.",
            hint="Set MAIL_READABLE to False outside debug.",
            id="mail.E001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_is_sent(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse to deploy a site that stores its mail and never sends it."""
    if settings.MAIL_TRANSPORT:
        return []
    return [
        Error(
            "Mail is stored but never sent: nobody could confirm an e-mail address.",
            hint="Set MAIL_TRANSPORT to a mail backend.",
            id="mail.E002",
        )
    ]


@register(Tags.compatibility)
def transport_is_not_the_outbox(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a transport that would queue every delivered mail again, for ever."""
    if settings.MAIL_TRANSPORT != OUTBOX:
        return []
    return [
        Error(
            "MAIL_TRANSPORT is the outbox: what it sends would be queued again.",
            hint="EMAIL_BACKEND is the outbox; MAIL_TRANSPORT sends.",
            id="mail.E003",
        )
    ]
