"""Limits of sign-in that slow whoever guesses, and not the owner of the address.

A browser that has signed in to an account carries a signed cookie, and has a limit of its own
for that account (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). Every other
attempt counts for the address together with its source, the IP address, and for the address
alone, with a limit that only many sources together can reach. The cookie opens nothing.
"""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

DEVICE = "known_device"
# A computer at work may be used by several people.
MOST_ACCOUNTS = 10
_SALT = "people.device"


def consume(request: Any, *, action: str, address: str) -> ratelimit.RateLimitUsage:
    """Count an attempt. Raises RateLimited if it is one too many."""
    key = _normal(address)
    if device := _device_of(request, key):
        usage = _count(request, "device", action, f"{device}:{key}")
        if usage is not None:
            return usage
    total = ratelimit.RateLimitUsage(usage=[])
    for scope, counted in _scopes(request, key):
        usage = _count(request, scope, action, counted)
        if usage is None:
            total.rollback()
            raise ratelimit.RateLimited
        total.usage += usage.usage
    return total


def count_by_ip(request: Any, *, action: str) -> ratelimit.RateLimitUsage | None:
    """Count an attempt for its IP address alone; None if it is one too many."""
    limit = settings.ACCOUNT_RATE_LIMITS[action].split(",")[0]
    return ratelimit.consume(
        request, app="people.ip", action=action, config={action: limit}
    )


def clear(request: Any, *, action: str, address: str) -> None:
    """Forget attempts for an address: from this browser, this source, and altogether."""
    key = _normal(address)
    scopes = [*_scopes(request, key), ("device", f"{_device_of(request, key)}:{key}")]
    for scope, counted in scopes:
        config = settings.SIGN_IN_LIMITS[scope]
        ratelimit.clear(
            request, app=f"people.{scope}", action=action, config=config, key=counted
        )


def remember_device(request: Any, response: Any, *, address: str) -> None:
    """Let this browser sign in to the account again, however often others fail."""
    device, accounts = _read(request)
    mine = _fingerprint(_normal(address))
    others = [each for each in accounts if each != mine]
    value = [
        device or get_random_string(16),
        *[mine, *others][:MOST_ACCOUNTS],
    ]
    response.set_signed_cookie(
        DEVICE,
        " ".join(value),
        salt=_SALT,
        max_age=settings.KNOWN_DEVICE_FOR,
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )


def _scopes(request: Any, key: str) -> list[tuple[str, str]]:
    """Return what an attempt of an unknown browser counts for."""
    return [("source", f"{ratelimit.get_ip(request)}:{key}"), ("address", key)]


def _count(
    request: Any, scope: str, action: str, counted: str
) -> ratelimit.RateLimitUsage | None:
    return ratelimit.consume(
        request,
        app=f"people.{scope}",
        action=action,
        config=settings.SIGN_IN_LIMITS[scope],
        key=counted,
    )


def _device_of(request: Any, key: str) -> str:
    """Return the id of this browser if it has signed in to the account before, else ""."""
    device, accounts = _read(request)
    return device if _fingerprint(key) in accounts else ""


def _read(request: Any) -> tuple[str, list[str]]:
    """Return the id of this browser and the accounts that it has signed in to."""
    try:
        value = request.get_signed_cookie(
            DEVICE, "", salt=_SALT, max_age=settings.KNOWN_DEVICE_FOR
        )
    except signing.BadSignature:
        return "", []
    device, _, accounts = value.partition(" ")
    return device, accounts.split()


def _normal(address: str) -> str:
    return address.strip().lower()


def _fingerprint(key: str) -> str:
    """Return what stands for an address in the cookie; nobody without the key reads it."""
    return salted_hmac(_SALT, key).hexdigest()[:24]
