"""Captions of the recordings, as WebVTT says them."""

from dataclasses import dataclass

import webvtt

from .reading import FOLDER


@dataclass(frozen=True)
class Line:
    """One line: from when to when, in milliseconds, who speaks, and the words."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str


def read_captions(slug: str) -> list[Line]:
    """The captions beside a recording's text, in order."""
    captions = webvtt.read(str(FOLDER / "recordings" / f"{slug}.vtt"))
    return [
        Line(
            _milliseconds(each.start_time),
            _milliseconds(each.end_time),
            each.voice or "",
            " ".join(each.text.split()),
        )
        for each in captions.captions
    ]


def _milliseconds(time: webvtt.models.Timestamp) -> int:
    minutes = time.hours * 60 + time.minutes
    return (minutes * 60 + time.seconds) * 1000 + time.milliseconds
