"""Fixtures of the search tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from search import actions, engines, registry
from search.engines import Answer, Change, Engine, ItemKey, RemoteEngine
from search.models import Delivery, IndexChange, IndexedItem
from search.passages import split_text
from search.query import parse
from search.registry import Entry
from search.results import Results
from tests.remote import catch_up

PUBLIC = frozenset({""})

#: Roles with the status that a CMS page for editors returns.
for_those_who_edit = pytest.mark.parametrize(
    ("who", "status"),
    [
        ("visitor", 302),
        ("stranger", 404),
        ("member", 404),
        ("owner", 404),
        ("editor", 200),
        ("moderator", 200),
        ("administrator", 200),
    ],
)


def html_of(response: Any) -> str:
    """Return the response's HTML on one line."""
    return " ".join(response.content.decode().split())


@dataclass
class Bench:
    """An engine with one generation, to write to and to search."""

    engine: Engine | RemoteEngine
    generation: int = 1
    version: int = 0

    def index(self, *entries: Entry) -> list[Change]:
        self.version += 1
        return self.engine.index(
            entries, generation=self.generation, version=self.version
        )

    def delete(self, *object_ids: int, source: str = "page") -> list[Change]:
        return self.engine.delete(source, object_ids, generation=self.generation)

    def drop(self) -> None:
        self.engine.drop(self.generation)

    def ask(self, text: str, rules: frozenset[str] = PUBLIC, **given: Any) -> Answer:
        query = parse(text, **given)
        return self.engine.search(query, rules, generation=self.generation)

    def titles(
        self, text: str, rules: frozenset[str] = PUBLIC, **given: Any
    ) -> list[str]:
        """Return titles of the results, best first, for a user who satisfies the rules."""
        items = IndexedItem.objects.filter(generation=self.generation)
        named = {ItemKey(item.source, item.object_id): item.title for item in items}
        return [named[match.key] for match in self.ask(text, rules, **given).matches]


class Outside(Bench):
    """An external engine that receives what the embedded one stores."""

    def index(self, *entries: Entry) -> list[Change]:
        self.version += 1
        return self._tell(
            engines.embedded().index(
                entries, generation=self.generation, version=self.version
            )
        )

    def delete(self, *object_ids: int, source: str = "page") -> list[Change]:
        self.version += 1
        gone = engines.embedded().delete(source, object_ids, generation=self.generation)
        return self._tell(gone)

    def drop(self) -> None:
        engines.embedded().drop(self.generation)
        super().drop()

    def ask(self, text: str, rules: frozenset[str] = PUBLIC, **given: Any) -> Answer:
        answer = engines.search(parse(text, **given), rules)
        assert not answer.fallback
        return answer

    def _tell(self, changes: list[Change]) -> list[Change]:
        Delivery.objects.bulk_create(
            Delivery(
                source=change.key.source,
                object_id=change.key.object_id,
                generation=self.generation,
                version=self.version,
                urgent=True,
            )
            for change in changes
        )
        assert not actions.deliver().refused
        return changes


@pytest.fixture(params=["embedded", "outside"])
def bench(db: None, request: pytest.FixtureRequest) -> Bench:
    """Run the test on the embedded engine and on an external one."""
    if request.param == "outside":
        return Outside(request.getfixturevalue("remote_engine"))
    return Bench(engines.embedded())


@pytest.fixture(params=["embedded", "outside"])
def on_every_engine(request: pytest.FixtureRequest) -> None:
    """Run the test on each engine."""
    if request.param == "outside":
        request.getfixturevalue("remote_engine")


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Return a factory of entries with unique keys."""
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
            "language": "en",
            "passages": tuple(split_text(text)),
        }
        return Entry(**{**made, **given})

    return make


@pytest.fixture
def get(client_of: Any) -> Callable[..., Any]:
    """Return a function that requests the search page after applying all changes."""

    def ask(user: Any, **asked: Any) -> Any:
        actions.apply_changes()
        response = client_of(user).get("/search/", asked)
        assert response.status_code == 200
        return response

    return ask


@pytest.fixture
def find() -> Callable[..., Results]:
    """Return a function that searches after applying all changes."""

    def search(user: Any, text: str = "", **given: Any) -> Results:
        catch_up()
        return Results(parse(text, **given), user)

    return search


@pytest.fixture
def seen(find: Any, visitor: Any) -> Callable[[str], list[str]]:
    """Return a function that returns the titles that a visitor finds."""
    return lambda words: [hit.title for hit in find(visitor, words)[:]]


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Callable[[], None]]:
    """Return a function that makes a page unreadable; its result makes it readable again."""

    def make(bad: int) -> Callable[[], None]:
        source = registry.source_named("page")
        read = source.entries

        def fail_for_one(pks: Any) -> list[Entry]:
            if bad in pks:
                raise ValueError("cannot be read")
            return read(pks)

        monkeypatch.setattr(source, "entries", fail_for_one)
        return lambda: monkeypatch.setattr(source, "entries", read)

    return make


@pytest.fixture
def told(db: None) -> Callable[[], AbstractContextManager[None]]:
    """Return a context that checks that changes inside it reach the index.

    Afterwards nothing differs between the index and the database.
    """

    @contextmanager
    def watched() -> Iterator[None]:
        actions.apply_changes()
        assert actions.compare().count == 0, "it differed before"
        yield
        assert IndexChange.objects.exists(), "nobody told the index"
        actions.apply_changes()
        assert actions.compare().count == 0, "it was told of something else"

    return watched
