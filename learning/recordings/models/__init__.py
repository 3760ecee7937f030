"""Recordings, with captions as rows and chapters."""

from .captions import CaptionTrack, Cue
from .recordings import Chapter, RecordingPage
from .times import clock
from .webvtt import Captions, Line, read

__all__ = [
    "CaptionTrack",
    "Captions",
    "Chapter",
    "Cue",
    "Line",
    "RecordingPage",
    "clock",
    "read",
]
