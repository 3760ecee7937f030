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
from importing.planning import Plan
from knowledge.guides.models import GuidePage
from pages.blocks import anchor_of
from pages.models import Topic

from .ledger import Ledger

_LINK = re.compile(rf'<a href="((?:{ITEM}|{FILE})[^"]*)">(.*?)</a>', re.S)


@dataclass
class Keys:
    """Primary keys of pages, documents and pictures, by their names in the library."""

    ledger: Ledger
    #: Plans of chapters, by item: a chapter is a part of its guide's page.
    chapters: dict[str, Plan] = field(default_factory=dict)
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

    def body(self, blocks: list[Block], *, page_of: str) -> list[Block]:
        """Replace symbols by keys, and drop blocks whose target does not exist.

        `page_of` is the item whose page the blocks are for.
        """
        made = [self._block(block, page_of) for block in blocks]
        return [block for block in made if block is not None]

    def _block(self, block: Block, page_of: str) -> Block | None:
        def resolve(match: "re.Match[str]") -> str:
            return self._link(match, page_of)

        value = on_texts(block["value"], lambda text: _LINK.sub(resolve, text))
        if block["type"] == "download":
            value = self._chosen(value, "document", Document)
        elif block["type"] == "figure":
            value = self._chosen(value, "image", Image)
        elif block["type"] == "related":
            value = self._related(value, page_of)
        return {**block, "value": value} if value else None

    def _chosen(self, value: Any, name: str, model: type[models.Model]) -> Any:
        prefix, _, _ = str(value[name]).partition(":")
        known = prefix + ":" in {FILE, IMAGE}
        key = self.file(target_of(value[name]) if known else value[name], model)
        self.lost += key is None
        return {**value, name: key} if key is not None else None

    def _related(self, value: Any, page_of: str) -> Any:
        """Related pages, each once: chapters stand for their guide."""
        pages = [
            {**each, "value": self.page(target_of(each["value"]))}
            for each in value["pages"]
        ]
        self.lost += sum(each["value"] is None for each in pages)
        by_key = {each["value"]: each for each in reversed(pages)}
        own = self.page(page_of)
        kept = [each for each in pages if by_key.get(each["value"]) is each]
        kept = [each for each in kept if each["value"] not in {None, own}]
        return {**value, "pages": kept} if kept else None

    def _link(self, match: "re.Match[str]", page_of: str) -> str:
        symbol, words = match.group(1), match.group(2)
        target = target_of(symbol)
        if symbol.startswith(FILE):
            key = self.file(target, Document)
            opened = f'<a linktype="document" id="{key}">'
        else:
            url = self.topic_address(target) or self.chapter_url(target, page_of)
            if url:
                return f'<a href="{url}">{words}</a>'
            key = self.page(target)
            opened = f'<a linktype="page" id="{key}">'
        if key is None:
            self.lost += 1
            return words
        return f"{opened}{words}</a>"

    def chapter_url(self, item_id: str, page_of: str) -> str:
        """Return the way to a chapter: an anchor within its guide, else its URL.

        Empty if the item is no chapter, or if its guide did not arrive.
        """
        chapter = self.chapters.get(item_id)
        if chapter is None or self.page(item_id) is None:
            return ""
        if chapter.parent == page_of:
            return f"#{anchor_of('chapter', chapter.fields['anchor_id'])}"
        guide = self.guide_urls.get(self.page(item_id) or 0, "")
        return f"{guide}{chapter.slug}/" if guide else ""

    @cached_property
    def guide_urls(self) -> dict[int, str]:
        """URLs of the guides, by primary key; read once, when all of them are there."""
        return {
            page.pk: page.get_url() or "" for page in GuidePage.objects.defer("body")
        }

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
