"""The body: its block types, and the anchors of its headings and recommendations."""

from typing import Any

from wagtail import blocks

from .media import DownloadBlock, EmbedBlock, FigureBlock, RelatedBlock
from .text import (
    CalloutBlock,
    HeadingBlock,
    QuotationBlock,
    RecommendationBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)

_ANCHOR_PREFIXES = {"chapter": "ch", "heading": "s", "recommendation": "rec"}

BODY_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("callout", CalloutBlock()),
    ("recommendation", RecommendationBlock()),
    ("quotation", QuotationBlock()),
    ("figure", FigureBlock()),
    ("table", TableBlock()),
    ("steps", StepsBlock()),
    ("download", DownloadBlock()),
    ("embed", EmbedBlock()),
    ("related", RelatedBlock()),
]


def anchor_of(block_type: str, block_id: str | None) -> str:
    """Return the anchor of a block: `ch-…`, `s-…` or `rec-…`; empty for other types.

    It consists of a prefix for chapter, heading or recommendation and the first eight
    characters of the block's id, so rewording or moving the block does not change it.
    """
    prefix = _ANCHOR_PREFIXES.get(block_type)
    return f"{prefix}-{block_id[:8]}" if prefix and block_id else ""


class BodyBlock(blocks.StreamBlock):
    """A body; its template gives headings and recommendations their anchors."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or BODY_BLOCKS, **kwargs)

    class Meta:
        template = "blocks/body.html"
        required = False
