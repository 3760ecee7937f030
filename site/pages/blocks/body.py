"""The body: which blocks there are, and the anchors that others link to."""

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

_ANCHORED = {"heading": "s", "recommendation": "rec"}

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
    """The anchor of a heading (`s-…`) or recommendation (`rec-…`); empty for others.

    It is made of the first eight characters of the block's id, which stays the same for as
    long as the block lives, whatever is written in it or put before it.
    """
    letter = _ANCHORED.get(block_type)
    return f"{letter}-{block_id[:8]}" if letter and block_id else ""


class BodyBlock(blocks.StreamBlock):
    """A body; `block.value` of headings and recommendations knows its anchor by template."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or BODY_BLOCKS, **kwargs)

    class Meta:
        template = "blocks/body.html"
        required = False
