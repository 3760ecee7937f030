"""Captions of the recordings, as WebVTT says them."""

from .loading import FOLDER


def captions(slug: str) -> str:
    """The captions beside a recording's text, as they were written."""
    return (FOLDER / "recordings" / f"{slug}.vtt").read_text(encoding="utf-8")
