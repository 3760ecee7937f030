"""The body that a conversion builds: blocks whose ids are the same at every import."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import nh3

from .links import FILE, OUTSIDE, SYMBOLS

Block = dict[str, Any]

_NAMESPACE = uuid.UUID("6f2c8f5e-8f0b-5d0a-9a53-2f6f0d1c7b1e")
_SPACE = re.compile(r"\s+")
_EMPTY = re.compile(r"<(p|li|ul|ol|b|i|sup|sub)>(?:\s|\xa0|<br/?>)*</\1>")
_ONLY_A_FILE = re.compile(
    rf'<p>(?:<[bi]>)*<a href="{FILE}([^"]+)">([^<]{{1,160}})</a>(?:</[bi]>)*\.?</p>'
)
# Empty elements inside one another: deeper ones stay, and show nothing.
_MOST_ROUNDS = 10
RICH_TAGS = {"p", "br", "b", "i", "sup", "sub", "a", "ul", "ol", "li"}


def clean(html: str) -> str:
    """Sanitize rich text: the last step, which allows only what a text block has."""
    safe = nh3.clean(
        html,
        tags=RICH_TAGS,
        attributes={"a": {"href"}},
        url_schemes={*OUTSIDE, *SYMBOLS},
        link_rel=None,
    ).replace("<br>", "<br/>")
    for _round in range(_MOST_ROUNDS):
        safe, count = _EMPTY.subn("", safe)
        if not count:
            break
    return safe.strip()


@dataclass
class Body:
    """Blocks in order; consecutive paragraphs are collected in one text block."""

    item_id: str
    blocks: list[Block] = field(default_factory=list)
    _rich: list[str] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    def rich(self, html: str) -> None:
        """Add a paragraph or a list; one that is only a link to a file becomes a download."""
        if not (safe := clean(html)):
            return
        if found := _ONLY_A_FILE.fullmatch(safe):
            label = nh3.clean(found.group(2), tags=set())
            self.add("download", {"document": FILE + found.group(1), "label": label})
        else:
            self._rich.append(safe)

    def flush(self) -> None:
        """Make a block of the paragraphs collected so far."""
        if self._rich:
            html, self._rich = "".join(self._rich), []
            self._append("text", html, html[:80])

    def add(self, block_type: str, value: Any, likeness: str = "") -> str:
        """Add a block; its id depends on its content, not on its position."""
        self.flush()
        return self._append(block_type, value, likeness or str(value)[:80])

    def id_for(self, *parts: str) -> str:
        """Return an id for a part of this body, the same at every import."""
        likeness = _SPACE.sub(" ", "|".join(parts))
        self._seen[likeness] += 1
        name = f"{self.item_id}|{likeness}|{self._seen[likeness]}"
        return str(uuid.uuid5(_NAMESPACE, name))

    def items(self, values: list[Any], likeness: str) -> list[Block]:
        """Return the values of a ListBlock with ids."""
        return [
            {"type": "item", "value": value, "id": self.id_for(likeness, str(value))}
            for value in values
        ]

    def _append(self, block_type: str, value: Any, likeness: str) -> str:
        block_id = self.id_for(block_type, likeness)
        self.blocks.append({"type": block_type, "value": value, "id": block_id})
        return block_id
