"""Replace the symbols in texts by primary keys, now that their targets exist."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from wagtail.models import Page

from files.models import Document, Image
from importing.conversion import Block, on_texts
from importing.conversion.links import FILE, IMAGE, ITEM, target_of
from pages.models import Topic

from .ledger import Ledger

_LINK = re.compile(rf'<a href="((?:{ITEM}|{FILE})[^"]*)">(.*?)</a>', re.S)


@dataclass
class Keys:
    """Primary keys of pages, documents and pictures, by their names in the library."""

    ledger: Ledger
    shelves: dict[str, Any] = field(default_factory=dict)
    # Number of links whose target could not be imported; their text remains.
    lost: int = 0

    def page(self, item_id: str) -> int | None:
        if item_id.startswith("shelf/"):
            shelf = self.shelves.get(item_id.removeprefix("shelf/"))
            return shelf.pk if shelf else None
        model = self.ledger.type_of(item_id)
        return self.ledger.key(item_id) if model and issubclass(model, Page) else None

    def file(self, name: str, model: type[models.Model]) -> int | None:
        item_id = f"file:{name}"
        return (
            self.ledger.key(item_id) if self.ledger.type_of(item_id) is model else None
        )

    def body(self, blocks: list[Block]) -> list[Block]:
        """Replace symbols by keys, and drop blocks whose target does not exist."""
        made = [self._block(block) for block in blocks]
        return [block for block in made if block is not None]

    def _block(self, block: Block) -> Block | None:
        value = on_texts(block["value"], lambda text: _LINK.sub(self._link, text))
        if block["type"] == "download":
            value = self._chosen(value, "document", Document)
        elif block["type"] == "figure":
            value = self._chosen(value, "image", Image)
        elif block["type"] == "related":
            value = self._related(value)
        return {**block, "value": value} if value else None

    def _chosen(self, value: Any, name: str, model: type[models.Model]) -> Any:
        prefix, _, _ = str(value[name]).partition(":")
        known = prefix + ":" in {FILE, IMAGE}
        key = self.file(target_of(value[name]) if known else value[name], model)
        self.lost += key is None
        return {**value, name: key} if key is not None else None

    def _related(self, value: Any) -> Any:
        pages = [{**each, "value": self.page(target_of(each["value"]))}
                 for each in value["pages"]]  # fmt: skip
        kept = [each for each in pages if each["value"] is not None]
        self.lost += len(pages) - len(kept)
        return {**value, "pages": kept} if kept else None

    def _link(self, match: "re.Match[str]") -> str:
        symbol, words = match.group(1), match.group(2)
        target = target_of(symbol)
        if symbol.startswith(FILE):
            key = self.file(target, Document)
            opened = f'<a linktype="document" id="{key}">'
        else:
            if address := self.topic_address(target):
                return f'<a href="{address}">{words}</a>'
            key = self.page(target)
            opened = f'<a linktype="page" id="{key}">'
        if key is None:
            self.lost += 1
            return words
        return f"{opened}{words}</a>"

    def topic_address(self, item_id: str) -> str:
        """Return the URL of a topic, which is not a page."""
        if item_id == "shelf/topics":
            return "/topics/"
        if self.ledger.type_of(item_id) is not Topic:
            return ""
        key = self.ledger.key(item_id)
        topic = self.topics.get(key) if key else None
        return topic.get_absolute_url() if topic else ""

    @cached_property
    def topics(self) -> dict[int, Topic]:
        """The URLs of topics, read once when all topics of the library exist."""
        return {topic.pk: topic for topic in Topic.objects.all()}
