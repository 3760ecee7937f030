"""The registry: annotations of rows, home panels, unique names."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from knowledge.resources.models import ResourcePage
from pages import registry
from pages.models import BasePage, Contribution, Fact, Listing, ListingFilter
from pages.registry import HomeArea, HomePanel, annotate_for
from tests.factories import (
    ContributorFactory,
    HomePageFactory,
    LibraryIndexFactory,
    ResourcePageFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@pytest.fixture
def library(db: None) -> Any:
    return LibraryIndexFactory(
        parent=HomePageFactory(), title="Library", slug="library"
    )


@pytest.fixture
def annotators() -> "Iterator[Any]":
    """Return the registered annotators; those that a test adds are removed after it."""
    before = {kind: dict(named) for kind, named in _annotators().items()}
    yield _annotators()
    _annotators().clear()
    _annotators().update(before)


def _annotators() -> Any:
    return registry._registered.annotators


def part_of(rows: "Sequence[Any]", viewer: Any) -> "Mapping[int, str]":
    """Say what the viewer did for each page, in one query."""
    contributions = Contribution.objects.filter(page__in=rows, contributor__name=viewer)
    return {each.page_id: each.part for each in contributions}


@pytest.fixture
def parts(annotators: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Resources say in their facts what the viewer did for them."""
    registry.register_row_annotation("part", page_type=ResourcePage, annotate=part_of)

    def facts(page: ResourcePage) -> list[Fact]:
        part = page.annotations.get("part")
        return [Fact("user", f"You {part}")] if part else []

    monkeypatch.setattr(ResourcePage, "facts", property(facts))


def make_resources(library: Any, first: int, last: int) -> None:
    sam = ContributorFactory.create(name="Sam")
    for number in range(first, last):
        page = ResourcePageFactory(parent=library, title=f"Sheet {number}")
        if number % 2 == 0:
            Contribution.objects.create(page=page, contributor=sam, part="wrote it")


@pytest.mark.parametrize("count", [5, 50])
def test_annotations_cost_one_query_for_any_number_of_rows(
    library: Any, parts: None, count_queries: Any, count: int
) -> None:
    make_resources(library, 0, count)
    rows = list(ResourcePage.objects.order_by("pk"))
    with count_queries() as asked:
        annotate_for("Sam", rows)
        facts = [row.facts for row in rows]
    assert len(asked) == 1
    assert facts[0] == [Fact("user", "You wrote it")]
    assert facts[1] == []
    assert len([each for each in facts if each]) == (count + 1) // 2


def test_each_viewer_gets_annotations_of_their_own(library: Any, parts: None) -> None:
    make_resources(library, 0, 1)
    row = ResourcePage.objects.get()
    annotate_for("Sam", [row])
    assert row.annotations == {"part": "wrote it"}
    annotate_for("Somebody else", [row])
    assert row.annotations == {}


def test_an_annotator_runs_only_for_rows_of_its_page_type(
    library: Any, annotators: Any
) -> None:
    given: list[Any] = []

    def note(rows: "Sequence[Any]", viewer: Any) -> dict[int, Any]:
        given.extend(rows)
        return {}

    registry.register_row_annotation("note", page_type=ResourcePage, annotate=note)
    annotate_for("Sam", [library])
    assert given == []
    sheet = ResourcePageFactory(parent=library)
    assert annotate_for("Sam", [library, sheet]) == [library, sheet]
    assert given == [sheet]


def test_the_rows_of_a_listing_page_are_annotated_for_its_reader(
    client_of: Any, stranger: Any, library: Any, annotators: Any
) -> None:
    def name(rows: "Sequence[Any]", viewer: Any) -> dict[int, str]:
        return {row.pk: viewer.name for row in rows}

    registry.register_row_annotation("name", page_type=ResourcePage, annotate=name)
    ResourcePageFactory(parent=library)
    (row,) = client_of(stranger).get(library.url).context["rows"]
    assert row.annotations == {"name": "Sam"}


def test_the_newest_rows_of_a_listing_are_annotated_too(
    visitor: Any, library: Any, annotators: Any
) -> None:
    registry.register_row_annotation(
        "one",
        page_type=ResourcePage,
        annotate=lambda rows, _v: dict.fromkeys(_pks(rows), 1),
    )
    ResourcePageFactory(parent=library)
    listing = Listing(BasePage.objects.all(), [ResourcePage], ListingFilter(), visitor)
    assert [row.annotations for row in listing.first(3)] == [{"one": 1}]


def _pks(rows: "Sequence[Any]") -> list[int]:
    return [row.pk for row in rows]


def panel(**changed: Any) -> HomePanel:
    values: dict[str, Any] = {
        "name": "test.panel",
        "area": HomeArea.VISITORS,
        "order": 1,
        "template": "home/find_panel.html",
        "values": dict,
    }
    return HomePanel(**(values | changed))


@pytest.fixture
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_registered", registry._Registered())


def test_panels_come_in_their_order(panels: None) -> None:
    later, sooner = panel(name="a", order=2), panel(name="b", order=1)
    elsewhere = panel(name="c", area=HomeArea.MEMBERS_MAIN)
    for each in (later, sooner, elsewhere):
        registry.register_home_panel(each)
    assert registry.home_panels(HomeArea.VISITORS) == [sooner, later]


def test_a_name_cannot_be_registered_twice(panels: None) -> None:
    registry.register_home_panel(panel())
    registry.register_home_panel(panel())  # the very same: `ready` ran again
    with pytest.raises(ImproperlyConfigured, match=r"test\.panel"):
        registry.register_home_panel(panel(order=2))
