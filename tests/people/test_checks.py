"""System checks of accounts and sign-in."""

from typing import Any

import pytest

from people import checks
from people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def ids(found: list[Any]) -> list[str]:
    return [each.id for each in found]


def test_demonstration_accounts_are_refused_outside_debug(settings: Any) -> None:
    UserFactory(email="admin@example.org", password=settings.DEMONSTRATION_PASSWORD)
    asked = {"app_configs": None, "databases": ["default"]}
    assert ids(checks.no_demonstration_accounts(**asked)) == ["people.E001"]
    settings.DEBUG = True
    assert checks.no_demonstration_accounts(**asked) == []
    settings.DEBUG = False
    User.objects.get().set_password("another one")
    User.objects.update(is_active=False)
    assert checks.no_demonstration_accounts(**asked) == []


def test_one_factor_outside_debug_is_reported(settings: Any) -> None:
    assert checks.second_factor_is_required(None) == []
    settings.REQUIRE_SECOND_FACTOR = False
    assert ids(checks.second_factor_is_required(None)) == ["people.W002"]
    settings.DEBUG = True
    assert checks.second_factor_is_required(None) == []


def test_a_proxy_that_is_not_counted_is_reported(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert ids(checks.proxies_are_counted(None)) == ["people.W003"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert checks.proxies_are_counted(None) == []
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    settings.SECURE_PROXY_SSL_HEADER = None
    assert checks.proxies_are_counted(None) == []


def test_attempts_that_each_process_counts_separately_are_reported(
    settings: Any,
) -> None:
    name = "django.core.cache.backends."
    settings.CACHES = {"default": {"BACKEND": f"{name}locmem.LocMemCache"}}
    assert ids(checks.attempts_are_counted_together(None)) == ["people.W004"]
    settings.CACHES = {"default": {"BACKEND": f"{name}redis.RedisCache"}}
    assert checks.attempts_are_counted_together(None) == []
