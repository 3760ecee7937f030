"""Invariants of the mail. docs/operations/checks.md tells what to do about each."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

OUTBOX = "mail.backends.OutboxBackend"


@register(Tags.security)
def mail_is_read_in_the_demonstration_only(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The page that shows every mail, sign-in codes too, exists in debug alone."""
    if settings.DEBUG or not settings.MAIL_READABLE:
        return []
    return [
        Error(
            "Everybody could read everybody's mail at /mail/.",
            hint="Set MAIL_READABLE to False outside debug.",
            id="mail.E001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves_the_house(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A deployed site delivers its mail."""
    if settings.MAIL_TRANSPORT:
        return []
    return [
        Error(
            "Mail is kept in the house: nobody could confirm an address.",
            hint="Set MAIL_TRANSPORT to a mail backend.",
            id="mail.E002",
        )
    ]


@register(Tags.compatibility)
def a_transport_is_no_outbox(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """What the worker delivers would otherwise come back as a new row, for ever."""
    if settings.MAIL_TRANSPORT != OUTBOX:
        return []
    return [
        Error(
            "MAIL_TRANSPORT leads back into the outbox.",
            hint="EMAIL_BACKEND is the outbox; MAIL_TRANSPORT is what sends.",
            id="mail.E003",
        )
    ]
