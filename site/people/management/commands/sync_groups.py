"""Synchronize groups with memberships after rows were written without signals."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from people.actions import sync_groups


class Command(BaseCommand):
    help = "Put everybody into the groups of their memberships, and out of all others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        changed = sync_groups()
        if options["json"]:
            self.stdout.write(json.dumps({"changed": changed}))
        else:
            self.stdout.write(f"Corrected the groups of {changed} people.")
