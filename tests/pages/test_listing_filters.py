"""The filters of a listing: which are offered, what they find, what they reveal."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from knowledge.resources.models import ResourcePage
from pages.models import BasePage, Listing, ListingFilter, kinds
from tests.factories import (
    AudienceFactory,
    GuidePageFactory,
    HomePageFactory,
    LibraryIndexFactory,
    ResourcePageFactory,
    TopicFactory,
    WorkingGroupFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(db: None) -> Any:
    return LibraryIndexFactory(
        parent=HomePageFactory(), title="Library", slug="library"
    )


def listing(client: Any, library: Any, query: str = "") -> Any:
    return client.get(f"{library.url}{query}").context["listing"]


def facets(client: Any, library: Any, query: str = "") -> dict[str, list[str]]:
    found = listing(client, library, query).facets
    return {
        facet.name: [str(option.value) for option in facet.options] for facet in found
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {}),
        ("kind=guide&topic=night", {"kind": "guide", "topic": "night"}),
        ("year=2026", {"year": "2026"}),
        ("year=26", {}),
        ("year=20266", {}),
        ("year=²⁰²⁶", {}),
        ("when=coming", {"when": "coming"}),
        ("when=sometime", {}),
        ("page=3&q=tea", {}),
        ("topic=&audience=", {}),
    ],
)
def test_filters_are_read_from_the_query_string(
    query: str, expected: dict[str, str]
) -> None:
    assert dict(ListingFilter.read(QueryDict(query)).items()) == expected


def test_a_filter_with_one_option_is_not_offered(client: Any, library: Any) -> None:
    ResourcePageFactory(parent=library, issued_on=dt.date(2026, 5, 4))
    shown = facets(client, library)
    assert "year" not in shown
    assert "audience" not in shown
    assert "topic" not in shown


def test_years_are_those_of_the_items_the_newest_first(
    client: Any, library: Any
) -> None:
    for year in (2024, 2026, 2025, 2026):
        ResourcePageFactory(parent=library, issued_on=dt.date(year, 5, 4))
    assert facets(client, library)["year"] == ["2026", "2025", "2024"]


def test_a_year_of_hidden_items_is_not_offered(
    client: Any, client_of: Any, stranger: Any, library: Any
) -> None:
    for year in (2024, 2025):
        ResourcePageFactory(parent=library, issued_on=dt.date(year, 5, 4))
    restrict_page(ResourcePageFactory(parent=library, issued_on=dt.date(2026, 5, 4)))
    assert facets(client, library)["year"] == ["2025", "2024"]
    assert facets(client_of(stranger), library)["year"] == ["2026", "2025", "2024"]


def test_working_groups_are_offered_unless_they_are_unlisted(
    client: Any, library: Any
) -> None:
    first, second = WorkingGroupFactory(name="Nights"), WorkingGroupFactory(name="Food")
    hidden = WorkingGroupFactory(name="Whispers", listed=False)
    for group in (first, second, hidden):
        ResourcePageFactory(parent=library, working_group=group)
    assert set(facets(client, library)["group"]) == {
        str(first.public_id),
        str(second.public_id),
    }


def test_a_group_of_hidden_items_only_is_not_offered(client: Any, library: Any) -> None:
    groups = [WorkingGroupFactory(name=name) for name in ("Nights", "Food", "Garden")]
    for group in groups[:2]:
        ResourcePageFactory(parent=library, working_group=group)
    restrict_page(ResourcePageFactory(parent=library, working_group=groups[2]))
    assert str(groups[2].public_id) not in facets(client, library)["group"]


def test_a_group_filters_by_its_public_id(client: Any, library: Any) -> None:
    group = WorkingGroupFactory(name="Nights")
    ResourcePageFactory(parent=library, title="Theirs", working_group=group)
    ResourcePageFactory(parent=library, title="Others")
    rows = client.get(f"{library.url}?group={group.public_id}").context["rows"]
    assert [row.title for row in rows] == ["Theirs"]
    assert not list(client.get(f"{library.url}?group=none").context["rows"])


def test_topics_are_offered_in_tree_order_with_their_depth(
    client: Any, library: Any
) -> None:
    night = TopicFactory(name="Night")
    TopicFactory(name="Handover", parent=night)
    TopicFactory(name="Arriving")
    (topics,) = [f for f in listing(client, library).facets if f.name == "topic"]
    assert [(option.value, option.depth) for option in topics.options] == [
        ("arriving", 0),
        ("night", 0),
        ("handover", 1),
    ]


def test_the_chosen_option_is_marked(client: Any, library: Any) -> None:
    ResourcePageFactory(parent=library)
    (kind,) = [
        f for f in listing(client, library, "?kind=guide").facets if f.name == "kind"
    ]
    assert kind.chosen is not None
    assert kind.chosen.value == "guide"
    (kind,) = [f for f in listing(client, library).facets if f.name == "kind"]
    assert kind.chosen is None


def test_a_kind_that_another_index_lists_does_not_filter(
    client: Any, library: Any
) -> None:
    ResourcePageFactory(parent=library, title="Sheet")
    rows = client.get(f"{library.url}?kind=session").context["rows"]
    assert [row.title for row in rows] == ["Sheet"]


def test_an_audience_filters_by_its_slug(client: Any, library: Any) -> None:
    staff = AudienceFactory(name="Night staff")
    AudienceFactory(name="Families")
    ResourcePageFactory(parent=library, title="For them", audiences=[staff])
    ResourcePageFactory(parent=library, title="For all")
    rows = client.get(f"{library.url}?audience=night-staff").context["rows"]
    assert [row.title for row in rows] == ["For them"]
    assert facets(client, library)["audience"] == ["families", "night-staff"]


def timed(viewer: Any, when: str = "") -> Listing:
    return Listing(
        pages=BasePage.objects.all(),
        models=[ResourcePage],
        wanted=ListingFilter(when=when),
        viewer=viewer,
        timed=True,
    )


def test_a_timed_listing_shows_what_comes_first_and_then_the_latest(
    library: Any, visitor: Any
) -> None:
    today = timezone.localdate()
    for days in (-10, 5, -1, 1):
        date = today + dt.timedelta(days=days)
        ResourcePageFactory(parent=library, title=f"{days}", issued_on=date)
    titles = [row.title for row in timed(visitor).first(9)]
    assert titles == ["1", "5", "-1", "-10"]
    assert [row.title for row in timed(visitor, "coming").first(9)] == ["1", "5"]
    assert [row.title for row in timed(visitor, "past").first(9)] == ["-1", "-10"]


def test_today_is_still_to_come(library: Any, visitor: Any) -> None:
    ResourcePageFactory(parent=library, title="Today", issued_on=timezone.localdate())
    assert [row.title for row in timed(visitor, "coming").first(9)] == ["Today"]
    assert timed(visitor, "past").first(9) == []


def test_only_a_timed_listing_offers_coming_and_past(
    library: Any, visitor: Any
) -> None:
    names = [facet.name for facet in timed(visitor).facets]
    assert "when" in names
    plain = Listing(BasePage.objects.all(), [ResourcePage], ListingFilter(), visitor)
    assert "when" not in [facet.name for facet in plain.facets]


@pytest.mark.parametrize(
    ("number", "shown"), [(None, 1), ("2", 2), ("99", 2), ("0", 2), ("tea", 1)]
)
def test_a_page_number_that_does_not_exist_gives_the_nearest(
    library: Any, visitor: Any, number: str | None, shown: int
) -> None:
    for each in range(21):
        ResourcePageFactory(parent=library, title=f"Sheet {each}")
    found = Listing(BasePage.objects.all(), [ResourcePage], ListingFilter(), visitor)
    page = found.page(number)
    assert page.number == shown
    assert page.paginator.count == 21


def test_a_listing_mixes_types_in_one_query(
    library: Any, visitor: Any, count_queries: Any
) -> None:
    GuidePageFactory(parent=library, title="Guide", revised=True)
    ResourcePageFactory(parent=library, title="Sheet")
    found = Listing(
        BasePage.objects.all(), list(kinds().values()), ListingFilter(), visitor
    )
    found.first(1)
    with count_queries() as asked:
        rows = found.first(9)
        for row in rows:
            assert row.title
            assert row.eyebrow
    assert {row.title for row in rows} == {"Guide", "Sheet"}
    assert len(asked) == 1


@pytest.mark.parametrize(
    "query", ["group=%00", "audience=a%00b", "topic=%00", "kind=%00"]
)
def test_null_characters_in_filters_are_ignored(
    client: Any, library: Any, query: str
) -> None:
    assert client.get(f"{library.url}?{query}").status_code == 200
