"""Strict readers of the environment: a wrong value stops the start with a sentence.

Every variable that the settings read goes through here, so that
``docs/operations/environment.md`` can be compared with ``READ`` by a test.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

READ: set[str] = set()
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks, or the default."""
    READ.add(name)
    return os.environ.get(name, "").strip() or default


def required(name: str) -> str:
    """The variable's value; ImproperlyConfigured where it is missing or empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name}; see docs/operations/environment.md.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """True or False, from 1/true/yes/on or 0/false/no/off in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least `least`."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write a whole number of at least {least}."
        )
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The comma-separated parts, without blanks and empty parts."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] or list(default)


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of the options, or the default."""
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write one of: {', '.join(options)}."
        )
    return value


def folder(name: str, default: Path) -> Path:
    """An absolute path; it need not exist yet."""
    return Path(text(name, str(default))).expanduser().absolute()
