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


def test_a_filter_that_was_typed_can_be_taken_away(get, visitor, site_tree):
    response = get(visitor, q='kind:guide "night worker" -kettle')
    assert {hit.kind for hit in response.context["rows"]} == {"guide"}
    assert removable(response) == {"Guides": "?q=%22night+worker%22+-kettle"}
    assert 'value="kind:guide &quot;night worker&quot; -kettle"' in html_of(response)


def test_a_typed_filter_is_ticked_and_can_be_unticked(get, visitor, site_tree):
    page = html_of(get(visitor, q="night kind:guide"))
    assert 'name="q" value="night">' in page, "the form asks for the words alone"
    assert 'name="kind" value="guide" checked' in page


def test_typed_and_ticked_filters_are_one(get, visitor, site_tree):
    response = get(visitor, q="night kind:guide", kind="recording", sort="newest")
    assert removable(response) == {
        "Guides": "?q=night&kind=recording&sort=newest",
        "Recordings": "?q=night&kind=guide&sort=newest",
    }


def test_days_narrow_are_told_and_can_be_taken_away(get, visitor, site_tree):
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


def test_a_day_that_makes_no_sense_in_an_address_is_left_out(get, visitor, site_tree):
    response = get(visitor, q="night", after="soon", before="2030-13-45")
    assert response.context["results"].total
    assert removable(response) == {}


def test_a_slip_is_explained_and_searched_for_as_plain_words(get, visitor, site_tree):
    response = get(visitor, q='"night worker')
    page = html_of(response)
    assert "We read a part of it as plain words." in page
    assert all(slip in page for slip in response.context["query"].slips)
    assert response.context["results"].total


def test_what_somebody_typed_in_a_slip_is_never_markup(get, visitor, site_tree):
    page = html_of(get(visitor, q="before:<script>alert(1)</script> night"))
    assert "<script>alert" not in page


def test_while_the_engine_is_away_the_page_says_so_and_finds_all(
    get, visitor, site_tree, settings
):
    before = get(visitor, q="night")
    assert "Search is running on its reserve." not in html_of(before)
    settings.SEARCH_URL = "opensearch+http://127.0.0.1:9/everydoor"  # nobody is there
    away = get(visitor, q="night")
    assert "Search is running on its reserve." in html_of(away)
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
def test_what_was_typed_stands_before_other_words_for_it(site_tree, seen, typed):
    TopicFactory(name="Opioid agonist treatment", synonyms="methadone\nsuboxone")
    for name in ("Suboxone", "Methadone"):
        title = f"{name} by night"
        StandardPageFactory(parent=site_tree.home, title=title, slug=name.lower())
    first, second = seen(typed)
    assert first == f"{typed} by night"
    assert second != first


def test_zero_results_name_the_nearest_topics(get, visitor, site_tree):
    TopicFactory(name="Opioid agonist treatment", synonyms="methadone\nsuboxone")
    TopicFactory(name="Gardens")
    response = get(visitor, q="methadon qwertyuiop")
    names = [topic.name for topic in response.context["topics"]]
    assert names == ["Opioid agonist treatment"]
    assert 'href="/topics/opioid-agonist-treatment/"' in html_of(response)


def test_without_a_near_topic_the_main_ones_are_named(get, visitor, site_tree):
    response = get(visitor, q="qwertyuiop")
    assert site_tree.topic in response.context["topics"]


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_zero_results_lead_to_people_who_may_know(
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


def test_the_next_session_is_offered_to_those_who_may_come(
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
        ({"q": "night"}, 8),
        ({"q": "night", "kind": "session"}, 8),
        ({}, 8),
        # Words that are near are looked for, and tried as this person.
        ({"q": "qwertyuiop"}, 10),
        ({"q": "nihgt wroker"}, 12),
    ],
    ids=["words", "filter", "nothing asked", "nothing found", "misspelled"],
)
def test_the_page_costs_so_many_queries_for_anybody(
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
def test_a_misspelled_word_is_put_right_with_the_filters_kept(
    get, request, site_tree, who
):
    person = request.getfixturevalue(who)
    response = get(person, q="nihgt worker kind:guide", sort="newest")
    better = response.context["better"]
    assert better.url == "?q=night+worker&kind=guide&sort=newest"
    assert f'Did you mean <a href="{better.url.replace("&", "&amp;")}">' in html_of(
        response
    )
    assert get(person, **dict(QueryDict(better.url[1:]).items())).context["rows"]


def test_a_question_that_finds_what_was_asked_is_left_alone(get, visitor, site_tree):
    assert "Did you mean" not in html_of(get(visitor, q="night worker"))


def test_doors_follow_a_change_at_once_and_rights_always(
    client_of, visitor, member, site_tree
):
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


def test_a_very_long_question_is_cut_and_answered(get, visitor, site_tree):
    response = get(visitor, q="night worker " * 400)
    assert response.context["rows"].paginator.count
    assert 'value="night worker night' in html_of(response)


@pytest.mark.parametrize(
    ("who", "known"),
    [("owner", True), ("member", True), ("stranger", True), ("visitor", False)],
)
def test_the_name_of_a_group_is_known_to_those_who_may_know_it(
    get, request, site_tree, who, known
):
    restrict_page(site_tree.write, site_tree.group.group)
    person = request.getfixturevalue(who)
    query = get(person, q=f'group:"{site_tree.group.name}" night').context["query"]
    name = site_tree.group.public_id if known else site_tree.group.name
    assert query.filters == {"group": (name,)}
