"""Encrypt the secrets of second factors by the first of SECOND_FACTOR_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.actions.factor_secrets import rotate_factor_secrets


class Command(BaseCommand):
    help = (
        "Encrypt the secrets of all second factors by the first key of "
        "SECOND_FACTOR_KEYS. Afterwards the other keys can be removed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotation = rotate_factor_secrets()
        self.stdout.write(f"Encrypted {rotation.encrypted} second factors.")
        if rotation.unreadable:
            raise CommandError(
                f"{rotation.unreadable} were encrypted by a key that is missing. "
                "Add it to the end of SECOND_FACTOR_KEYS."
            )
