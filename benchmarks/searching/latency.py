"""Latency of queries of one to four words, with facets, collapsing and access rules."""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wagtail.models import Page

from search import analysis, registry
from search.evaluation.scratch import SOURCE, scratch
from search.passages import Passage
from search.query import parse
from search.registry import Entry

#: One item in four is hidden from the person who searches.
_RULES = ("", "", "", "closed")
_PASSED = frozenset({""})


def measure(wanted: argparse.Namespace) -> list[dict[str, Any]]:
    """Return rows: the library, Wagtail's search over the same pages, then larger libraries."""
    chance = random.Random(wanted.seed)
    real = list(_library())
    texts = _questions(real, wanted.queries, chance)
    rows = [_asked(real, texts), _wagtail(texts)]
    for passages in wanted.passages:
        rows.append(_asked(list(_larger(real, passages, chance)), texts))
    return rows


def _library() -> Iterator[Entry]:
    source = registry.source_named("page")
    keys = list(source.object_ids())
    for start in range(0, len(keys), 200):
        yield from source.entries(keys[start : start + 200])


def _questions(
    entries: Sequence[Entry], count: int, chance: random.Random
) -> list[str]:
    """Return queries of one to four words, as frequent as in the library, none too common."""
    seen: Counter[str] = Counter()
    for entry in entries:
        words = {w for p in entry.passages for w in analysis.words(p.text)}
        seen.update(word for word in words if word.isalpha() and len(word) > 2)
    known = [w for w, n in seen.items() if n >= 3 and w not in analysis.STOP_WORDS]
    weights = [seen[word] ** 0.5 for word in known]
    return [
        " ".join(chance.choices(known, weights, k=chance.randint(1, 4)))
        for _number in range(count)
    ]


def _larger(
    entries: Sequence[Entry], passages: int, chance: random.Random
) -> Iterator[Entry]:
    """Yield the library repeatedly, its words shuffled, up to that many passages."""
    held = number = 0
    while held < passages:
        for entry in entries:
            if held >= passages:
                return
            yield _shuffled(entry, number, chance)
            held += len(entry.passages)
            number += 1


def _shuffled(entry: Entry, number: int, chance: random.Random) -> Entry:
    words = [word for each in entry.passages for word in each.text.split()]
    chance.shuffle(words)
    rest = iter(words)
    passages = tuple(
        Passage(
            " ".join(next(rest) for _word in each.text.split()),
            each.heading,
            each.place,
        )
        for each in entry.passages
    )
    return replace(
        entry, object_id=number, rule=chance.choice(_RULES), passages=passages
    )


def _asked(entries: Sequence[Entry], texts: Sequence[str]) -> dict[str, Any]:
    ours = (
        replace(entry, source=SOURCE, object_id=number, rule=_RULES[number % 4])
        for number, entry in enumerate(entries)
    )
    began = time.perf_counter()
    with scratch() as held:
        held.index_entries(ours)
        loaded = time.perf_counter() - began
        passages = sum(len(entry.passages) for entry in entries)
        return {
            "engine": held.engine,
            "items": len(entries),
            "passages": passages,
            "loaded_s": round(loaded, 1),
            **_timed(lambda text: len(held.search(parse(text), _PASSED)), texts),
        }


def _wagtail(texts: Sequence[str]) -> dict[str, Any]:
    """Measure Wagtail's own search over the same pages: ten results, a count, one facet."""

    def search(text: str) -> int:
        found = Page.objects.live().search(text, operator="or")
        shown = list(found[:10])
        found.count()
        found.facet("content_type_id")
        return len(shown)

    return {
        "engine": "Wagtail's database search",
        "items": Page.objects.live().count(),
        **_timed(search, texts),
    }


def _timed(search: Callable[[str], int], texts: Sequence[str]) -> dict[str, float]:
    """Return median and slowest milliseconds, by the clock and of this process's CPU, and
    how many hits all queries show, at most ten each."""
    hits = sum(map(search, texts))
    wall, own = [], []
    for text in texts:
        began, used = time.perf_counter(), time.process_time()
        search(text)
        wall.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - used) * 1000)
    middle, slow = len(texts) // 2, int(len(texts) * 0.95)
    return {
        "p50_ms": round(sorted(wall)[middle], 1),
        "p95_ms": round(sorted(wall)[slow], 1),
        "cpu_p50_ms": round(sorted(own)[middle], 1),
        "cpu_p95_ms": round(sorted(own)[slow], 1),
        "hits": hits,
    }
