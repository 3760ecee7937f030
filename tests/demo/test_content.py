"""What is written: readable, person first, and nothing twice."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from demo.content import (
    Calendar,
    ContentError,
    body,
    captions,
    content_files,
    table,
)
from demo.content.loading import FOLDER, Text
from learning.recordings.models import parse_webvtt

SHELVES = ("pages", "groups", "sessions", "recordings", "guides", "statements")
SHELVES += ("resources", "documents")
TEXTS = [text for name in SHELVES for text in content_files(name)]
# Not paragraphs: names, and the few words by which a thing is told from others.
NAMES = {"title", "name", "document", "documents", "session", "group", "topics", "tags"}
NAMES |= {"audiences", "source", "link", "speakers", "by", "endorsed_by", "chapters"}
NAMES |= {"email"}
NO_PARAGRAPHS = ("#", "> —", "::: download")
MARKS = re.compile(r"^(#+|>|-|\d+\.|\||:::.*?(?= )|Why:|House:|- \[ \]) *")
# LOOK: words that we do not use of people.
UNSAID = re.compile(
    r"\b(addicts?|abusers?|alcoholics?|junkies|users?|clients?|substance abuse)\b", re.I
)


class NoTargets:
    """Every document and page that a text points to, without a database."""

    def document(self, key: str) -> int:
        assert (FOLDER / "documents" / f"{key}.md").exists(), key
        return 1

    def picture(self, key: str) -> int:
        assert key in {each["slug"] for each in table("pictures")["picture"]}, key
        return 1

    def page(self, key: str) -> int:
        assert (FOLDER / f"{key}.md").exists(), key
        return 1


def _strings(value: Any, key: str = "") -> Iterator[str]:
    if key in NAMES:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _strings(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, key)


def _everything_said() -> Iterator[str]:
    for text in TEXTS:
        yield from _strings(text.facts)
        lines = text.words.splitlines()
        yield from (line for line in lines if not line.startswith(NO_PARAGRAPHS))
    for text in content_files("recordings"):
        yield from (line.text for line in parse_webvtt(captions(text.slug)).cues)
    for name in ("topics", "organizations", "people", "house", "pictures"):
        yield from _strings(table(name))


def test_no_paragraph_stands_twice() -> None:
    said = Counter(
        " ".join(re.findall(r"\w+", MARKS.sub("", words).lower()))
        for words in _everything_said()
    )
    twice = [
        words for words, times in said.items() if times > 1 and len(words.split()) > 5
    ]
    assert not twice


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.key)
def test_people_come_first(text: Text) -> None:
    # What people say about themselves is theirs: quotations do not count.
    words = re.sub(r"“[^”]*”", "", f"{text.facts} {text.words}")
    assert not UNSAID.findall(words)


@pytest.mark.parametrize(
    "text", [text for text in TEXTS if text.folder != "documents"], ids=lambda t: t.key
)
def test_every_text_becomes_blocks_that_are_the_same_each_time(text: Text) -> None:
    blocks = body(text.words, of=text.key, targets=NoTargets())
    assert blocks == body(text.words, of=text.key, targets=NoTargets())
    anchors = [block["id"][:8] for block in blocks]
    assert len(set(anchors)) == len(anchors)


def test_a_named_section_keeps_its_anchor_when_it_is_reworded() -> None:
    before, after = (
        body(f"## {words} {{#door}}", of="guides/x", targets=NoTargets())
        for words in ("At the door", "When the bell rings")
    )
    assert before[0]["id"] == after[0]["id"]
    assert after[0]["value"] == {"text": "When the bell rings", "level": "2"}


def test_an_unknown_block_is_named() -> None:
    with pytest.raises(ContentError, match="no block “carousel”"):
        body("::: carousel\nx\n:::", of="pages/x", targets=NoTargets())


@pytest.mark.parametrize(
    "text", content_files("recordings"), ids=lambda text: text.slug
)
def test_captions_read_like_people_who_take_turns(text: Text) -> None:
    lines = parse_webvtt(captions(text.slug)).cues
    assert not parse_webvtt(captions(text.slug)).errors
    assert 30 <= len(lines) <= 60
    assert all(line.speaker and line.text for line in lines)
    times = [time for line in lines for time in (line.start_ms, line.end_ms)]
    assert times == sorted(times)
    begins = [second for second, _ in text.facts["chapters"]]
    assert begins == sorted(set(begins))
    assert begins[-1] * 1000 < lines[-1].start_ms


def test_monthly_sessions_are_second_tuesdays_at_ten() -> None:
    calendar = Calendar(dt.date(2026, 11, 23))
    assert calendar.monthly(0) == dt.date(2026, 12, 8)
    assert calendar.monthly(-1) == dt.date(2026, 11, 10)
    assert calendar.monthly(3) == dt.date(2027, 3, 9)
    [hours] = calendar.hours({"monthly": 0})
    assert hours == (dt.date(2026, 12, 8), dt.time(10), dt.time(11, 15))


@pytest.mark.parametrize("day", range(1, 31))
def test_the_next_monthly_session_leaves_time_to_register(day: int) -> None:
    today = dt.date(2026, 6, day)
    ahead = Calendar(today).monthly(0) - today
    assert dt.timedelta(days=3) <= ahead <= dt.timedelta(days=37)
    assert Calendar(today).monthly(-1) < today + dt.timedelta(days=3)


def test_a_file_without_facts_is_named(tmp_path: Any, monkeypatch: Any) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "lost.md").write_text("Only words.")
    monkeypatch.setattr("demo.content.loading.FOLDER", tmp_path)
    with pytest.raises(ContentError, match=r"pages/lost\.md needs its facts"):
        content_files("pages")
