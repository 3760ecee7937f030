"""The search page, over HTTP."""

from unittest.mock import patch

import pytest

from search import actions, engines
from tests.factories import SessionPageFactory, StandardPageFactory, text

from .conftest import html_of


def test_a_visitor_finds_a_guide_and_opens_it_at_the_place(get, visitor, site_tree):
    page = html_of(get(visitor, q="night worker"))
    assert 'href="/library/guides/the-first-seventy-two-hours/#s-' in page
    assert "<mark>night</mark> <mark>worker</mark>" in page
    assert "Section 2" in page


def test_a_transcript_opens_at_its_second(get, visitor, site_tree):
    page = html_of(get(visitor, q="kettle Tuesday"))
    assert 'href="/learn/the-first-night/?t=0"' in page
    assert "at 0:00" in page


def test_an_empty_query_shows_the_topics(get, visitor, site_tree):
    response = get(visitor)
    assert "rows" not in response.context
    assert 'href="/topics/safety-at-night/"' in html_of(response)


@pytest.mark.usefixtures("db")
def test_an_empty_query_without_topics_explains_search(get, visitor):
    assert "Type a word or two" in html_of(get(visitor))


def test_nothing_found_gives_a_next_step(get, visitor, site_tree):
    page = html_of(get(visitor, q="qwertyuiop", kind="guide"))
    assert "Nothing here matches “qwertyuiop”." in page
    assert 'href="?q=qwertyuiop"' in page, "the filter can be taken away"
    assert 'href="/topics/"' in page
    assert "sign in" in page


def test_filters_narrow_the_results_and_can_be_removed(get, visitor, site_tree):
    response = get(visitor, q="night", kind=["guide", "recording"], sort="newest")
    assert {hit.kind for hit in response.context["rows"]} == {"guide", "recording"}
    urls = {each.label: each.url for each in response.context["active"]}
    assert urls["Guides"] == "?q=night&kind=recording&sort=newest"
    kinds = response.context["results"].facets[0]
    assert {choice.value for choice in kinds.choices} > {"guide", "recording"}


def test_the_count_of_each_filter_is_what_it_finds(get, visitor, site_tree):
    chosen = {"kind": "guide", "topic": "safety-at-night"}
    results = get(visitor, q="night", **chosen).context["results"]
    choices = [(f.name, c.value, c.count) for f in results.facets for c in f.choices]
    assert {name for name, _value, _count in choices} >= chosen.keys()
    for name, value, count in choices:
        found = get(visitor, q="night", **{**chosen, name: value})
        assert found.context["results"].total == count, (name, value)


def test_a_filter_without_results_can_be_removed(get, visitor, site_tree):
    response = get(visitor, q="night", kind="nonsense", topic="safety-at-night")
    assert {each.label for each in response.context["active"]} == {
        "nonsense",
        "Safety at night",
    }


def test_invalid_parameters_are_ignored(get, visitor, site_tree):
    for asked in (
        {"q": "night", "page": "x"},
        {"q": "night", "page": "-1"},
        {"q": "night", "page": "99"},
        {"q": "night", "sort": "sideways"},
        {"q": "\x00night"},
        {"q": "kind:\x00guide night", "kind": "\x00guide", "topic": "\x00"},
        {"q": "night", "before": "\x002026-01-01", "after": "0000-00-00"},
        {"q": "night", "page": "9" * 40},
        {"q": "-night"},
        {"q": "the and of"},
        {"q": '"" OR -""'},
        {"q": "a" * 5000},
    ):
        get(visitor, **asked)


def test_the_last_page_is_shown_for_one_beyond(get, visitor, site_tree):
    for number in range(25):
        StandardPageFactory(parent=site_tree.home, title=f"Word {number}")
    response = get(visitor, q="word", page=99)
    assert response.context["rows"].number == 3
    assert len(response.context["rows"].object_list) == 5


def test_content_is_always_escaped(get, visitor, site_tree):
    evil = '<script>alert("x")</script>'
    StandardPageFactory(
        parent=site_tree.home,
        title=f"{evil} title",
        body=[text("&lt;img src=x onerror=alert(1)&gt; nightingale")],
    )
    page = html_of(get(visitor, q=f"{evil} nightingale"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<mark>nightingale</mark>" in page


def test_the_page_says_when_no_item_has_all_words(get, visitor, site_tree):
    page = html_of(get(visitor, q="kettle qwertyuiop"))
    assert "Nothing has all the words of “kettle qwertyuiop”" in page


def test_a_past_session_has_a_past_plate(get, visitor, site_tree):
    response = get(visitor, q="", kind="session")
    plates = {hit.title: hit.plate.past for hit in response.context["rows"]}
    assert plates == {
        "What we learned in March": True,
        "Supporting each other on night shift": False,
    }


def test_responses_are_not_cached(get, visitor, site_tree):
    assert get(visitor, q="night")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("many", [5, 50])
def test_the_page_costs_eight_queries_at_any_size(
    client_of, member, site_tree, count_queries, many
):
    for number in range(many):
        SessionPageFactory(parent=site_tree.learn, title=f"Night {number}")
    actions.apply_changes()
    browser = client_of(member)
    browser.get("/search/", {"q": "night"})  # fill the caches
    with count_queries() as asked:
        response = browser.get("/search/", {"q": "night", "kind": "session"})
    assert response.context["rows"].paginator.count > many
    assert len(asked) <= 8


@pytest.mark.parametrize(
    ("typed", "most"),
    [("nihgt", 9), ("qwertyuiop", 10), ("nihgt qwertyuiop", 12)],
)
def test_corrections_and_empty_results_cost_the_same_at_any_size(
    client_of, member, site_tree, count_queries, typed, most
):
    for number in range(20):
        SessionPageFactory(parent=site_tree.learn, title=f"Night {number}")
    actions.apply_changes()
    browser = client_of(member)
    browser.get("/search/", {"q": "night"})  # fill the caches
    with count_queries() as asked:
        browser.get("/search/", {"q": typed})
    assert len(asked) <= most


def test_a_page_and_its_count_cost_one_search(get, visitor, site_tree):
    engine = engines.embedded()
    with patch.object(engine, "search", wraps=engine.search) as asked:
        get(visitor, q="night")
    assert asked.call_count == 1
