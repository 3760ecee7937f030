"""Encrypt the secrets of second factors, and rotate the keys that encrypt them.

Fernet (AES-128-CBC with HMAC-SHA256): https://github.com/fernet/spec. The first key of
SECOND_FACTOR_KEYS encrypts, all of them decrypt.
"""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

# Every Fernet token begins with its version, 0x80, and four zero bytes of the time.
TOKEN = "gAAAAA"  # noqa: S105
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
SECRETS = ("secret", "seed")


class UnreadableSecret(Exception):  # noqa: N818
    """None of SECOND_FACTOR_KEYS has encrypted the secret."""


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """How many factors were encrypted by the first key now, and how many nobody can read."""

    encrypted: int
    unreadable: int


def encrypt(text: str) -> str:
    """Encrypt a secret with the first key."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Decrypt a secret with whichever key encrypted it. Raises UnreadableSecret."""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken:
        raise UnreadableSecret from None


def is_readable(factor: Authenticator) -> bool:
    """Return whether every secret of the factor is encrypted, by one of the keys."""
    try:
        for name in SECRETS:
            if name in factor.data:
                decrypt(factor.data[name])
    except UnreadableSecret:
        return False
    return True


def rotate_factor_secrets() -> Rotation:
    """Encrypt all secrets of second factors by the first key, also those stored in clear.

    Repeat it as often as you like. Codes that are used meanwhile stay used: each row is
    locked.
    """
    encrypted = unreadable = 0
    for pk in Authenticator.objects.filter(type__in=KINDS).values_list("pk", flat=True):
        try:
            encrypted += _rotate(pk)
        except UnreadableSecret:
            unreadable += 1
    return Rotation(encrypted=encrypted, unreadable=unreadable)


@transaction.atomic
def _rotate(pk: int) -> int:
    rows = Authenticator.objects.select_for_update().filter(pk=pk)
    return sum(
        rows.filter(pk=factor.pk).update(data=_rotated(factor.data)) for factor in rows
    )


def _rotated(stored: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a factor with its secrets encrypted by the first key."""
    return {
        name: _rotated_secret(value) if name in SECRETS else value
        for name, value in stored.items()
    }


def _rotated_secret(value: str) -> str:
    return encrypt(decrypt(value) if value.startswith(TOKEN) else value)


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SECOND_FACTOR_KEYS])
