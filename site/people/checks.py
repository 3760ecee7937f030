"""System checks of accounts and sign-in; docs/operations/checks.md explains each."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from people import registry
from people.actions import factor_secrets
from people.models import User


@checks.register(checks.Tags.security, checks.Tags.database)
def no_demonstration_accounts(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check people.E001: outside debug no account has the demonstration's password."""
    if settings.DEBUG or not databases:
        return []
    names = settings.DEMONSTRATION_ACCOUNTS
    demonstration = [f"{name}@example.org" for name in names]
    try:
        found = User.objects.active().filter(email__in=demonstration)
        usable = [
            user.email
            for user in found
            if user.check_password(settings.DEMONSTRATION_PASSWORD)
        ]
    except DatabaseError:  # not migrated yet
        return []
    if not usable:
        return []
    return [
        checks.Error(
            f"Demonstration accounts can be used: {', '.join(usable)}.",
            hint="Close them, or change their passwords: everybody knows this one.",
            id="people.E001",
        )
    ]


@checks.register(checks.Tags.security, checks.Tags.database)
def factor_secrets_are_readable(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check people.W006: one of the keys has encrypted each secret of a second factor."""
    if not databases:
        return []
    factors = Authenticator.objects.filter(type__in=factor_secrets.KINDS)
    try:
        unreadable = sum(not factor_secrets.is_readable(each) for each in factors)
    except DatabaseError:  # not migrated yet
        return []
    if not unreadable:
        return []
    return [
        checks.Warning(
            f"{unreadable} second factors are stored in clear, or by a missing key.",
            hint="Run manage.py rotate_second_factor_keys, and follow what it says.",
            id="people.W006",
        )
    ]


@checks.register(checks.Tags.security)
def second_factor_is_required(
    app_configs: Any, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check people.W002: outside debug, editors need a second factor."""
    if settings.DEBUG or settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        checks.Warning(
            "Editors, moderators and administrators sign in with one factor.",
            hint="Do not set REQUIRE_SECOND_FACTOR: it is on outside debug.",
            id="people.W002",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check people.W003: behind a proxy, limits of sign-in count people separately."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        checks.Warning(
            "Everybody seems to sign in from the address of the proxy.",
            hint="Set TRUSTED_PROXIES to the number of your proxies.",
            id="people.W003",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def attempts_are_counted_together(
    app_configs: Any, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check people.W004: all processes count wrong passwords and codes together."""
    backend = settings.CACHES["default"]["BACKEND"]
    if backend != "django.core.cache.backends.locmem.LocMemCache":
        return []
    return [
        checks.Warning(
            "Each process counts wrong passwords and codes separately.",
            hint="Set REDIS_URL, so that all processes share a cache.",
            id="people.W004",
        )
    ]


@checks.register(checks.Tags.models)
def personal_data_is_declared(
    app_configs: Any, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check people.E005: each foreign key to the account is exported and erased by some app."""
    declared = {
        relation.lower()
        for each in registry.personal_data()
        for relation in each.relations
    }
    return [
        checks.Error(
            f"No app declares what {relation} stores about a person.",
            hint="Add it to the `relations` of the app's people.registry.PersonalData.",
            id="people.E005",
        )
        for relation in _relations_to_the_account()
        if relation.lower() not in declared
    ]


def _relations_to_the_account() -> list[str]:
    """Return foreign keys of stored models, except the account's own many-to-many rows."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is User
    ]
