"""Recordings, their chapters, and their captions as rows."""

from .captions import CaptionTrack, Cue
from .recordings import Chapter, RecordingPage
from .timestamps import timestamp
from .webvtt import ParsedCaptions, ParsedCue, parse_webvtt

__all__ = [
    "CaptionTrack",
    "Chapter",
    "Cue",
    "ParsedCaptions",
    "ParsedCue",
    "RecordingPage",
    "parse_webvtt",
    "timestamp",
]
