"""Random public ids, so that URLs do not reveal how many rows there are or their order."""

import secrets
from typing import Any

from django.db import models

# No vowels, so that no word appears; no 0, 1, l, so that it can be read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 12


def new_public_id() -> str:
    """Return twelve random characters, about 57 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """The id of a row in URLs and exports: random, unique, never edited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(
            max_length=LENGTH, default=new_public_id, unique=True, editable=False
        )
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for given in ("max_length", "default", "unique", "editable"):
            kwargs.pop(given, None)
        return name, path, args, kwargs
