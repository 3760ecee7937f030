"""Strict readers of environment variables: an invalid value raises ImproperlyConfigured.

The settings read every variable with these functions, so that a test can compare
`docs/operations/environment.md` with `READ`.
"""

import base64
import binascii
import math
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# 50 random characters have some 250 bits; a repeated word has fewer than 128.
SECRET_LENGTH = 50
SECRET_BITS = 128
# Django's own beginning of generated keys, and what stands in this repository.
PUBLISHED = ("django-insecure-", "development-only", "test-only")
FERNET_BYTES = 32
READ: set[str] = set()
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable's value without surrounding white space, or the default."""
    READ.add(name)
    return os.environ.get(name, "").strip() or default


def required(name: str) -> str:
    """Return the variable's value; raise ImproperlyConfigured if it is missing or empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name}; see docs/operations/environment.md.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return True for 1, true, yes or on, False for 0, false, no or off, in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return the variable's value, a whole number of at least `least`."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write a whole number of at least {least}."
        )
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return the parts between commas, without white space and empty parts."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] or list(default)


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """Return the variable's value, which must be one of the options, or the default."""
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write one of: {', '.join(options)}."
        )
    return value


def folder(name: str, default: Path) -> Path:
    """Return an absolute path; the folder need not exist yet."""
    return Path(text(name, str(default))).expanduser().absolute()


def secret(name: str) -> str:
    """Return the variable's value, a secret that nobody can guess."""
    return _unguessable(name, required(name))


def secrets(name: str) -> list[str]:
    """Return secrets between commas; none if the variable is empty."""
    return [_unguessable(name, value) for value in words(name)]


def fernet_keys(name: str) -> list[str]:
    """Return keys between commas, at least one: 32 random bytes each, in URL-safe Base64."""
    required(name)
    return [_fernet_key(name, value) for value in words(name)]


def _unguessable(name: str, value: str) -> str:
    if value.startswith(PUBLISHED):
        raise ImproperlyConfigured(
            f"{name} is published with the code. Choose a secret one."
        )
    if len(value) < SECRET_LENGTH or _bits(value) < SECRET_BITS:
        raise ImproperlyConfigured(
            f"{name} can be guessed. Use at least {SECRET_LENGTH} random characters; "
            'python -c "import secrets; print(secrets.token_urlsafe(50))" prints some.'
        )
    return value


def _fernet_key(name: str, value: str) -> str:
    try:
        raw = base64.b64decode(value.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if raw.startswith(tuple(start.encode() for start in PUBLISHED)):
        raise ImproperlyConfigured(
            f"{name} is published with the code. Choose a secret one."
        )
    if len(raw) != FERNET_BYTES or len(set(raw)) < FERNET_BYTES // 2:
        raise ImproperlyConfigured(
            f"{name} is not a list of random keys. python -c "
            '"from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())" '
            "prints a key."
        )
    return value


def _bits(value: str) -> float:
    """Return an upper bound of the entropy, of what is not repeated: characters, or steps.

    Steps from one character to the next tell the alphabet from random text.
    """
    codes = [ord(character) for character in value[: _period(value)]]
    steps = [after - before for before, after in pairwise(codes)]
    return min(_entropy(codes), _entropy(steps))


def _period(value: str) -> int:
    """Return the length of the shortest part whose repetition gives the value."""
    lengths = range(1, len(value))
    return next((n for n in lengths if value[n:] == value[:-n]), len(value))


def _entropy(symbols: list[int]) -> float:
    """Return Shannon's entropy of the whole list in bits."""
    total = len(symbols)
    return sum(n * math.log2(total / n) for n in Counter(symbols).values())
