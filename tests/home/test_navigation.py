"""The navigation: doors, footer links, the way home, and its cache."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from home.models import navigation_for
from tests.factories import (
    HomePageFactory,
    LearningIndexFactory,
    LibraryIndexFactory,
    StandardPageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Any:
    return HomePageFactory()


def doors(client: Any, url: str = "/topics/") -> list[str]:
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    return [each.get_text() for each in soup.select(".doors a")]


def footer(client: Any) -> list[str]:
    soup = BeautifulSoup(client.get("/topics/").content, "html.parser")
    return [each.get_text() for each in soup.select(".foot__links a")]


def test_doors_come_in_their_order_whatever_the_tree_says(
    client: Any, home: Any
) -> None:
    LibraryIndexFactory(parent=home, title="Library", slug="library")
    LearningIndexFactory(parent=home, title="Learn", slug="learn")
    assert doors(client) == ["Learn", "Library"]


def test_the_first_page_of_a_door_is_the_door(client: Any, home: Any) -> None:
    LearningIndexFactory(parent=home, title="Learn", slug="learn")
    LearningIndexFactory(parent=home, title="Old learn", slug="old")
    assert doors(client) == ["Learn"]


def test_the_door_of_the_current_page_is_marked(client: Any, site_tree: Any) -> None:
    soup = BeautifulSoup(client.get(site_tree.guide.url).content, "html.parser")
    marked = soup.select(".doors a[aria-current]")
    assert [each["data-door"] for each in marked] == ["library"]


def test_standard_pages_are_footer_links_and_other_pages_are_not(
    client: Any, home: Any
) -> None:
    StandardPageFactory(parent=home, title="Privacy")
    StandardPageFactory(parent=home, title="Agreement")
    LearningIndexFactory(parent=home, title="Learn", slug="learn")
    assert footer(client) == ["Privacy", "Agreement"]


def test_a_private_page_is_in_nobody_elses_navigation(
    client: Any, client_of: Any, member: Any, stranger: Any, home: Any
) -> None:
    restrict_page(LearningIndexFactory(parent=home, title="Learn", slug="learn"))
    group = member.groups.exclude(name="Members").get()
    restrict_page(StandardPageFactory(parent=home, title="Our notes"), group)
    assert (doors(client), footer(client)) == ([], [])
    assert (doors(client_of(stranger)), footer(client_of(stranger))) == (["Learn"], [])
    assert footer(client_of(member)) == ["Our notes"]


def test_what_one_person_may_see_is_never_cached_for_another(
    client: Any, client_of: Any, stranger: Any, home: Any
) -> None:
    restrict_page(LearningIndexFactory(parent=home, title="Learn", slug="learn"))
    assert doors(client_of(stranger)) == ["Learn"]
    assert doors(client) == []


def test_a_draft_is_in_no_navigation(client: Any, home: Any) -> None:
    StandardPageFactory(parent=home, title="Not yet", live=False)
    assert footer(client) == []


def test_a_change_shows_at_once(client: Any, home: Any) -> None:
    page = StandardPageFactory(parent=home, title="Privacy")
    assert footer(client) == ["Privacy"]
    page.title = "Your privacy"
    page.save()
    assert footer(client) == ["Your privacy"]
    page.delete()
    assert footer(client) == []


def test_moving_a_page_away_shows_at_once(client: Any, home: Any) -> None:
    about = StandardPageFactory(parent=home, title="About")
    page = StandardPageFactory(parent=home, title="Privacy")
    assert footer(client) == ["About", "Privacy"]
    page.move(about, pos="last-child")
    assert footer(client) == ["About"]


def test_the_land_page_is_linked_beside_the_acknowledgement(
    client: Any, home: Any
) -> None:
    StandardPageFactory(parent=home, title="Whose land", slug="whose-land")
    soup = BeautifulSoup(client.get("/topics/").content, "html.parser")
    foot = soup.select_one(".foot")
    assert foot is not None
    link = foot.find("a", string="Whose land")
    assert link is not None
    assert link["href"] == "/whose-land/"
    assert footer(client) == []


def navigation(visitor: Any) -> Any:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    return navigation_for(request, visitor)


@pytest.mark.parametrize(
    ("slugs", "expected"),
    [
        (["about", "contact"], "contact"),
        (["about-us", "about"], "about"),
        (["privacy"], None),
    ],
)
def test_the_contact_page_is_found_by_its_slug(
    visitor: Any, home: Any, slugs: list[str], expected: str | None
) -> None:
    for slug in slugs:
        StandardPageFactory(parent=home, title=slug, slug=slug)
    contact = navigation(visitor).contact
    assert (contact.slug if contact else None) == expected


def test_a_site_without_a_home_page_has_a_way_home(visitor: Any, client: Any) -> None:
    assert navigation(visitor).home_url == "/"
    assert client.get("/nowhere/").status_code == 404


def test_reading_it_again_costs_only_the_query_for_the_site(
    visitor: Any, home: Any, count_queries: Any
) -> None:
    LearningIndexFactory(parent=home, title="Learn", slug="learn")
    navigation(visitor)
    with count_queries() as asked:
        navigation(visitor)
    assert len(asked) == 1
    assert "wagtailcore_site" in asked[0]["sql"]


def test_a_search_that_finds_nothing_leads_to_people_who_may_know(
    client: Any, site_tree: Any
) -> None:
    html = client.get("/search/", {"q": "zzqqzz"}).content
    asks = BeautifulSoup(html, "html.parser").select("section[aria-labelledby=ask] a")
    links = [each["href"] for each in asks]
    assert site_tree.people.url in links
    assert site_tree.about.url in links
