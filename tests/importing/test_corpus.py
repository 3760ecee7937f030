"""The shared corpus: all of it is accounted for, a slice of it arrives, and nothing of its
words is lost. The whole is imported where `EVERYDOOR_WHOLE_CORPUS=1` says so."""

import html
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from importing.actions import import_library
from importing.conversion import Conversion, Tally, convert
from importing.conversion.elements import (
    HEADINGS,
    render,
    without_controls,
    without_deep_html,
)
from importing.conversion.shortcodes import expand
from importing.library import read_library
from importing.planning import Planner, Skip
from tests.factories import HomePageFactory

pytestmark = pytest.mark.corpus

CLEAN = ([], [], [], [], [])
WHOLE = 3540
ATTRIBUTES = re.compile(r"\{[#.:][^{}]*\}")
INLINE = re.compile(r"</?(?:b|i|sup|sub|a)\b[^>]*>")


@pytest.fixture(scope="module")
def library(corpus: Path) -> Any:
    return read_library(corpus / "digitalgov")


@pytest.fixture
def a_slice(corpus: Path, library: Any, tmp_path: Path) -> Path:
    """Two hundred items: every kind, the slugs that occur twice, all that they name."""
    by_kind: dict[str, list[Any]] = {}
    for item in library.items:
        by_kind.setdefault(item.kind, []).append(item)
    slugs = Counter((item.kind, item.slug) for item in library.items)
    chosen = {
        item.id: item
        for items in by_kind.values()
        for item in items[:: max(1, len(items) // 14)]
    }
    twice = (item for item in library.items if slugs[item.kind, item.slug] > 1)
    chosen |= {item.id: item for item in twice}
    folder = tmp_path / "slice"
    folder.mkdir()
    lines = [json.dumps(item.raw) for item in chosen.values()]
    (folder / "items.jsonl").write_text("\n".join(lines))
    for name in ("guidenav.json", "files.jsonl", "transcripts"):
        (folder / name).symlink_to(corpus / "digitalgov" / name)
    return folder


@pytest.mark.django_db
def test_a_slice_arrives_and_a_second_run_changes_nothing(a_slice: Path) -> None:
    HomePageFactory(title="Home")
    first = import_library(directory=a_slice)
    assert first.items == first.created + len(first.skipped)
    assert first.items > 150
    assert not [each for each in first.skipped if "could not" in each.reason]
    assert Page.find_problems() == CLEAN
    second = import_library(directory=a_slice)
    assert (second.created, second.updated) == (0, 0)
    assert second.unchanged == first.created
    assert [each.id for each in second.skipped] == [each.id for each in first.skipped]


@pytest.mark.django_db
@pytest.mark.skipif(
    os.environ.get("EVERYDOOR_WHOLE_CORPUS") != "1",
    reason="takes minutes; EVERYDOOR_WHOLE_CORPUS=1 asks for it",
)
def test_the_whole_corpus_arrives_and_stays(corpus: Path) -> None:
    HomePageFactory(title="Home")
    first = import_library(directory=corpus / "digitalgov")
    assert first.items == WHOLE == first.created + len(first.skipped)
    assert Page.find_problems() == CLEAN
    second = import_library(directory=corpus / "digitalgov")
    assert (second.created, second.updated) == (0, 0)
    assert second.unchanged == first.created


def test_every_item_has_a_plan_or_a_reason(library: Any) -> None:
    assert len(library.items) == WHOLE
    planner = Planner(library)
    skips = {skip.item.id for skip in planner.skips}
    assert all(skip.reason for skip in planner.skips)
    assert len(skips) + len(planner.arriving) == WHOLE
    assert planner.refs.addresses.hosts == {"digital.gov", "www.digitalgov.gov"}


def test_a_sixth_of_the_texts_loses_no_word_and_no_piece_of_markup(
    library: Any, no_library: Any
) -> None:
    for item in library.items[::6]:
        body = item.text("body")
        tree = render(without_deep_html(expand(without_controls(body), Tally())))
        done = convert(body, item_id=item.id, links=no_library)
        assert not lost_words(tree, done), item.id
        assert_all_counted(tree, done, item.id)


def lost_words(tree: Any, done: Conversion) -> Counter[str]:
    """Words of the source that are nowhere in the blocks, however one parts them."""
    glued = ATTRIBUTES.sub("", tree.text_content())
    parted = ATTRIBUTES.sub("", " ".join(tree.itertext()))
    told = " ".join(_texts([block["value"] for block in done.blocks]))
    found = _words(re.sub(r"<[^>]*>", " ", told)) | _words(
        re.sub(r"<[^>]*>", " ", INLINE.sub("", told))
    )
    return (_words(glued) - found) & (_words(parted) - found)


def assert_all_counted(tree: Any, done: Conversion, name: str) -> None:
    there = {
        "links": len([each for each in tree.iter("a") if each.get("href") is not None]),
        "images": len(list(tree.iter("img", "ed-image"))),
        "headings": len(list(tree.iter(*HEADINGS))),
        "tables": len(list(tree.iter("table"))),
        "lists": len(list(tree.iter("ul", "ol", "dl"))),
    }
    there["links"] += len(list(tree.iter("ed-related")))
    for kind, number in there.items():
        count = done.tally.of(kind)
        assert count.carried + count.dropped == number, (name, kind)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", html.unescape(text)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for each in inner for text in _texts(each)]


def test_a_plan_that_fails_is_a_reason(library: Any, monkeypatch: Any) -> None:
    planner = Planner(library)
    first = next(iter(planner.arriving.values()))
    monkeypatch.setattr(planner, "arriving", {first.id: first})
    monkeypatch.setattr(type(first), "text", lambda self, name: 1 / 0)
    (made,) = planner.plans()
    assert isinstance(made, Skip)
    assert "ZeroDivisionError" in made.reason
