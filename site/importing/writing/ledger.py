"""The ledger of earlier imports, which decides what happens to a plan."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from importing.models import ImportedItem
from importing.planning import Plan


class Verdict(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


@dataclass
class Ledger:
    """The rows of one library by item id, and which of their objects still exist."""

    source: str
    rows: dict[str, ImportedItem] = field(default_factory=dict)
    alive: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def load(cls, source: str) -> "Ledger":
        """Read the rows, and which of their objects still exist: one query for each type."""
        ledger = cls(source)
        for row in ImportedItem.objects.filter(source=source).select_related(None):
            ledger.rows[row.item_id] = row
            ledger.alive[row.content_type_id]
        for type_id in ledger.alive:
            model = ContentType.objects.get_for_id(type_id).model_class()
            if model is not None:
                keys = model._default_manager.values_list("pk", flat=True)
                ledger.alive[type_id] = set(keys)
        return ledger

    def verdict(self, plan: Plan) -> Verdict:
        row = self.rows.get(plan.id)
        if row is None:
            return Verdict.CREATE
        if row.object_id not in self.alive[row.content_type_id]:
            return Verdict.DELETED
        if not row.digest:
            return Verdict.CREATE
        return Verdict.UNCHANGED if row.digest == plan.digest else Verdict.UPDATE

    def key(self, item_id: str) -> int | None:
        """Return the primary key of the object that an item became, if it exists."""
        row = self.rows.get(item_id)
        if row is None or row.object_id not in self.alive[row.content_type_id]:
            return None
        return row.object_id

    def type_of(self, item_id: str) -> Any:
        row = self.rows.get(item_id)
        return row and ContentType.objects.get_for_id(row.content_type_id).model_class()

    def record(self, done: Iterable[tuple[str, models.Model, str, str]]) -> None:
        """Store (item id, object, digest, mark) for each item, in one statement."""
        rows = [
            ImportedItem(
                source=self.source,
                item_id=item_id,
                digest=digest,
                mark=mark,
                content_type=ContentType.objects.get_for_model(thing),
                object_id=thing.pk,
            )
            for item_id, thing, digest, mark in done
        ]
        ImportedItem.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "item_id"],
            update_fields=[
                "digest",
                "mark",
                "content_type",
                "object_id",
                "imported_at",
            ],
        )
        for row in rows:
            self.rows[row.item_id] = row
            self.alive[row.content_type_id].add(row.object_id)
