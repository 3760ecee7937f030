"""Blocks of a page body: one flat stream that headings divide into sections."""

from .body import BODY_BLOCKS, BodyBlock, anchor_of
from .entities import unescape
from .fields import StreamField
from .media import DownloadBlock, EmbedBlock, FigureBlock, RelatedBlock
from .text import (
    CalloutBlock,
    ChapterBlock,
    HeadingBlock,
    QuotationBlock,
    RecommendationBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)

__all__ = [
    "BODY_BLOCKS",
    "BodyBlock",
    "CalloutBlock",
    "ChapterBlock",
    "DownloadBlock",
    "EmbedBlock",
    "FigureBlock",
    "HeadingBlock",
    "QuotationBlock",
    "RecommendationBlock",
    "RelatedBlock",
    "StepsBlock",
    "StreamField",
    "TableBlock",
    "TextBlock",
    "anchor_of",
    "unescape",
]
