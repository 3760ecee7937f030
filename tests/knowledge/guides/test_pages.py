"""A guide as readers see it: on one page, or at one URL for each chapter."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from knowledge.guides.models import GuidePage
from tests.factories import (
    GuidePageFactory,
    chapter,
    heading,
    recommendation,
    related,
    restrict_page,
    text,
)
from tests.knowledge.conftest import NAMES, chapters_body

pytestmark = pytest.mark.django_db


def soup_of(client: Any, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def url_of(guide: GuidePage, number: int) -> str:
    return guide.chapter_url(guide.text.chapters[number - 1])


class TestTheBeginning:
    def test_shows_what_comes_before_the_first_chapter_and_nothing_of_the_chapters(
        self, client, guide
    ):
        words = soup_of(client, guide.url).get_text(" ", strip=True)
        assert "Read this first." in words
        assert "Words of chapter 1." not in words

    def test_lists_every_chapter_in_order_with_its_summary(self, client, guide):
        contents = soup_of(client, guide.url).find(
            "nav", {"aria-labelledby": "contents"}
        )
        titles = [each for each in NAMES if each in contents.get_text()]
        assert titles == list(NAMES)
        assert "About sleeping." in contents.get_text()
        links = [each["href"] for each in contents.find_all("a")]
        assert url_of(guide, 4) in links

    def test_lists_all_recommendations_with_the_number_of_their_chapter(
        self, client, guide
    ):
        found = soup_of(client, guide.url).find(id="recommendations")
        numbers = [each.get_text() for each in found.select(".num")]
        assert numbers == ["1.1", "2.1", "3.1", "4.1", "5.1", "6.1"]
        assert found.find("a")["href"].startswith(f"{url_of(guide, 1)}#rec-")

    def test_leads_on_to_the_first_chapter(self, client, guide):
        step = soup_of(client, guide.url).find("a", rel="next")
        assert step["href"] == url_of(guide, 1)
        assert "Arriving" in step.get_text()

    def test_has_a_place_for_old_links_to_sections_of_chapters(self, client, guide):
        """A link to `/guide/#s-…` lands at the line of the contents that leads on."""
        [(anchor, words)] = guide.text.chapters[2].headings
        line = soup_of(client, guide.url).find(id=anchor)
        assert line.find("a")["href"] == f"{url_of(guide, 3)}#{anchor}"
        assert words in line.get_text()

    def test_is_canonical_for_itself(self, client, guide):
        found = soup_of(client, guide.url).find("link", rel="canonical")
        assert found["href"] == guide.full_url


class TestAChapter:
    def test_shows_its_own_text_only(self, client, guide):
        words = soup_of(client, url_of(guide, 3)).find("main").get_text(" ", strip=True)
        assert "Words of chapter 3." in words
        assert "Words of chapter 2." not in words
        assert "Words of chapter 4." not in words
        assert "Read this first." not in words

    def test_is_titled_by_its_name_and_its_guide(self, client, guide):
        soup = soup_of(client, url_of(guide, 3))
        assert soup.find("h1").get_text(strip=True) == "Eating"
        title = " ".join(soup.title.get_text().split())
        assert title.startswith("Eating, A stay in six parts"), title
        assert soup.find("meta", {"name": "description"})["content"] == "About eating."
        crumbs = [each.get_text(strip=True) for each in soup.select(".crumbs a")]
        assert crumbs[-1] == "A stay in six parts"

    @pytest.mark.parametrize("number", range(1, 7))
    def test_says_which_part_of_how_many_it_is(self, client, guide, number):
        turn = soup_of(client, url_of(guide, number)).select_one(".turn__where")
        words = " ".join(turn.get_text(" ", strip=True).split())
        assert words == f"Part {number} of 6 {NAMES[number - 1]}"

    def test_leads_back_and_on_by_name(self, client, guide):
        steps = soup_of(client, url_of(guide, 3)).select_one(".turn--end")
        back, on = steps.find("a", rel="prev"), steps.find("a", rel="next")
        assert (back["href"], on["href"]) == (url_of(guide, 2), url_of(guide, 4))
        assert "The first night" in back.get_text()
        assert "Sleeping" in on.get_text()

    def test_the_first_leads_back_to_the_beginning(self, client, guide):
        back = soup_of(client, url_of(guide, 1)).select_one(".turn--end a[rel=prev]")
        assert back["href"] == guide.url

    def test_the_last_leads_on_to_nothing(self, client, guide):
        soup = soup_of(client, url_of(guide, 6))
        assert soup.select("a[rel=next]") == []
        assert url_of(guide, 5) in {each["href"] for each in soup.select("a[rel=prev]")}

    def test_marks_itself_in_the_contents_and_lists_its_sections(self, client, guide):
        parts = soup_of(client, url_of(guide, 2)).find(id="parts")
        assert parts.select_one("[aria-current]")["href"] == url_of(guide, 2)
        [deep] = parts.select(".toc__deep a")
        assert deep["href"].startswith("#s-")
        assert parts.find_all("a")[-1]["href"] == f"{guide.url}#recommendations"

    def test_numbers_its_recommendations_by_itself(self, client, guide):
        name = soup_of(client, url_of(guide, 5)).select_one(".rec__name")
        assert name.get_text(strip=True) == "Recommendation 5.1"

    def test_is_canonical_for_itself(self, client, guide):
        found = soup_of(client, url_of(guide, 2)).find("link", rel="canonical")
        assert found["href"] == f"{guide.full_url}the-first-night/"

    def test_prints_without_the_ways_to_other_parts(self, client, guide):
        aside = soup_of(client, url_of(guide, 2)).find("aside")
        assert "no-print" in aside["class"]

    def test_that_does_not_exist_is_not_found(self, client, guide):
        assert client.get(f"{guide.url}dancing/").status_code == 404
        assert client.get(f"{guide.url}arriving/further/").status_code == 404

    def test_can_be_asked_for_by_head(self, client, guide):
        assert client.head(url_of(guide, 2)).status_code == 200

    def test_leads_to_anchors_in_other_chapters(self, client, guide):
        anchor = next(iter(guide.text.chapters[0].recommendations))[0]
        body = [*guide.body.raw_data]
        body.append(text(f'See <a href="#{anchor}">this</a>.'))
        guide.body = body
        guide.save()
        link = soup_of(client, url_of(guide, 6)).find("a", string="this")
        assert link["href"] == f"{url_of(guide, 1)}#{anchor}"

    def test_shows_related_pages_that_the_reader_may_see(
        self, client, guide, site_tree
    ):
        guide.body = [*guide.body.raw_data, related(site_tree.members_resource)]
        guide.save()
        shown = soup_of(client, url_of(guide, 6)).get_text()
        assert site_tree.members_resource.title not in shown


class TestOnOnePage:
    def test_a_guide_without_chapters_shows_all_of_it(self, client, site_tree):
        soup = soup_of(client, site_tree.guide.url)
        assert "there is tea" in soup.get_text()
        assert soup.select_one(".turn") is None
        assert soup.find("a", href=re.compile("^#s-"))

    def test_a_single_chapter_is_a_section(self, client, site_tree):
        page = GuidePageFactory(
            parent=site_tree.shelf,
            body=[
                chapter("Alone", "By itself."),
                recommendation("Say it once."),
                heading("And then"),
                recommendation("Say it twice."),
            ],
        )
        soup = soup_of(client, page.url)
        titles = [each.get_text(strip=True) for each in soup.select(".prose h2")]
        assert titles[:2] == ["Alone", "And then"]
        names = [each.get_text(strip=True) for each in soup.select(".rec__name")]
        assert names == ["Recommendation 1.1", "Recommendation 2.1"]

    def test_the_url_of_a_single_chapter_leads_to_its_place(self, client, site_tree):
        page = GuidePageFactory(parent=site_tree.shelf, body=[chapter("Alone")])
        answer = client.get(f"{page.url}alone/")
        anchor = page.text.chapters[0].anchor
        assert (answer.status_code, answer["Location"]) == (302, f"{page.url}#{anchor}")


class TestWhoMayRead:
    def test_a_chapter_is_as_private_as_its_guide(
        self, guide, client_of, visitor, stranger, member, owner, working_group
    ):
        restrict_page(guide, working_group.group)
        for url in (guide.url, url_of(guide, 2)):
            for person, status in (
                (visitor, 404),
                (stranger, 404),
                (member, 200),
                (owner, 200),
            ):
                answer = client_of(person).get(url)
                assert answer.status_code == status, (url, person)

    def test_a_chapter_of_a_draft_is_not_found(self, client, guide):
        guide.unpublish()
        assert client.get(url_of(guide, 2)).status_code == 404

    def test_a_chapter_that_is_not_published_yet_is_neither_listed_nor_shown(
        self, client, guide
    ):
        guide.body = [*guide.body.raw_data, chapter("Coming back")]
        guide.save_revision()
        assert "Coming back" not in client.get(guide.url).content.decode()
        assert client.get(f"{guide.url}coming-back/").status_code == 404


def test_a_guide_costs_the_same_queries_with_five_chapters_and_with_fifty(
    client, site_tree, count_queries
):
    counts = []
    for size in (5, 50):
        names = tuple(f"Part {number}" for number in range(size))
        page = GuidePageFactory(
            parent=site_tree.shelf, title=f"Of {size}", body=chapters_body(names)
        )
        for url in (page.url, f"{page.url}part-3/"):
            client.get(url)
            with count_queries() as asked:
                client.get(url)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
