"""A plan: what one item becomes, before anything is written."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from importing.conversion import Block, Conversion, Tally
from importing.library import Item

# Raise it when the same item shall become something else than before.
VERSION = 1


@dataclass
class Plan:
    """What an item, or a part of it, becomes.

    `makes` names the kind of object; `shelf` or `parent` (an item's id) is the parent of a
    page. The digest covers everything that is written to the database, so two plans with
    the same digest write the same.
    """

    id: str
    item: Item
    makes: str
    title: str
    slug: str = ""
    shelf: str = ""
    parent: str = ""
    order: int = 0
    live: bool = True
    published: dt.datetime | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    parts: list["Plan"] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    notes: list[str] = field(default_factory=list)

    def take(self, made: Conversion) -> None:
        """Take over a converted text and its tally."""
        self.blocks = made.blocks
        self.tally.add(made.tally)

    @property
    def digest(self) -> str:
        """The SHA-256 digest of what is written, as 64 hexadecimal digits."""
        told = {
            name: getattr(self, name)
            for name in (
                "makes", "title", "slug", "shelf", "parent", "live", "fields", "blocks",
                "topics", "authors", "tags",
            )
        }  # fmt: skip
        told |= {"version": VERSION, "published": str(self.published)}
        text = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Skip:
    """A skipped item; if it only redirected readers, `leads_to` is the target."""

    item: Item
    reason: str
    leads_to: str = ""


# Fields that are imported for every kind of item. Others are reported as not imported.
_CARRIED = frozenset(
    {"kind", "id", "slug", "title", "summary", "date", "topics", "authors", "aliases",
     "body", "deck", "extra", "shortcodes"}
)  # fmt: skip
_PAGE = frozenset(
    {"expiry_date", "youtube_ids", "tags", "categories", "kicker", "assets", "url",
     "primary_image", "image", "draft", "redirectto", "youtube_title"}
)  # fmt: skip
_BY_KIND: dict[str, frozenset[str]] = {
    "organization": frozenset({"domain"}),
    "person": frozenset({"agency_full_name", "agency"}),
    "topic": frozenset({"parent"}),
    "event": _PAGE
    | {"end_date", "host", "event_organizer", "registration_url", "captions_url",
       "venue", "venue_name", "room", "city"},
    "guide_page": _PAGE | {"guide"},
    "community": _PAGE | {"community_list"},
}  # fmt: skip
_LINKED = _PAGE | {"source", "source_url", "contact"}


def left_out(item: Item) -> list[str]:
    """Return the names of fields that have a value and are not imported."""
    carried = _CARRIED | _BY_KIND.get(item.kind, _LINKED)
    extra = item.raw.get("extra")
    given = {**item.raw, **(extra if isinstance(extra, dict) else {})}
    return sorted(
        name for name, value in given.items()
        if name not in carried and value not in (None, "", [], {}, False)
    )  # fmt: skip
