"""Promoted results, in the CMS and on the search page."""

import pytest
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from people.actions import join_working_group
from search import actions
from search.query import parse
from tests.factories import StandardPageFactory, restrict_page

from .conftest import for_those_who_edit

INDEX = "/cms/searchpicks/"
SECRET = "xylophonist"  # noqa: S105  (a word, not a key)


@pytest.fixture
def promote(site_tree):
    def do(words, page=None, **more):
        query = Query.get(words)
        return SearchPromotion.objects.create(query=query, page=page, **more)

    return do


@pytest.fixture
def secret_page(site_tree):
    return StandardPageFactory(
        parent=site_tree.group_page, title=f"The {SECRET} plan", slug="plan"
    )


@pytest.fixture
def shown(client_of):
    """Return a function that returns the promoted results a user sees."""

    def search(user, words, **more):
        actions.apply_changes()
        response = client_of(user).get("/search/", {"q": words, **more})
        return [each.title for each in response.context.get("promoted", ())]

    return search


@pytest.fixture
def everybody(request):
    names = ("owner", "member", "stranger", "visitor", "editor")
    return {name: request.getfixturevalue(name) for name in names}


def _saved(client, words, page, **more):
    form = {
        "query_string": words,
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
        "editors_picks-0-page": page.pk,
        "editors_picks-0-ORDER": "1",
        "editors_picks-0-description": "Begin here.",
        **more,
    }
    return client.post(reverse("wagtailsearchpromotions:add"), form)


def test_a_promoted_page_comes_first(client_of, editor, visitor, site_tree, shown):
    assert shown(visitor, "first days") == []
    response = _saved(client_of(editor), "First Days", site_tree.guide)
    assert response.headers["Location"] == INDEX
    assert shown(visitor, "first days") == [site_tree.guide.title]
    page = client_of(visitor).get("/search/?q=first+days").content.decode()
    assert "Chosen by our editors" in page
    assert "Begin here." in page


@pytest.mark.parametrize("words", ["métis homes", "Metis  HOMES!", "“metis homes”"])
def test_case_accents_and_punctuation_do_not_matter(
    promote, site_tree, visitor, shown, words
):
    promote("Métis homes", site_tree.guide)
    assert shown(visitor, words) == [site_tree.guide.title]


def test_other_words_show_nothing(promote, site_tree, visitor, shown):
    promote("homes", site_tree.guide)
    assert shown(visitor, "métis homes") == []


def test_filters_and_further_pages_show_no_promotion(
    promote, site_tree, visitor, shown
):
    promote("night", site_tree.guide)
    assert shown(visitor, "night", kind="session") == []
    assert shown(visitor, "night", page="2") == []
    assert shown(visitor, "night kind:guide") == []


def test_a_promoted_page_is_not_repeated_below(promote, site_tree, visitor, client_of):
    promote("night worker", site_tree.guide)
    actions.apply_changes()
    page = client_of(visitor).get("/search/?q=night+worker").content.decode()
    assert page.count(f">{site_tree.guide.title}</a>") == 1
    assert "<mark>night</mark>" in page


def test_a_link_to_another_site_names_the_site(promote, visitor, shown, client_of):
    promote(
        "helpline",
        external_link_url="https://help.example.org/",
        external_link_text="The provincial helpline",
    )
    assert shown(visitor, "helpline") == ["The provincial helpline"]
    page = client_of(visitor).get("/search/?q=helpline").content.decode()
    assert 'href="https://help.example.org/"' in page
    assert "help.example.org" in page


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("owner", True),
        ("member", True),
        ("stranger", False),
        ("visitor", False),
        ("editor", False),
    ],
)
def test_a_promoted_page_is_hidden_from_those_who_may_not_see_it(
    promote, secret_page, everybody, shown, who, seen
):
    promote("plan", secret_page)
    assert shown(everybody[who], "plan") == ([secret_page.title] if seen else [])


def test_a_page_made_private_is_promoted_no_more(
    promote, site_tree, visitor, client_of
):
    promote("first days", site_tree.guide)
    actions.apply_changes()
    restrict_page(site_tree.guide, site_tree.group.group)
    response = client_of(visitor).get("/search/?q=first+days")
    assert response.context["promoted"] == ()


def test_a_draft_is_not_promoted(promote, site_tree, visitor, shown):
    promote("first days", site_tree.guide)
    site_tree.guide.unpublish()
    assert shown(visitor, "first days") == []


def test_a_deleted_promotion_disappears_at_once(promote, site_tree, visitor, shown):
    row = promote("first days", site_tree.guide)
    assert shown(visitor, "first days")
    row.delete()
    assert shown(visitor, "first days") == []


@for_those_who_edit
def test_only_editors_promote(request, client_of, site_tree, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(INDEX).status_code == status
    assert client.get(f"{INDEX}add/").status_code == status


def test_the_cms_hides_terms_with_a_page_that_the_editor_may_not_see(
    promote, secret_page, client_of, editor, site_tree
):
    hidden = promote("plan", secret_page).query
    promote("plan", site_tree.guide)
    promote("days", site_tree.guide)
    client = client_of(editor)
    page = client.get(INDEX).content.decode()
    assert SECRET not in page
    assert ">plan<" not in page.replace("\n", "").replace(" ", "")
    assert site_tree.guide.title in page
    for address in (f"{INDEX}{hidden.pk}/", f"{INDEX}{hidden.pk}/delete/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert SearchPromotion.objects.filter(query=hidden).count() == 2


def test_an_editor_in_the_group_sees_the_term(
    promote, secret_page, client_of, editor, working_group
):

    join_working_group(user=editor, working_group=working_group)
    row = promote("plan", secret_page)
    client = client_of(editor)
    assert SECRET in client.get(INDEX).content.decode()
    assert client.get(f"{INDEX}{row.query_id}/").status_code == 200


def test_a_term_that_is_promoted_already_is_edited(
    promote, site_tree, client_of, editor
):
    row = promote("night", site_tree.guide)
    response = client_of(editor).get(f"{INDEX}add/?term=night")
    assert response.headers["Location"] == f"{INDEX}{row.query_id}/"


def test_the_chooser_offers_what_people_search_for(client_of, editor, visitor):

    for words, times in (("night shift", 3), ("my own story", 2)):
        for number in range(times):
            actions.count_search(query=parse(words), found=True, person=str(number))
    client = client_of(editor)
    for address in (f"{INDEX}queries/chooser/", f"{INDEX}queries/chooser/results/"):
        window = client.get(address, {"q": "n"}).content.decode()
        assert "night shift" in window
        assert "my own story" not in window


def test_a_differently_written_term_is_edited(promote, site_tree, client_of, editor):
    query = promote("De-escalation!", site_tree.guide).query
    answer = client_of(editor).get("/cms/searchpicks/add/?term=de+escalation")
    assert answer.headers["Location"] == f"/cms/searchpicks/{query.pk}/"


def test_with_a_promoted_result_alone_nothing_else_matches(
    promote, site_tree, client_of, visitor
):
    promote("curfew", site_tree.guide)
    actions.apply_changes()
    page = client_of(visitor).get("/search/", {"q": "curfew"}).content.decode()
    assert "Nothing else here matches “curfew”." in page
