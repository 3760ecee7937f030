"""Reads captions: WebVTT, https://www.w3.org/TR/webvtt1/, as people really write it.

Styles, regions, notes and settings of cues are passed over: the house has its own look.
Tags inside words are taken off, but for the name in a voice tag, which becomes the speaker.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{3})")
_ARROW = re.compile(r"\s*-->\s*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z0-9][^>]*>|<\d[\d:.]*>", re.IGNORECASE)
_PASSED_OVER = ("NOTE", "STYLE", "REGION")
NAME = 120
SIXTY = 60


@dataclass(frozen=True)
class Line:
    """One cue: times in milliseconds, and the number of the line that it stands in."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str
    number: int


@dataclass
class Captions:
    """What could be read, what could not, and what only sounds odd."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[Any] = field(default_factory=list)
    odd: list[Any] = field(default_factory=list)


def read(source: str) -> Captions:
    """Every cue in the order of time; every one that cannot be read is named by its line."""
    captions = Captions()
    rows = source.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not rows[0].startswith("WEBVTT"):
        captions.wrong.append(_("Line 1: captions begin with the word WEBVTT."))
        return captions
    for first, block in _blocks(rows):
        _read_block(captions, first, block)
    captions.lines.sort(key=lambda line: (line.start_ms, line.end_ms))
    _compare(captions)
    return captions


def _blocks(rows: list[str]) -> list[tuple[int, list[str]]]:
    """The rows between empty ones, each with the number of its first row; no header."""
    found: list[tuple[int, list[str]]] = []
    block: list[str] = []
    for number, row in enumerate([*rows, ""], start=1):
        if row.strip():
            block.append(row)
        elif block:
            found.append((number - len(block), block))
            block = []
    return found[1:] if found and "-->" not in "".join(found[0][1]) else found


def _read_block(captions: Captions, first: int, block: list[str]) -> None:
    if block[0].startswith(_PASSED_OVER):
        return
    at = next((i for i, row in enumerate(block[:2]) if "-->" in row), None)
    if at is None:
        captions.wrong.append(
            _("Line {number}: no times stand above “{words}”.").format(
                number=first, words=block[0][:40]
            )
        )
        return
    times, number = _times(block[at]), first + at
    if times is None:
        captions.wrong.append(
            _(
                "Line {number}: write the times as 00:01:02.500 --> 00:01:04.000."
            ).format(number=number)
        )
        return
    _keep(captions, times, number, "\n".join(block[at + 1 :]))


def _keep(captions: Captions, times: tuple[int, int], number: int, words: str) -> None:
    start, end = times
    if end <= start:
        captions.wrong.append(
            _("Line {number} ends before it begins.").format(number=number)
        )
        return
    speaker, text = _spoken(words)
    if text:
        captions.lines.append(Line(start, end, speaker, text, number))
    else:
        captions.odd.append(
            _("Line {number} says nothing and is left out.").format(number=number)
        )


def _times(row: str) -> tuple[int, int] | None:
    begin, *rest = _ARROW.split(row.strip(), maxsplit=1)
    end = rest[0].split()[0] if rest and rest[0].split() else ""
    times = (_milliseconds(begin), _milliseconds(end))
    return None if None in times else times  # type: ignore[return-value]


def _milliseconds(written: str) -> int | None:
    found = _TIME.fullmatch(written)
    if not found:
        return None
    hours, minutes, seconds, rest = (int(part or 0) for part in found.groups())
    if minutes >= SIXTY or seconds >= SIXTY:
        return None
    return ((hours * SIXTY + minutes) * SIXTY + seconds) * 1000 + rest


def _spoken(words: str) -> tuple[str, str]:
    """Who speaks, if a voice tag says so, and the words without any tag."""
    voice = _VOICE.search(words)
    speaker = html.unescape(voice.group(1)).strip()[:NAME] if voice else ""
    plain = html.unescape(_TAG.sub("", words))
    lines = [line.strip() for line in plain.splitlines()]
    return speaker, "\n".join(line for line in lines if line)


def _compare(captions: Captions) -> None:
    for before, after in zip(captions.lines, captions.lines[1:], strict=False):
        over = before.end_ms - after.start_ms
        if over > 0:
            captions.odd.append(
                _("Lines {one} and {other} overlap by {seconds} s.").format(
                    one=before.number, other=after.number, seconds=f"{over / 1000:.3g}"
                )
            )
