"""Captions as a WebVTT file, written from the cues."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from .models import CaptionTrack, Cue, RecordingPage

if TYPE_CHECKING:
    from django.http import HttpRequest


def captions(request: "HttpRequest", track: int) -> HttpResponse:
    """Return the captions of a recording in one language; 404 if it is not visible."""
    visible = RecordingPage.objects.visible_to(request.user)
    found = get_object_or_404(CaptionTrack, pk=track, recording__in=visible)
    blocks = "\n\n".join(["WEBVTT", *map(_block, found.cues.all())])
    return HttpResponse(f"{blocks}\n", content_type="text/vtt; charset=utf-8")


def _block(cue: Cue) -> str:
    voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
    times = f"{_time(cue.start_ms)} --> {_time(cue.end_ms)}"
    return f"{times}\n{voice}{_escaped(cue.text)}"


def _escaped(words: str) -> str:
    """Escape text for WebVTT, without blank lines, which would end the cue."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    text = "\n".join(lines).replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _time(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
