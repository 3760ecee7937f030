"""`manage.py demo`: the demonstration community."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.actions import build_community
from demo.content import ContentError, table
from search.actions import apply_changes, combine_jobs


class Command(BaseCommand):
    """Create the demonstration community, or update its dates."""

    help = (
        "Create the demonstration community: a year of sessions, a library, working "
        "groups and people, all invented. A second run on the same day changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="Print one JSON object and no text."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMONSTRATION_ALLOWED):
            raise CommandError(
                "The password of the demonstration's accounts is public, so it can be created "
                "only with DEBUG. (Set DEMONSTRATION_ALLOWED to override this.)"
            )
        began = time.monotonic()
        try:
            with combine_jobs():
                tally = build_community(today=timezone.localdate())
        except ContentError as wrong:
            raise CommandError(str(wrong)) from wrong
        apply_changes()  # Search finds everything now, even if no worker runs.
        report = tally.as_json() | {
            "seconds": round(time.monotonic() - began, 2),
            "accounts": accounts(),
        }
        self.stdout.write(json.dumps(report) if options["json"] else _words(report))


def accounts() -> list[str]:
    """Return the e-mail addresses of accounts that can sign in."""
    return [each["email"] for each in table("people")["member"] if "signs_in" in each]


def _words(report: dict[str, Any]) -> str:
    lines = [
        "{created} items created, {updated} updated, {unchanged} unchanged, "
        "{kept} not changed because people edited them, in {seconds} s.".format(
            **report
        ),
        "Sign in as one of these, with the password "
        f"{settings.DEMONSTRATION_PASSWORD}:",
        *(f"  {each}" for each in report["accounts"]),
    ]
    return "\n".join(lines)
