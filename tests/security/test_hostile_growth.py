"""Foreign text that is made to hold a process: repeated beginnings that never end.

An editor pastes captions, a library is imported, and texts are indexed. 75 KB of `<v.` once
held a process for half a minute. Here every parser reads 10, 20 and 40 thousand characters
of such text: when the text doubles, the time must not quadruple.
"""

import itertools
import json
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from importing.conversion import Destination, convert
from importing.library import read_library
from learning.recordings.models import parse_webvtt
from pages.actions.proofreading.readability import reading_grade
from pages.blocks import unescape
from pages.blocks.media import player_of
from search.documents.bodies import rich_text_lines
from search.passages import split_text
from search.query import parse

SIZES = (10_000, 20_000, 40_000)
# Shorter times are noise.
NOISE = 0.04
MOST_SECONDS = 2
BEGINNINGS = [
    "<v.", "<v ", "<a", "<0", "<!--", "<", "&", "&#", "{{<", '{{< a "', "{{< a ", '\\"',
    "[", "](", "![", "*", "_", "`", "> ", "- ", "| a ", "<p>", '<a href="#x">', "[^a]",
    "# a\n", "{#a", "http://", "a", "a ", "1.", " ", "\n", "00:01.000 -->", ". ", "a’", "é",
]  # fmt: skip


class Nowhere:
    """The links of a text whose library has nothing else."""

    def page(self, path: str) -> Destination:
        return Destination("", "to something that is not in the library")

    def outside(self, url: str) -> Destination:
        return Destination(url, "to an address elsewhere")

    def file(self, name: str) -> Destination:
        return Destination("", "the file did not come along")

    def image(self, source: str) -> str | None:
        return None


def cue(text: str) -> Any:
    return parse_webvtt(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}")


def times(text: str) -> Any:
    return parse_webvtt(f"WEBVTT\n\na{text}b --> 00:02.000\nWords")


def imported(text: str) -> Any:
    return convert(text, item_id="x", links=Nowhere())


def heading(text: str) -> Any:
    return convert(f"# a{text}b", item_id="x", links=Nowhere())


def shortcode(text: str) -> Any:
    return convert(f"{{{{< box {text}>}}}}", item_id="x", links=Nowhere())


def passages(text: str) -> Any:
    return list(split_text(text))


PARSERS = [
    cue, times, imported, heading, shortcode, rich_text_lines, unescape, passages, parse,
    reading_grade, player_of,
]  # fmt: skip


def grows_too_fast(times: Sequence[float]) -> bool:
    """Return whether the time quadruples at a doubling, or exceeds what a request may take."""
    return times[-1] > MOST_SECONDS or any(
        shorter > NOISE and longer > 3.5 * shorter
        for shorter, longer in itertools.pairwise(times)
    )


def measured(parser: Callable[[str], Any], beginning: str) -> list[float]:
    """Return the shortest time for each size; what looks too slow is measured again."""
    shortest = [math.inf] * len(SIZES)
    for _try in range(5):
        texts = [(beginning * size)[:size] for size in SIZES]
        times = [_seconds(parser, text) for text in texts]
        shortest = [min(pair) for pair in zip(shortest, times, strict=True)]
        if not grows_too_fast(shortest):
            break
    return shortest


def _seconds(parser: Callable[[str], Any], text: str) -> float:
    began = time.process_time()
    parser(text)
    return time.process_time() - began


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)
def test_the_time_does_not_quadruple_when_the_text_doubles(
    parser: Callable[[str], Any],
) -> None:
    for beginning in BEGINNINGS:
        times = measured(parser, beginning)
        assert not grows_too_fast(times), (beginning, times)


def test_captions_have_a_limit_and_say_so() -> None:
    captions = parse_webvtt("WEBVTT\n\n" + "<v." * 1_000_000)
    assert captions.errors == [
        "These captions are too long. The limit is 1500000 characters."
    ]


@pytest.mark.parametrize("text", ["&#" + "9" * 5_000 + ";", "&#" + "0" * 5_000])
def test_a_character_reference_of_thousands_of_digits_is_no_error(text: str) -> None:
    assert unescape(f"a {text} b").startswith("a \ufffd")
    assert rich_text_lines(text)
    assert cue(text).cues[0].text


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"id": "a", "kind": ' + '{"a":' * 100_000]
)
def test_deep_json_in_a_library_is_a_reported_line(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "t", "kind": "topic", "title": "T"})
    (tmp_path / "items.jsonl").write_text(f"{line}\n{good}\n")
    (tmp_path / "library.json").write_text(line)
    library = read_library(tmp_path)
    assert [item.id for item in library.items] == ["t"]
    assert [problem.id for problem in library.problems] == ["items.jsonl line 1"]
    assert [note.id for note in library.notes] == ["library.json"]
