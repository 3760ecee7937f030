"""A secret word of one group is revealed to nobody else.

Neither by a hit, a count, a facet or a filter, on any engine.
"""

import pytest
from wagtail.models import Collection, PageViewRestriction

from files.models import DocumentText
from search import actions
from search.models import IndexedItem
from search.query import parse
from search.results import Results
from tests.factories import (
    DocumentFactory,
    StandardPageFactory,
    TopicFactory,
    WorkingGroupFactory,
    restrict_collection,
    restrict_page,
    text,
)

SECRET = "xylophonist"  # noqa: S105  (a word, not a key)
LOOSE = f"{SECRET} kettle"

pytestmark = pytest.mark.usefixtures("on_every_engine")


@pytest.fixture
def secret_page(site_tree):
    return StandardPageFactory(
        parent=site_tree.group_page,
        title=f"The {SECRET} plan",
        slug="plan",
        body=[text(f"Our {SECRET} meets on Thursdays.")],
        topics=[TopicFactory(name="Hidden music")],
    )


@pytest.fixture
def secret_file(site_tree):
    document = DocumentFactory(
        title=f"{SECRET} notes", collection=site_tree.group_folder
    )
    DocumentText.objects.create(document=document, number=1, text=f"the {SECRET}")
    return document


@pytest.fixture
def everybody(owner, member, stranger, visitor):
    return {"owner": owner, "member": member, "stranger": stranger, "visitor": visitor}


@pytest.mark.parametrize(
    ("who", "seen"), [("owner", 2), ("member", 2), ("stranger", 0), ("visitor", 0)]
)
@pytest.mark.usefixtures("secret_page", "secret_file")
def test_only_the_group_finds_its_secret(everybody, find, who, seen):
    results = find(everybody[who], SECRET)
    assert results.total == len(results[:]) == seen
    assert bool(results.facets) == bool(seen)


@pytest.mark.parametrize("who", ["stranger", "visitor"])
@pytest.mark.usefixtures("secret_page", "secret_file")
def test_no_facet_and_no_filter_tells_others_of_it(everybody, find, who):
    for typed, filters in (
        (LOOSE, {}),
        (f"kettle -{SECRET}", {}),
        ("", {"topic": ["hidden-music"]}),
        (SECRET, {"kind": ["page", "file"]}),
    ):
        results = find(everybody[who], typed, filters=filters)
        shown = [choice for facet in results.facets for choice in facet.choices]
        assert all(choice.count == 0 for choice in shown if "music" in choice.value)
        assert SECRET not in "".join(hit.title + hit.summary for hit in results[:])


@pytest.mark.parametrize("who", ["stranger", "visitor"])
@pytest.mark.usefixtures("secret_page", "secret_file")
def test_the_page_is_the_same_as_for_a_word_that_nobody_wrote(
    everybody, client_of, find, who
):
    user = everybody[who]
    find(user)
    browser = client_of(user)
    pages = [
        browser.get("/search/", {"q": word}).content.decode().replace(word, "…")
        for word in (SECRET, "qwertyuiop")
    ]
    assert pages[0] == pages[1]


def test_a_page_made_private_is_hidden_before_the_index_knows(
    find, visitor, member, site_tree
):
    page = StandardPageFactory(parent=site_tree.home, title=SECRET, slug="open")
    assert find(visitor, SECRET).total == 1
    restrict_page(page, site_tree.group.group)
    waiting = Results(parse(SECRET), visitor)
    assert (waiting.total, waiting[:], waiting.facets) == (0, [], [])
    assert find(visitor, SECRET).total == 0
    assert find(member, SECRET).total == 1


def test_a_section_made_private_leaves_all_counts_before_the_index_knows(
    find, visitor, site_tree
):
    """More pages than a page of results shows: the rest is counted by the index alone."""
    above = StandardPageFactory(parent=site_tree.home, title=SECRET, slug="open")
    for number in range(24):
        StandardPageFactory(parent=above, title=f"{SECRET} {number}")
    assert find(visitor, SECRET).total == 25
    restrict_page(above, site_tree.group.group)
    waiting = Results(parse(SECRET), visitor)
    assert (waiting.total, waiting[:], waiting.facets) == (0, [], [])


def test_a_restriction_above_holds_below_and_lifting_it_opens_again(
    find, visitor, secret_page, site_tree
):
    assert find(visitor, SECRET).total == 0
    PageViewRestriction.objects.filter(page=site_tree.group_page).first().delete()
    assert find(visitor, SECRET).total == 1


def test_restrictions_add_up(find, member, secret_page):
    other = WorkingGroupFactory(name="Day shifts")
    restrict_page(secret_page, other.group)
    assert find(member, SECRET).total == 0


def test_a_collection_made_private_hides_its_files_at_once(
    find, visitor, member, site_tree
):
    DocumentFactory(title=SECRET)
    assert find(visitor, SECRET).total == 1
    restrict_collection(Collection.get_first_root_node(), site_tree.group.group)
    assert find(visitor, SECRET).total == 0


def test_a_stale_rule_in_the_index_is_overruled_by_the_database(
    find, visitor, secret_page
):
    actions.apply_changes()
    IndexedItem.objects.update(rule="")
    results = find(visitor, SECRET)
    assert (results.total, results[:]) == (0, [])
