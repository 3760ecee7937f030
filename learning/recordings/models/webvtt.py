"""Parsing of WebVTT captions, https://www.w3.org/TR/webvtt1/, as people really write them.

Styles, regions, notes and cue settings are ignored. Tags inside the text are removed, except
that the name in a voice tag becomes the speaker. Every expression takes time in proportion
to the length of the text: nothing that it repeats can also begin what follows.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pages.blocks import unescape

_TIME = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{3})")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>")
_TAG = re.compile(r"</?[a-z0-9][^<>]*>", re.IGNORECASE)
_IGNORED_BLOCKS = ("NOTE", "STYLE", "REGION")
LONGEST_NAME = 120
SIXTY = 60
#: A day of speech has about a million characters.
MOST_CHARACTERS = 1_500_000
#: No recording is longer, and the database stores no more than 596 hours.
MOST_HOURS = 99


@dataclass(frozen=True)
class ParsedCue:
    """One cue: its times in milliseconds, and the line of the file that has them."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str
    line: int


@dataclass
class ParsedCaptions:
    """The cues of a file in order of time, with errors and warnings as sentences.

    A cue with an error is missing from `cues`. A warning loses nothing that was said.
    """

    cues: list[ParsedCue] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)


def parse_webvtt(source: str) -> ParsedCaptions:
    """Parse captions; each unreadable cue becomes an error that names its line."""
    captions = ParsedCaptions()
    if len(source) > MOST_CHARACTERS:
        captions.errors.append(
            _("These captions are too long. The limit is {most} characters.").format(
                most=MOST_CHARACTERS
            )
        )
        return captions
    rows = source.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not rows[0].startswith("WEBVTT"):
        captions.errors.append(_("Line 1: captions begin with the word WEBVTT."))
        return captions
    for first, block in _blocks(rows):
        _parse_block(captions, first, block)
    captions.cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))
    _warn_of_overlaps(captions)
    return captions


def _blocks(rows: list[str]) -> list[tuple[int, list[str]]]:
    """Return the blocks between empty rows, each with the number of its first row.

    The header is not among them.
    """
    found: list[tuple[int, list[str]]] = []
    block: list[str] = []
    for number, row in enumerate([*rows, ""], start=1):
        if row.strip():
            block.append(row)
        elif block:
            found.append((number - len(block), block))
            block = []
    return found[1:] if found and "-->" not in "".join(found[0][1]) else found


def _parse_block(captions: ParsedCaptions, first: int, block: list[str]) -> None:
    if block[0].startswith(_IGNORED_BLOCKS):
        return
    at = next((i for i, row in enumerate(block[:2]) if "-->" in row), None)
    if at is None:
        captions.errors.append(
            _("Line {number}: there are no times above “{words}”.").format(
                number=first, words=block[0][:40]
            )
        )
        return
    times, number = _times(block[at]), first + at
    if times is None:
        captions.errors.append(
            _(
                "Line {number}: write the times as 00:01:02.500 --> 00:01:04.000."
            ).format(number=number)
        )
        return
    _add_cue(captions, times, number, "\n".join(block[at + 1 :]))


def _add_cue(
    captions: ParsedCaptions, times: tuple[int, int], number: int, words: str
) -> None:
    start, end = times
    if end <= start:
        captions.errors.append(
            _("Line {number} ends before it begins.").format(number=number)
        )
        return
    speaker, text = _spoken(words)
    if text:
        captions.cues.append(ParsedCue(start, end, speaker, text, number))
    else:
        captions.warnings.append(
            _("Line {number} has no words and is skipped.").format(number=number)
        )


def _times(row: str) -> tuple[int, int] | None:
    begin, _arrow, rest = row.partition("-->")
    end = next(iter(rest.split(maxsplit=1)), "")
    times = (_milliseconds(begin.strip()), _milliseconds(end))
    return None if None in times else times  # type: ignore[return-value]


def _milliseconds(written: str) -> int | None:
    found = _TIME.fullmatch(written)
    if not found:
        return None
    hours, minutes, seconds, rest = (int(part or 0) for part in found.groups())
    if hours > MOST_HOURS or minutes >= SIXTY or seconds >= SIXTY:
        return None
    return ((hours * SIXTY + minutes) * SIXTY + seconds) * 1000 + rest


def _spoken(words: str) -> tuple[str, str]:
    """Split a cue into the speaker of its voice tag, if any, and the text without tags."""
    voice = _VOICE.search(words)
    speaker = unescape(voice.group(1)).strip()[:LONGEST_NAME] if voice else ""
    plain = unescape(_TAG.sub("", words))
    lines = [line.strip() for line in plain.splitlines()]
    return speaker, "\n".join(line for line in lines if line)


def _warn_of_overlaps(captions: ParsedCaptions) -> None:
    for before, after in zip(captions.cues, captions.cues[1:], strict=False):
        over = before.end_ms - after.start_ms
        if over > 0:
            captions.warnings.append(
                _("Lines {one} and {other} overlap by {seconds} s.").format(
                    one=before.line, other=after.line, seconds=f"{over / 1000:.3g}"
                )
            )
