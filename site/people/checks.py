"""What must hold before the site serves anybody."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from people.models import User


@checks.register(checks.Tags.security, checks.Tags.database)
def no_demonstration_accounts(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """people.E001: outside debug nobody signs in with the demonstration's password."""
    if settings.DEBUG or not databases:
        return []
    names = settings.DEMONSTRATION_ACCOUNTS
    demonstration = [f"{name}@example.org" for name in names]
    try:
        found = User.objects.active().filter(email__in=demonstration)
        open_doors = [
            user.email
            for user in found
            if user.check_password(settings.DEMONSTRATION_PASSWORD)
        ]
    except DatabaseError:  # not migrated yet
        return []
    if not open_doors:
        return []
    return [
        checks.Error(
            f"Demonstration accounts are open: {', '.join(open_doors)}.",
            hint="Remove them, or give them other passwords: everybody knows this one.",
            id="people.E001",
        )
    ]


@checks.register(checks.Tags.security)
def second_factor_is_required(
    app_configs: Any, **kwargs: Any
) -> list[checks.CheckMessage]:
    """people.W002: outside debug, editors need a second factor."""
    if settings.DEBUG or settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        checks.Warning(
            "Editors, moderators and administrators sign in with one factor.",
            hint="Leave REQUIRE_SECOND_FACTOR unset: it is on outside debug.",
            id="people.W002",
        )
    ]
