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

_ANCHOR_PREFIXES = {"heading": "s", "recommendation": "rec"}

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
    """Return the anchor of a heading (`s-…`) or recommendation (`rec-…`), or "".

    It contains the first eight characters of the block's id, which does not change when
    the block is reworded or moved.
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
