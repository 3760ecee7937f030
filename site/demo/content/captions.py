"""Captions of the recordings, as WebVTT says them."""

from .loading import FOLDER


def captions(slug: str) -> str:
    """Return the WebVTT file of a recording as text."""
    return (FOLDER / "recordings" / f"{slug}.vtt").read_text(encoding="utf-8")
