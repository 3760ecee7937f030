"""The search page with typed filters, dates, mistakes and suggestions."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from search import actions
from tests.factories import (
    SessionPageFactory,
    StandardPageFactory,
    TopicFactory,
    restrict_page,
)

from .conftest import html_of

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Firefox/140.0"}


def removable(response):
    return {each.label: each.url for each in response.context["active"]}


def test_a_typed_filter_can_be_removed(get, visitor, site_tree):
    response = get(visitor, q='kind:guide "night worker" -kettle')
    assert {hit.kind for hit in response.context["rows"]} == {"guide"}
    assert removable(response) == {"Guides": "?q=%22night+worker%22+-kettle"}
    assert 'value="kind:guide &quot;night worker&quot; -kettle"' in html_of(response)


def test_a_typed_filter_is_selected_in_the_form(get, visitor, site_tree):
    page = html_of(get(visitor, q="night kind:guide"))
    assert 'name="q" value="night">' in page, "the form asks for the words alone"
    assert 'name="kind" value="guide" checked' in page


def test_typed_and_selected_filters_are_combined(get, visitor, site_tree):
    response = get(visitor, q="night kind:guide", kind="recording", sort="newest")
    assert removable(response) == {
        "Guides": "?q=night&kind=recording&sort=newest",
        "Recordings": "?q=night&kind=guide&sort=newest",
    }


def test_date_filters_can_be_removed(get, visitor, site_tree):
    for asked in (
        {"q": "after:2000 before:2030-06 night"},
        {"q": "night", "after": "2000-12-31", "before": "2030-06-01"},
    ):
        response = get(visitor, **asked)
        assert removable(response) == {
            "After 31 December 2000": "?q=night&before=2030-06-01",
            "Before 1 June 2030": "?q=night&after=2000-12-31",
        }
        page = html_of(response)
        assert 'name="after" value="2000-12-31"' in page
        assert 'name="before" value="2030-06-01"' in page
    assert not get(visitor, q="night", before="1990-01-01").context["rows"].object_list


def test_an_invalid_date_parameter_is_ignored(get, visitor, site_tree):
    response = get(visitor, q="night", after="soon", before="2030-13-45")
    assert response.context["results"].total
    assert removable(response) == {}


def test_a_mistake_is_explained_and_searched_for_as_words(get, visitor, site_tree):
    response = get(visitor, q='"night worker')
    page = html_of(response)
    assert "We searched for part of it as plain words." in page
    assert all(warning in page for warning in response.context["query"].warnings)
    assert response.context["results"].total


def test_a_mistake_is_escaped(get, visitor, site_tree):
    page = html_of(get(visitor, q="before:<script>alert(1)</script> night"))
    assert "<script>alert" not in page


def test_the_page_says_that_the_engine_is_unavailable(
    get, visitor, site_tree, settings
):
    before = get(visitor, q="night")
    assert "The search engine is unavailable." not in html_of(before)
    settings.SEARCH_URL = "opensearch+http://127.0.0.1:9/everydoor"  # nobody is there
    away = get(visitor, q="night")
    assert "The search engine is unavailable." in html_of(away)
    assert "There is nothing for you to do." in html_of(away)
    assert {hit.title for hit in away.context["rows"]} == {
        hit.title for hit in before.context["rows"]
    }


def test_a_superseded_item_says_so(get, visitor, site_tree):
    site_tree.guide.superseded_by = site_tree.resource
    site_tree.guide.save_revision().publish()
    page = html_of(get(visitor, q="night worker", kind="guide"))
    assert "Replaced by something newer" in page


@pytest.mark.parametrize("typed", ["Suboxone", "Methadone"])
@pytest.mark.usefixtures("on_every_engine")
def test_a_typed_word_ranks_before_its_synonyms(site_tree, seen, typed):
    TopicFactory(name="Opioid agonist treatment", synonyms="methadone\nsuboxone")
    for name in ("Suboxone", "Methadone"):
        title = f"{name} by night"
        StandardPageFactory(parent=site_tree.home, title=title, slug=name.lower())
    first, second = seen(typed)
    assert first == f"{typed} by night"
    assert second != first


def test_a_search_without_results_shows_similar_topics(get, visitor, site_tree):
    TopicFactory(name="Opioid agonist treatment", synonyms="methadone\nsuboxone")
    TopicFactory(name="Gardens")
    response = get(visitor, q="methadon qwertyuiop")
    names = [topic.name for topic in response.context["topics"]]
    assert names == ["Opioid agonist treatment"]
    assert 'href="/topics/opioid-agonist-treatment/"' in html_of(response)


def test_without_a_similar_topic_the_top_ones_are_shown(get, visitor, site_tree):
    response = get(visitor, q="qwertyuiop")
    assert site_tree.topic in response.context["topics"]


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_a_search_without_results_links_to_people(
    get, request, client_of, site_tree, who
):
    person = request.getfixturevalue(who)
    page = html_of(get(person, q="qwertyuiop"))
    assert "Ask the community" in page
    beginning = page.index('id="ask"')
    asked = page[beginning : page.index("</section>", beginning)]
    links = [part.split('"')[0] for part in asked.split('href="')[1:]]
    assert site_tree.write.url in links or site_tree.people.url in links
    browser = client_of(person)
    assert [browser.get(link).status_code for link in links] == [200] * len(links)


def test_the_next_session_is_offered_to_those_who_may_see_it(
    get, visitor, member, site_tree
):
    soon = timezone.now() + timedelta(hours=3)
    own = SessionPageFactory(
        parent=site_tree.learn, title="Among ourselves", starts_at=soon
    )
    restrict_page(own, site_tree.group.group)
    assert "Among ourselves" in html_of(get(member, q="qwertyuiop"))
    assert "Among ourselves" not in html_of(get(visitor, q="qwertyuiop"))


@pytest.mark.parametrize("many", [5, 50])
@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(
    ("asked", "most"),
    [
        # One row says that this person searched for the term today (decision 91).
        ({"q": "night"}, 11),
        ({"q": "night", "kind": "session"}, 10),
        ({}, 10),
        # Words that are near are looked for, and tried as this person.
        ({"q": "qwertyuiop"}, 13),
        ({"q": "nihgt wroker"}, 14),
    ],
    ids=["words", "filter", "nothing asked", "nothing found", "misspelled"],
)
def test_the_number_of_queries_is_bounded(
    client_of, request, site_tree, count_queries, many, who, asked, most
):
    for number in range(many):
        SessionPageFactory(parent=site_tree.learn, title=f"Night {number}")
    actions.apply_changes()
    browser = client_of(request.getfixturevalue(who))
    browser.get("/search/", asked, **PHONE)  # fill the caches
    with count_queries() as queries:
        browser.get("/search/", asked, **PHONE)
    assert len(queries) <= most


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_a_correction_keeps_the_filters(get, request, site_tree, who):
    person = request.getfixturevalue(who)
    response = get(person, q="nihgt worker kind:guide", sort="newest")
    better = response.context["correction"]
    assert better.url == "?q=night+worker&kind=guide&sort=newest"
    assert f'Did you mean <a href="{better.url.replace("&", "&amp;")}">' in html_of(
        response
    )
    assert get(person, **dict(QueryDict(better.url[1:]).items())).context["rows"]


def test_a_query_with_results_is_not_corrected(get, visitor, site_tree):
    assert "Did you mean" not in html_of(get(visitor, q="night worker"))


def test_cached_doors_follow_changes_and_privacy(client_of, visitor, member, site_tree):
    """The cached pages below the home page are the same for everyone."""
    browser = client_of(visitor)
    assert site_tree.people.title in browser.get("/search/").content.decode()
    site_tree.people.title = "Houses"
    site_tree.people.save_revision().publish()
    assert "Houses" in browser.get("/search/").content.decode()
    restrict_page(site_tree.people, site_tree.group.group)
    assert "Houses" not in browser.get("/search/").content.decode()
    assert "Houses" in client_of(member).get("/search/").content.decode()
    site_tree.people.unpublish()
    assert "Houses" not in client_of(member).get("/search/").content.decode()


def test_a_very_long_query_is_truncated_and_answered(get, visitor, site_tree):
    response = get(visitor, q="night worker " * 400)
    assert response.context["rows"].paginator.count
    assert 'value="night worker night' in html_of(response)


@pytest.mark.parametrize(
    ("who", "known"),
    [("owner", True), ("member", True), ("stranger", True), ("visitor", False)],
)
def test_a_group_name_is_resolved_for_those_who_may_know_it(
    get, request, site_tree, who, known
):
    restrict_page(site_tree.write, site_tree.group.group)
    person = request.getfixturevalue(who)
    query = get(person, q=f'group:"{site_tree.group.name}" night').context["query"]
    name = site_tree.group.public_id if known else site_tree.group.name
    assert query.filters == {"group": (name,)}
