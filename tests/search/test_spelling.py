"""Spelling corrections from words that the user may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import actions
from search.access import rules_passed_by
from search.engines import Lexicon
from search.models import IndexedItem, Word
from search.query import parse
from search.spelling import corrections, did_you_mean
from tests.factories import StandardPageFactory, restrict_page, text
from tests.remote import catch_up

from .conftest import PUBLIC

SECRET = "xylophonist"  # noqa: S105  (a word, not a key)
TYPO = "xylophonsit"


@pytest.fixture
def library(bench, entry):
    """Ten items about naloxone at night shifts, and one each about what is near to it."""
    bench.index(
        *(
            entry("Naloxone on the night shift", "Keep the household calm.")
            for _ in range(10)
        ),
        *(entry("Policy form", "Send the form from the house.") for _ in range(10)),
        *(entry("Plain language", "Write in plain language.") for _ in range(6)),
        entry("A plan", "We hold a plane and a language."),
    )
    return bench


@pytest.fixture
def everybody(owner, member, stranger, visitor):
    return {"owner": owner, "member": member, "stranger": stranger, "visitor": visitor}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("naloxnoe", "naloxone"),  # transposed
        ("naloxne", "naloxone"),  # missing
        ("nalloxone", "naloxone"),  # doubled
        ("nakoxone", "naloxone"),  # adjacent key
        ("naloksne", "naloxone"),  # two edits
        ("nightshift", "night shift"),
        ("house hold", "household"),
        ("plian languge", "plain language"),
    ],
)
@pytest.mark.usefixtures("library")
def test_a_query_is_corrected(typed, meant):
    assert corrections(typed, PUBLIC)[0] == meant


@pytest.mark.parametrize(
    "typed",
    ["naloxone", "night shift", "the", "", "kind:guide", "2026", "-nalxone", "nalox*"],
)
@pytest.mark.usefixtures("library")
def test_a_correct_query_is_unchanged(typed):
    assert corrections(typed, PUBLIC) == []


def test_the_neighbour_decides_between_two_candidates(library):
    assert corrections("plai language", PUBLIC)[0] == "plain language"
    assert corrections("hpuse form", PUBLIC)[0] == "house form"


def test_a_known_word_is_replaced_by_one_that_occurs_beside_its_neighbour(bench, entry):
    bench.index(
        *(entry("Trail mix") for _ in range(8)),
        *(entry("A court trial") for _ in range(8)),
    )
    assert corrections("court trail", PUBLIC) == ["court trial"]
    assert corrections("trail", PUBLIC) == corrections("trail mix", PUBLIC) == []


def test_text_around_the_words_is_unchanged(library):
    typed = 'kind:guide "nigth shift" OR  Naloxne -nalxone before:2026 shfit'
    assert corrections(typed, PUBLIC)[0] == (
        'kind:guide "night shift" OR  Naloxone -nalxone before:2026 shift'
    )


def test_a_suggestion_has_all_words_of_what_is_found(library, visitor, site_tree):
    StandardPageFactory(parent=site_tree.home, title="Otter", slug="otter")
    StandardPageFactory(parent=site_tree.home, title="Heron", slug="heron")
    catch_up()
    assert did_you_mean(parse("oter"), visitor).text == "otter"
    assert did_you_mean(parse("oter heronn"), visitor) is None, "nothing has both"
    assert did_you_mean(parse("oter kind:none"), visitor) is None, "filters hold"
    # These items stand in the index, and not in the database.
    assert corrections("nalxone", PUBLIC)
    assert did_you_mean(parse("nalxone"), visitor) is None


@pytest.mark.parametrize(
    ("who", "meant"),
    [("owner", SECRET), ("member", SECRET), ("stranger", None), ("visitor", None)],
)
def test_only_the_group_gets_its_secret_word(
    everybody, client_of, site_tree, who, meant
):
    StandardPageFactory(parent=site_tree.group_page, title=SECRET, slug="plan")
    actions.apply_changes()
    user = everybody[who]
    better = did_you_mean(parse(TYPO), user)
    assert (better and better.text) == meant
    assert (corrections(TYPO, rules_passed_by(user)) == [SECRET]) == bool(meant)
    page = client_of(user).get("/search/", {"q": TYPO}).content.decode()
    assert (SECRET in page) == bool(meant)


@pytest.mark.parametrize("who", ["stranger", "visitor"])
def test_hidden_words_do_not_influence_corrections(
    everybody, bench, entry, site_tree, who
):
    """Of two near words the one is meant that stands beside the other in a hidden page."""
    StandardPageFactory(
        parent=site_tree.group_page, title="Quiet otter", slug="x", body=[text("otter")]
    )
    for number, word in enumerate(("otters", "otto", "quiet")):
        page = StandardPageFactory(parent=site_tree.home, title=word, slug=f"p{number}")
        assert page.live
    rules = rules_passed_by(everybody[who])
    actions.apply_changes()
    with_secret = corrections("quiet ottr", rules)
    site_tree.group_page.get_children().get(slug="x").specific.delete()
    actions.apply_changes()
    assert corrections("quiet ottr", rules) == with_secret


def test_words_of_a_page_disappear_when_it_becomes_private(visitor, member, site_tree):
    page = StandardPageFactory(parent=site_tree.home, title=SECRET, slug="open")
    actions.apply_changes()
    assert corrections(TYPO, rules_passed_by(visitor)) == [SECRET]
    restrict_page(page, site_tree.group.group)
    assert corrections(TYPO, rules_passed_by(visitor)) == []
    actions.apply_changes()
    assert corrections(TYPO, rules_passed_by(visitor)) == []
    assert corrections(TYPO, rules_passed_by(member)) == [SECRET]


def test_a_word_of_many_items_stays_known_when_one_is_concealed(bench, entry):
    bench.index(*(entry("Naloxone") for _ in range(3)), entry("Otter"))
    hidden = IndexedItem.objects.filter(title="Naloxone").order_by("pk")[:1]
    IndexedItem.objects.filter(pk__in=hidden).update(rule="concealed")
    assert Lexicon(PUBLIC).counts(["naloxone", "otter"]) == {"naloxone": 2}


def test_word_counts_follow_every_change(bench, entry):
    first, second = entry("Otter otter"), entry("Otter", rule="p1")
    bench.index(first, second)
    assert dict(Word.objects.filter(word="otter").values_list("rule", "items")) == {
        "": 1,
        "p1": 1,
    }
    bench.index(entry("Heron", object_id=first.object_id))
    bench.delete(second.object_id)
    assert not Word.objects.filter(word="otter", items__gt=0).exists()
    assert Lexicon(frozenset({"", "p1"})).starting_with("o") == {}


def test_counts_are_the_same_after_a_rebuild(site_tree):
    actions.apply_changes()
    before = set(Word.objects.filter(items__gt=0).values_list("word", "rule", "items"))
    actions.rebuild()
    assert before
    assert set(Word.objects.values_list("word", "rule", "items")) == before


def test_the_page_offers_a_correction_when_results_are_few(
    client_of, visitor, site_tree
):
    actions.apply_changes()
    page = client_of(visitor).get("/search/", {"q": "kind:guide nihgt"})
    assert 'Did you mean <a href="?q=night&amp;kind=guide">' in page.content.decode()
    page = client_of(visitor).get("/search/", {"q": "night"})
    assert "Did you mean" not in page.content.decode()


@pytest.mark.usefixtures("library")
def test_a_correction_costs_as_many_queries_for_a_large_library(bench, entry):
    counts = []
    for _ in range(2):
        assert corrections("plian languge naloxnoe", PUBLIC)
        with CaptureQueriesContext(connection) as asked:
            corrections("plian languge naloxnoe", PUBLIC)
        counts.append(len(asked))
        bench.index(*(entry(f"Plain plans for language {n}") for n in range(60)))
    assert counts[0] == counts[1] <= 4


def test_an_item_with_an_excluded_word_does_not_count_as_a_result(visitor, site_tree):
    body = [text("It comes with a re-entry, and a bar baz.")]
    StandardPageFactory(parent=site_tree.home, title=SECRET, body=body)
    catch_up()
    better = did_you_mean(parse(f"{TYPO} -heron"), visitor)
    assert better.text == f"{SECRET} -heron"
    for unwanted in ('-heron -"bar baz"', "-re-entry", '-"bar baz" -heron'):
        assert did_you_mean(parse(f"{TYPO} {unwanted}"), visitor) is None
