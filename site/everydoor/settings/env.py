"""Strict readers of environment variables: an invalid value raises ImproperlyConfigured.

The settings read every variable with these functions, so that a test can compare
`docs/operations/environment.md` with `READ`.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

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
