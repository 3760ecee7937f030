"""Tags of pages: breadcrumbs, tabs, bodies, downloads, related pages, pagination."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory

from pages.templatetags import body_tags, components, pages_tags
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    LibraryIndexFactory,
    ResourcePageFactory,
    StandardPageFactory,
    body,
    download,
    heading,
    recommendation,
    related,
    restrict_page,
    text,
)

pytestmark = pytest.mark.django_db


def crumbs(client: Any, page: Any) -> list[str]:
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return [each.get_text(strip=True) for each in soup.select(".crumbs li")]


def test_breadcrumbs_lead_from_the_home_page_to_the_parent(
    client: Any, site_tree: Any
) -> None:
    assert crumbs(client, site_tree.guide) == ["Home", "Library", "Guides"]
    assert crumbs(client, site_tree.about) == ["Home"]


def test_the_home_page_has_no_breadcrumbs(client: Any, site_tree: Any) -> None:
    assert crumbs(client, site_tree.home) == []


def tabs(client: Any, page: Any) -> list[tuple[str, bool]]:
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    links = soup.select(".tabs a")
    return [
        (each.get_text(strip=True), bool(each.get("aria-current"))) for each in links
    ]


def test_an_index_shows_tabs_of_the_indexes_below_it(
    client: Any, site_tree: Any
) -> None:
    assert tabs(client, site_tree.library) == [("Everything", True), ("Guides", False)]
    assert tabs(client, site_tree.shelf) == [("Everything", False), ("Guides", True)]


def test_an_index_without_indexes_below_has_no_tabs(
    client: Any, site_tree: Any
) -> None:
    assert tabs(client, site_tree.learn) == []


def test_a_private_index_is_no_tab_for_others(
    client: Any, client_of: Any, stranger: Any, site_tree: Any
) -> None:
    hidden = LibraryIndexFactory(parent=site_tree.library, title="Inside", slug="in")
    restrict_page(hidden)
    assert "Inside" not in dict(tabs(client, site_tree.library))
    assert "Inside" in dict(tabs(client_of(stranger), site_tree.library))


def parts(page: Any, *blocks: dict[str, Any]) -> list[body_tags.Part]:
    return body_tags.body_parts(page.body.stream_block.to_python(list(blocks)))


def test_recommendations_before_any_section_are_numbered_alone(
    site_tree: Any,
) -> None:
    numbers = [
        part.number
        for part in parts(
            site_tree.guide,
            recommendation("First."),
            recommendation("Second."),
            heading("One"),
            recommendation("Third."),
            heading("A part", 3),
            recommendation("Fourth."),
        )
    ]
    assert numbers == ["1", "2", "", "1.1", "", "1.2"]


def test_a_body_of_many_links_costs_the_queries_of_one(
    client: Any, site_tree: Any, count_queries: Any
) -> None:
    link = f'<a linktype="page" id="{site_tree.about.pk}">About</a>'
    page = StandardPageFactory(parent=site_tree.home, body=[text(link)])
    client.get(page.url)
    with count_queries() as few:
        client.get(page.url)
    page.body = page.body.stream_block.to_python([text(link)] * 12)
    page.save()
    client.get(page.url)
    with count_queries() as many:
        html = client.get(page.url).content.decode()
    assert html.count('href="/about/"') >= 12
    assert len(many) <= len(few)


def test_the_recommendations_are_listed_where_there_are_two(site_tree: Any) -> None:
    stream = site_tree.guide.body.stream_block
    one = stream.to_python([recommendation("First.")])
    two = stream.to_python([recommendation("First."), recommendation("Second.")])
    assert body_tags.with_recommendations([], one) == []
    (entry,) = body_tags.with_recommendations([], two)
    assert (entry.url, entry.label) == ("#recommendations", "All 2 recommendations")


@pytest.mark.parametrize(
    ("who", "shown"),
    [("member", True), ("owner", True), ("stranger", False), ("visitor", False)],
)
def test_a_download_is_shown_only_to_people_who_may_fetch_it(
    request: Any, client_of: Any, site_tree: Any, who: str, shown: bool
) -> None:
    folder = FolderFactory(name="Notes", groups=[site_tree.group.group])
    document = DocumentFactory(title="Rough notes", collection=folder)
    page = StandardPageFactory(parent=site_tree.home, body=[download(document)])
    client = client_of(request.getfixturevalue(who))
    html = client.get(page.url).content.decode()
    assert ("Rough notes" in html) is shown


def test_a_download_names_format_and_size(client: Any, site_tree: Any) -> None:
    document = DocumentFactory(title="Handover")
    page = StandardPageFactory(
        parent=site_tree.home, body=[download(document, label="The sheet")]
    )
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    line = soup.select_one(".get a")
    assert line is not None
    assert "The sheet" in line.get_text()
    assert document.file_extension.upper() in line.get_text()


def test_related_pages_keep_the_editors_order_and_hide_the_rest(
    client: Any, site_tree: Any
) -> None:
    last = ResourcePageFactory(parent=site_tree.library, title="Chosen second")
    first = ResourcePageFactory(parent=site_tree.library, title="Chosen first")
    hidden = restrict_page(
        ResourcePageFactory(parent=site_tree.library, title="Not me")
    )
    page = StandardPageFactory(
        parent=site_tree.home, body=[related(first, hidden, last)]
    )
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    titles = [each.get_text(strip=True) for each in soup.select(".row__title")]
    assert titles == ["Chosen first", "Chosen second"]


def test_related_pages_that_nobody_may_see_leave_no_heading(
    client: Any, site_tree: Any
) -> None:
    hidden = restrict_page(ResourcePageFactory(parent=site_tree.library))
    page = StandardPageFactory(parent=site_tree.home, body=[*body(), related(hidden)])
    assert "Read on" not in client.get(page.url).content.decode()


def at(url: str) -> Context:
    return Context({"request": RequestFactory().get(url)})


@pytest.mark.parametrize(
    ("url", "names", "expected"),
    [
        ("/library/?topic=a&year=2026&page=3", ("topic",), "?year=2026"),
        ("/library/?topic=a&page=3", ("topic",), "/library/"),
        ("/library/?q=a%26b&x=1", ("x",), "?q=a%26b"),
        ("/library/", ("topic",), "/library/"),
    ],
)
def test_a_url_without_parameters_starts_at_the_first_page(
    url: str, names: tuple[str, ...], expected: str
) -> None:
    assert components.url_without(at(url), *names) == expected


def test_pagination_shows_the_ends_and_what_is_near() -> None:
    rows = Paginator(range(190), 10).get_page(8)
    shown = [str(number) for number in components.elided(rows)]
    assert shown == ["1", "…", "7", "8", "9", "…", "19"]


def test_a_page_without_successor_costs_no_query(
    site_tree: Any, count_queries: Any
) -> None:
    context = Context({"page": site_tree.about})
    with count_queries() as asked:
        assert pages_tags.successor(context) is None
    assert len(asked) == 0
