"""What must hold before the site serves anybody."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from people import registry
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


@checks.register(checks.Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """people.W003: behind a proxy, people are told apart when sign-ins are slowed down."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        checks.Warning(
            "Everybody signs in from one address, that of the proxy.",
            hint="Set TRUSTED_PROXIES to the number of proxies of yours in front.",
            id="people.W003",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def attempts_are_counted_together(
    app_configs: Any, **kwargs: Any
) -> list[checks.CheckMessage]:
    """people.W004: guesses at passwords and codes are counted by all processes together."""
    backend = settings.CACHES["default"]["BACKEND"]
    if backend != "django.core.cache.backends.locmem.LocMemCache":
        return []
    return [
        checks.Warning(
            "Each process counts wrong passwords and codes for itself.",
            hint="Set REDIS_URL: one cache for all processes.",
            id="people.W004",
        )
    ]


@checks.register(checks.Tags.models)
def personal_data_is_declared(
    app_configs: Any, **kwargs: Any
) -> list[checks.CheckMessage]:
    """people.E005: each foreign key to the account is exported and erased by some app."""
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
