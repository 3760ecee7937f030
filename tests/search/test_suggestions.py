"""Suggestions while typing: titles, topics and words that the user may see."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import actions
from search.models import IndexedItem
from tests.factories import StandardPageFactory, TopicFactory, restrict_page

SECRET = "xylophonist"  # noqa: S105  (a word, not a key)


@pytest.fixture
def offered(client_of):
    """Return a function that returns the options by group, as (text, URL)."""

    def ask(user, typed):
        actions.apply_changes()
        response = client_of(user).get("/search/suggest/", {"q": typed})
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        drawn = BeautifulSoup(response.content, "html.parser")
        assert drawn.find(role="listbox")
        lines: dict[str, list[tuple[str, str]]] = {}
        for line in drawn.find_all(role="option"):
            _suggest, group, _number = line["id"].split("-")
            lines.setdefault(group, []).append((line.span.text, line["data-url"]))
        return lines

    return ask


@pytest.fixture
def everybody(owner, member, stranger, visitor):
    return {"owner": owner, "member": member, "stranger": stranger, "visitor": visitor}


def _pages(parent, *titles):
    for number, title in enumerate(titles):
        StandardPageFactory(parent=parent, title=title, slug=f"page-{number}")


def test_titles_that_begin_with_the_input_come_first(offered, visitor, site_tree):
    _pages(
        site_tree.home,
        "Otters and herons at night",
        "The otter",
        "Night herons",
        "An otterhound at night",
    )
    titles = [text for text, _url in offered(visitor, "ott")["items"]]
    assert titles == [
        "Otters and herons at night",
        "The otter",
        "An otterhound at night",
    ]
    both = [text for text, _url in offered(visitor, "night ott")["items"]]
    assert both == ["An otterhound at night", "Otters and herons at night"]
    assert "items" not in offered(visitor, "ound")
    assert offered(visitor, "The Ótter")["items"] == [("The otter", "/page-1/")]


def test_at_most_six_items_and_none_for_one_character(offered, visitor, site_tree):
    _pages(site_tree.home, *(f"Otter {number}" for number in range(9)))
    assert len(offered(visitor, "ot")["items"]) == 6
    assert offered(visitor, "o") == offered(visitor, "") == offered(visitor, "?!") == {}


def test_topics_are_suggested_by_name_and_synonym(offered, visitor, site_tree):
    TopicFactory(name="Medication", synonyms="carries, take-home doses")
    for typed in ("medic", "carr", "take ho"):
        assert offered(visitor, typed)["topics"] == [
            ("Medication", "/topics/medication/")
        ]
    assert "topics" not in offered(visitor, "dication")


def test_the_last_word_is_completed_once_for_each_stem(offered, visitor, site_tree):
    _pages(site_tree.home, "Otter", "Otters", "Otters", "Ottoman chairs", "Otherwise")
    assert offered(visitor, "ott")["words"] == [
        ("otters", "/search/?q=otters"),
        ("ottoman", "/search/?q=ottoman"),
    ]
    assert "words" not in offered(visitor, "ott ")


def test_completions_cooccur_with_the_previous_word(offered, visitor, site_tree):
    _pages(site_tree.home, "Otter pond", "Poetry", "Poetry slam", "Polite requests")
    assert [text for text, _url in offered(visitor, "kind:page Otter po")["words"]] == [
        "kind:page Otter pond"
    ]


@pytest.mark.parametrize(
    ("who", "seen"),
    [("owner", True), ("member", True), ("stranger", False), ("visitor", False)],
)
@pytest.mark.parametrize("typed", ["xyl", "xylophonis", "kettle xyl", SECRET])
def test_a_hidden_word_is_suggested_to_its_group_only(
    everybody, offered, site_tree, who, seen, typed
):
    StandardPageFactory(
        parent=site_tree.group_page, title=f"Kettle {SECRET} plan", slug="plan"
    )
    StandardPageFactory(parent=site_tree.home, title="Kettle", slug="kettle")
    lines = offered(everybody[who], typed)
    assert bool(lines) == seen
    if seen:
        assert [text for text, _url in lines["items"]] == [f"Kettle {SECRET} plan"]


def test_a_page_is_not_suggested_once_it_is_private(
    client_of, offered, visitor, site_tree
):
    page = StandardPageFactory(parent=site_tree.home, title=SECRET, slug="open")
    assert set(offered(visitor, "xylo")) == {"items", "words"}
    restrict_page(page, site_tree.group.group)
    answer = client_of(visitor).get("/search/suggest/", {"q": "xylo"})
    assert SECRET not in answer.content.decode()


def test_the_database_overrules_a_wrong_index(offered, visitor, site_tree):
    StandardPageFactory(parent=site_tree.group_page, title=SECRET, slug="plan")
    actions.apply_changes()
    IndexedItem.objects.update(rule="")
    assert offered(visitor, "xylo") == {}


def test_suggestions_are_escaped(client_of, visitor, site_tree):
    StandardPageFactory(parent=site_tree.home, title="<b>Otter</b>", slug="otter")
    actions.apply_changes()
    answer = client_of(visitor).get("/search/suggest/", {"q": "ott"}).content.decode()
    assert "&lt;b&gt;Otter" in answer
    assert "<b>" not in answer


def test_as_many_queries_for_five_items_as_for_fifty(client_of, visitor, site_tree):
    counts = []
    for size in (5, 50):
        _pages_named(site_tree.home, size)
        actions.apply_changes()
        browser = client_of(visitor)
        browser.get("/search/suggest/", {"q": "quiet ott"})
        with CaptureQueriesContext(connection) as asked:
            browser.get("/search/suggest/", {"q": "quiet ott"})
        counts.append(len(asked))
    assert counts[1] <= counts[0] <= 8


def _pages_named(parent, size):
    for number in range(size):
        StandardPageFactory(
            parent=parent,
            title=f"Quiet otter {size} {number}",
            slug=f"o-{size}-{number}",
        )
