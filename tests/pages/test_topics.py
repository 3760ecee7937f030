"""Topics: the tree, slugs, synonyms, and their pages."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from pages.models import Audience, Topic, TopicTree
from pages.models.edit_form import in_tree_order
from pages.models.topics import INDENT
from tests.factories import ResourcePageFactory, TopicFactory, restrict_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db: None) -> dict[str, Topic]:
    """Two main topics; Night has Handover, which has Keys."""
    night = TopicFactory(name="Night")
    food = TopicFactory(name="Food")
    handover = TopicFactory(name="Handover", parent=night)
    keys = TopicFactory(name="Keys", parent=handover)
    return {"night": night, "food": food, "handover": handover, "keys": keys}


def test_a_topic_gets_its_slug_from_its_name() -> None:
    topic = TopicFactory(name="Harm reduction & care")
    assert topic.slug == "harm-reduction-care"
    assert topic.get_absolute_url() == "/topics/harm-reduction-care/"


def test_renaming_a_topic_keeps_its_url() -> None:
    topic = TopicFactory(name="Night")
    topic.name = "Nights"
    topic.save()
    assert topic.slug == "night"


def test_an_audience_gets_its_slug_from_its_name() -> None:
    audience = Audience.objects.create(name="Night staff")
    assert (audience.slug, str(audience)) == ("night-staff", "Night staff")


def test_synonyms_are_lines_without_blanks() -> None:
    topic = TopicFactory(name="OAT", synonyms=" methadone \n\nSuboxone\n   \n")
    assert topic.synonym_list == ["methadone", "Suboxone"]


def test_the_tree_is_walked_parents_first_in_the_order_of_names(tree: Any) -> None:
    walked = [(topic.name, depth) for topic, depth in TopicTree.load().walk()]
    assert walked == [("Food", 0), ("Night", 0), ("Handover", 1), ("Keys", 2)]


def test_a_topic_includes_all_topics_below_it(tree: dict[str, Topic]) -> None:
    loaded = TopicTree.load()
    keys = {loaded.with_descendants(tree["night"])[0]}
    assert keys == {tree["night"].pk}
    assert set(loaded.with_descendants(tree["night"])) == {
        tree["night"].pk,
        tree["handover"].pk,
        tree["keys"].pk,
    }
    assert loaded.with_descendants(tree["food"]) == [tree["food"].pk]


def test_the_tree_costs_one_query(tree: Any, count_queries: Any) -> None:
    with count_queries() as asked:
        loaded = TopicTree.load()
        list(loaded.walk())
        loaded.options()
        loaded.roots()
    assert len(asked) == 1


def test_options_are_indented_by_their_depth(tree: Any) -> None:
    assert TopicTree.load().options() == [
        ("food", "Food", 0),
        ("night", "Night", 0),
        ("handover", "Handover", 1),
        ("keys", "Keys", 2),
    ]


def test_choices_of_a_form_come_in_tree_order_after_the_empty_one(tree: Any) -> None:
    choices = [("", "---")] + [(topic.pk, topic.name) for topic in tree.values()]
    labels = [label for _key, label in in_tree_order(choices)]
    assert labels == [
        "---",
        "Food",
        "Night",
        f"{INDENT}Handover",
        f"{INDENT * 2}Keys",
    ]


def test_a_topic_cannot_belong_to_itself_or_to_one_below_it(tree: Any) -> None:
    tree["night"].parent = tree["keys"]
    with pytest.raises(ValidationError, match="a topic below it"):
        tree["night"].clean()
    tree["food"].parent = tree["food"]
    with pytest.raises(ValidationError):
        tree["food"].clean()
    tree["food"].parent = None
    tree["keys"].parent = tree["food"]
    tree["keys"].clean()


def test_the_database_refuses_a_topic_that_is_its_own_parent(tree: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=tree["food"].pk).update(parent=tree["food"])


def test_a_topic_with_topics_below_it_cannot_be_deleted(tree: Any) -> None:
    with pytest.raises(ProtectedError):
        tree["night"].delete()


def counts(client: Any) -> dict[str, str]:
    soup = BeautifulSoup(client.get("/topics/").content, "html.parser")
    found = {}
    for link in soup.select(".topic a"):
        number = link.find_next("span", class_="num")
        found[link.get_text()] = number.get_text() if number else ""
    return found


def test_the_overview_counts_pages_of_a_topic_and_below(
    client: Any, site_tree: Any, tree: dict[str, Topic]
) -> None:
    ResourcePageFactory(parent=site_tree.library, topics=[tree["night"]])
    ResourcePageFactory(parent=site_tree.library, topics=[tree["handover"]])
    restrict_page(ResourcePageFactory(parent=site_tree.library, topics=[tree["food"]]))
    shown = counts(client)
    assert (shown["Night"], shown["Handover"], shown["Food"]) == ("2", "1", "0")


def test_members_see_more_of_a_topic_than_visitors(
    client: Any, client_of: Any, member: Any, site_tree: Any, tree: dict[str, Topic]
) -> None:
    page = ResourcePageFactory(
        parent=site_tree.library, title="For members", topics=[tree["keys"]]
    )
    restrict_page(page)
    assert "For members" not in client.get("/topics/night/").content.decode()
    assert "For members" in client_of(member).get("/topics/night/").content.decode()


def test_a_topic_page_links_to_its_parent_and_to_topics_below(
    client: Any, site_tree: Any, tree: Any
) -> None:
    soup = BeautifulSoup(client.get("/topics/handover/").content, "html.parser")
    links = [each["href"] for each in soup.select("main a[href]")]
    assert "/topics/night/" in links
    assert "/topics/keys/" in links


def test_an_unknown_topic_is_404(client: Any, site_tree: Any) -> None:
    assert client.get("/topics/nothing/").status_code == 404


def test_an_overview_without_topics_says_so(client: Any, db: None) -> None:
    assert "No topics yet" in client.get("/topics/").content.decode()
