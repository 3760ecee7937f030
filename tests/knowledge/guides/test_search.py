"""Search opens a guide at the right chapter and anchor."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from knowledge.guides.models import GuidePage
from search import registry
from search.actions import apply_changes
from tests.factories import GuidePageFactory, chapter, heading, recommendation, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_guide(site_tree: Any) -> GuidePage:
    made = GuidePageFactory(
        parent=site_tree.shelf,
        title="A long guide",
        body=[
            heading("For whom", block_id="11111111-0000-4000-8000-000000000000"),
            text("For marmots."),
            chapter("First", "Of beavers."),
            text("Of badgers."),
            chapter("Second"),
            heading("Inner", block_id="22222222-0000-4000-8000-000000000000"),
            text("Of wolverines."),
            recommendation("Greet the lynx.", block_id="33333333-" + "0" * 23),
            chapter("Third"),
            heading("Last", block_id="44444444-0000-4000-8000-000000000000"),
            text("Of chickadees."),
        ],
    )
    return GuidePage.objects.get(pk=made.pk)


def places_of(page: GuidePage) -> list[tuple[str, str]]:
    [entry] = registry.source_named("page").entries([page.pk])
    return [(each.place.label, each.place.suffix) for each in entry.passages]


def test_each_passage_opens_in_its_chapter(long_guide):
    assert places_of(long_guide) == [
        ("Section 1", "#s-11111111"),
        ("Part 1", "first/"),
        ("Part 2", "second/"),
        ("Part 2", "second/#s-22222222"),
        ("Recommendation 2.1", "second/#rec-33333333"),
        ("Part 3", "third/"),
        ("Part 3", "third/#s-44444444"),
    ]


def test_a_guide_with_one_chapter_opens_at_its_places(site_tree):
    page = GuidePageFactory(
        parent=site_tree.shelf,
        body=[
            chapter("Alone", block_id="55555555-0000-4000-8000-000000000000"),
            text("Of otters."),
            recommendation("Greet the lynx.", block_id="66666666-" + "0" * 23),
        ],
    )
    page = GuidePage.objects.get(pk=page.pk)
    assert places_of(page) == [
        ("Section 1", "#ch-55555555"),
        ("Recommendation 1.1", "#rec-66666666"),
    ]


@pytest.mark.parametrize(
    ("word", "suffix"),
    [
        ("beavers", "first/"),
        ("wolverines", "second/#s-22222222"),
        ("lynx", "second/#rec-33333333"),
        ("chickadees", "third/#s-44444444"),
    ],
)
def test_a_hit_leads_to_a_page_that_holds_the_word(client, long_guide, word, suffix):
    apply_changes()
    found = BeautifulSoup(client.get("/search/", {"q": word}).content, "html.parser")
    url = f"{long_guide.url}{suffix}"
    assert found.find("a", href=url), [each.get("href") for each in found("a")]
    path, _, anchor = url.partition("#")
    shown = BeautifulSoup(client.get(path).content, "html.parser")
    assert word in shown.find("main").get_text()
    if anchor:
        assert shown.find(id=anchor)


def test_a_longest_url_part_fits_the_index(site_tree, client):
    page = GuidePageFactory(
        parent=site_tree.shelf,
        body=[
            chapter("A", slug="a" * 50),
            recommendation("Greet the lynx."),
            chapter("B", slug="b" * 50),
        ],
    )
    apply_changes()
    found = client.get("/search/?q=lynx").content.decode()
    assert f"{page.url}{'a' * 50}/#rec-" in found


def test_the_title_of_a_chapter_is_found(client, long_guide):
    long_guide.body = [*long_guide.body.raw_data, chapter("Porcupines")]
    long_guide.save()
    apply_changes()
    shown = client.get("/search/?q=porcupines").content.decode()
    assert f"{long_guide.url}porcupines/" in shown
