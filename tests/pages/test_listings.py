"""Listings: flat cost, filters in the URL, access, topics."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import (
    AudienceFactory,
    HomePageFactory,
    LearningIndexFactory,
    LibraryIndexFactory,
    ResourcePageFactory,
    SessionPageFactory,
    TopicFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(db: None) -> Any:
    return LibraryIndexFactory(
        parent=HomePageFactory(), title="Library", slug="library"
    )


def resource(library: Any, title: str, **fields: Any) -> Any:
    fields.setdefault("issued_on", dt.date(2026, 5, 4))
    return ResourcePageFactory(parent=library, title=title, **fields)


def titles(client: Any, page: Any, query: str = "") -> list[str]:
    rows = client.get(f"{page.url}{query}").context["rows"]
    return [row.title for row in rows]


def test_it_costs_the_same_for_five_and_for_fifty(
    client: Any, library: Any, count_queries: Any
) -> None:
    topic = TopicFactory()
    for number in range(5):
        resource(library, f"Sheet {number}", topics=[topic])
    client.get(library.url)
    with count_queries() as few:
        client.get(library.url)
    for number in range(5, 50):
        resource(library, f"Sheet {number}", topics=[topic])
    client.get(library.url)
    with count_queries() as many:
        answer = client.get(library.url)
    assert len(answer.context["rows"]) == 20
    assert len(many) <= len(few) <= 25


def test_rows_are_of_their_own_type(client: Any, library: Any) -> None:
    resource(library, "Sheet")
    (row,) = client.get(library.url).context["rows"]
    assert type(row).__name__ == "ResourcePage"


def test_filters_combine_and_are_read_from_the_url(client: Any, library: Any) -> None:
    night, arriving = TopicFactory(name="Night"), TopicFactory(name="Arriving")
    below = TopicFactory(name="After midnight", parent=night)
    staff = AudienceFactory(name="Night staff")
    resource(library, "A", topics=[below], audiences=[staff])
    resource(library, "B", topics=[night], issued_on=dt.date(2025, 1, 1))
    resource(library, "C", topics=[arriving], audiences=[staff])
    assert titles(client, library) == ["C", "A", "B"]
    assert titles(client, library, "?topic=night") == ["A", "B"]
    assert titles(client, library, "?topic=night&audience=night-staff") == ["A"]
    assert titles(client, library, "?year=2025") == ["B"]
    assert titles(client, library, "?kind=guide") == []


@pytest.mark.parametrize(
    "query", ["?topic=none", "?year=then", "?year=9999999", "?kind=x", "?page=999"]
)
def test_unknown_filter_values_are_ignored(
    client: Any, library: Any, query: str
) -> None:
    resource(library, "A")
    assert client.get(f"{library.url}{query}").status_code == 200


def test_hidden_pages_are_neither_listed_nor_counted(
    client_of: Any, visitor: Any, member: Any, library: Any, working_group: Any
) -> None:
    resource(library, "For all")
    restrict_page(resource(library, "For the group"), working_group.group)
    seen = client_of(visitor).get(library.url).context
    assert (seen["count"], [row.title for row in seen["rows"]]) == (1, ["For all"])
    assert client_of(member).get(library.url).context["count"] == 2


def test_pagination_keeps_the_filters(client: Any, library: Any) -> None:
    for number in range(21):
        resource(library, f"Sheet {number:02}")
    first = titles(client, library, "?kind=resource")
    second = titles(client, library, "?kind=resource&page=2")
    assert (len(first), len(second)) == (20, 1)
    html = client.get(f"{library.url}?kind=resource").content.decode()
    assert "kind=resource&amp;page=2" in html or "page=2&amp;kind=resource" in html


def test_the_next_session_comes_first(client: Any) -> None:
    learn = LearningIndexFactory(parent=HomePageFactory(), slug="learn")
    now = timezone.now()
    for days in (-30, 30, 3):
        SessionPageFactory(
            parent=learn, title=f"{days}", starts_at=now + dt.timedelta(days=days)
        )
    assert titles(client, learn, "?when=coming") == ["3", "30"]
    assert titles(client, learn, "?when=past") == ["-30"]


def test_a_topic_page_includes_topics_below_it(
    client: Any, library: Any, count_queries: Any
) -> None:
    night = TopicFactory(name="Night")
    below = TopicFactory(name="After midnight", parent=night)
    for number in range(3):
        resource(library, f"Sheet {number}", topics=[below])
    answer = client.get(night.get_absolute_url())
    assert answer.context["count"] == 3
    client.get(night.get_absolute_url())
    with count_queries() as few:
        client.get(night.get_absolute_url())
    for number in range(3, 15):
        resource(library, f"Sheet {number}", topics=[below])
    client.get(night.get_absolute_url())
    with count_queries() as many:
        client.get(night.get_absolute_url())
    assert len(many) <= len(few)
    assert client.get("/topics/nothing/").status_code == 404


def test_the_list_of_topics_counts_visible_pages(
    client: Any, library: Any, working_group: Any
) -> None:
    night = TopicFactory(name="Night")
    resource(library, "A", topics=[night])
    hidden = resource(library, "B", topics=[night])
    restrict_page(hidden, working_group.group)
    (root,) = client.get("/topics/").context["roots"]
    assert root["count"] == 1
