"""Convert Markdown with shortcodes and raw HTML to the blocks of a body.

The conversion does not use the database. The result contains no active content, and a
tally says what was dropped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .body import Block, Body
from .elements import HEADINGS, render, tag_of, without_controls, without_deep_html
from .flow import Flow
from .inline import Draft
from .links import HERE, Destination, Links, target_of
from .shortcodes import expand
from .tally import Tally

__all__ = ["Block", "Conversion", "Destination", "Links", "Tally", "convert"]

_HERE_LINK = re.compile(rf'<a href="({HERE}[^"]*)">(.*?)</a>', re.S)


@dataclass(frozen=True)
class Conversion:
    """The blocks that a text became, and the tally of its markup."""

    blocks: list[Block]
    tally: Tally


def convert(text: str, *, item_id: str, links: Links) -> Conversion:
    """Convert a text to blocks; the same text gives the same blocks with the same ids."""
    tally = Tally()
    root = render(without_deep_html(expand(without_controls(text), tally)))
    draft = Draft(links, Body(item_id), tally)
    levels = [int(tag_of(each)[1]) for each in root.iter() if tag_of(each) in HEADINGS]
    flow = Flow(draft, top=min(levels, default=2))
    flow.walk(root)
    draft.body.flush()
    blocks = [_settled(block, draft) for block in draft.body.blocks]
    return Conversion(blocks, tally)


def _settled(block: Block, draft: Draft) -> Block:
    """Return the block with its links to places on the same page resolved."""

    def settle(match: "re.Match[str]") -> str:
        name, words = target_of(match.group(1)), match.group(2)
        place = draft.places.get(name) or draft.places.get(name.lower())
        if not place:
            draft.tally.dropped(
                "links", "the place on the page has no heading above it"
            )
            return words
        draft.tally.carried("links", "to a place on the page")
        return f'<a href="#{place}">{words}</a>'

    return {
        **block,
        "value": on_texts(block["value"], lambda s: _HERE_LINK.sub(settle, s)),
    }


def on_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return a nested value with every text in it replaced."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [on_texts(each, change) for each in value]
    if isinstance(value, dict):
        return {key: on_texts(each, change) for key, each in value.items()}
    return value
