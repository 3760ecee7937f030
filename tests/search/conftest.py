"""What tests of search ask for."""

from collections.abc import Callable
from typing import Any

import pytest

from search import actions, engines
from search.models import IndexedItem
from search.passages import stretches
from search.query import parse
from search.registry import Entry
from search.results import Results


@pytest.fixture
def engine(db: None) -> Any:
    return engines.current()


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """An entry of nothing in particular; each call counts up."""
    count = iter(range(1, 10_000))

    def make(title: str = "A page", text: str = "", **given: Any) -> Entry:
        number = next(count)
        made: dict[str, Any] = {
            "source": "page",
            "object_id": number,
            "kind": "guide",
            "title": title,
            "path": f"/{number}/",
            "rule": "",
            "passages": tuple(stretches(text)),
        }
        return Entry(**{**made, **given})

    return make


@pytest.fixture
def find() -> Callable[..., Results]:
    """What somebody finds, after all changes were applied."""

    def search(user: Any, text: str = "", **given: Any) -> Results:
        actions.apply_changes()
        return Results(parse(text, **given), user)

    return search


@pytest.fixture
def titles(engine: Any) -> Callable[..., list[str]]:
    """Titles that the engine finds, best first, for somebody who passes the rules."""

    def search(text: str, rules: frozenset[str] = frozenset({""}), **given: Any) -> Any:
        answer = engine.search(parse(text, **given), rules)
        named = IndexedItem.objects.in_bulk([m.item_id for m in answer.matches])
        return [named[match.item_id].title for match in answer.matches]

    return search
