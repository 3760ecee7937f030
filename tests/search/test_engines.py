"""Guarantees of every engine, tested on the engine of this database."""

import pytest

from search import engines
from search.models import CONCEALED, IndexedItem, ItemFacet
from search.models import Passage as Row
from search.passages import Passage, Place, PlaceKind
from search.query import Sort
from search.registry import FacetValue

PUBLIC = frozenset({""})


def _facet(name, value):
    return FacetValue(name, value, value.title())


def test_words_are_found_whatever_their_ending_case_and_accents(bench, entry):
    bench.index(*[entry("Métis homes", "Arranging carries for weekends.")])
    for typed in ("metis", "HOME", "carry", "weekend", "arrange"):
        assert bench.titles(typed) == ["Métis homes"], typed


def test_items_with_every_word_come_before_items_with_some(bench, entry):
    bench.index(
        entry("Some", "weekend weekend weekend weekend"),
        entry("All", "There was a long weekend, and the carries were late."),
    )
    assert bench.titles("weekend carries") == ["All", "Some"]


def test_the_words_of_an_item_may_stand_in_different_passages(bench, entry):
    passages = (Passage("The weekend."), Passage("The carries."))
    bench.index(entry(passages=passages), entry("Only", "weekend"))
    answer = bench.ask("weekend carries")
    assert (answer.total, answer.strict) == (2, 1)


def test_loose_matches_are_omitted_when_there_are_enough_strict_ones(bench, entry):
    bench.index(*[entry(f"All {n}", "weekend carries") for n in range(12)])
    bench.index(entry("Some", "weekend"))
    assert bench.ask("weekend carries").total == 12


def test_the_exact_title_comes_first(bench, entry):
    bench.index(
        entry("Housing first and housing last", "housing " * 30),
        entry("Housing, first", "Nothing else."),
        entry("Other", "housing first " * 30),
    )
    assert bench.titles("housing first")[0] == "Housing, first"


def test_a_word_in_the_title_weighs_more_than_one_in_the_text(bench, entry):
    bench.index(entry("Other", "naloxone here"), entry("Naloxone", "other here"))
    assert bench.titles("naloxone kit")[0] == "Naloxone"


def test_a_phrase_must_stand_together(bench, entry):
    bench.index(entry("One", "the night shift"), entry("Two", "shift the night"))
    assert bench.titles('"night shift"') == ["One"]


def test_an_excluded_word_excludes_the_whole_item(bench, entry):
    passages = (Passage("tea in the morning"), Passage("coffee at noon"))
    bench.index(entry("Both", passages=passages), entry("Tea", "tea"))
    assert bench.titles("tea -coffee") == ["Tea"]
    assert bench.titles("-coffee") == ["Tea"]


def test_or_finds_either_word(bench, entry):
    bench.index(entry("One", "tea"), entry("Two", "coffee"), entry("Three", "milk"))
    assert sorted(bench.titles("tea OR coffee")) == ["One", "Two"]


@pytest.mark.parametrize(
    "typed", ["a* b", "NEAR(x y)", "title:x", "{x}", "a^2", "x'; DROP", "100%", "a AND"]
)
def test_query_syntax_of_an_engine_is_plain_text(bench, entry, typed):
    bench.index(entry("One", "tea"))
    bench.titles(typed)


def test_the_passages_of_an_item_that_match_are_named(bench, entry):
    places = [Place(PlaceKind.SECTION, f"s-{n}", n) for n in range(1, 6)]
    passages = [Passage("about tea", f"Heading {p.number}", p) for p in places]
    passages[2] = Passage("nothing of the sort", "Other", places[2])
    again = Passage("more tea", "Heading 5", places[4])
    bench.index(entry(passages=(*passages, again)))
    (match,) = bench.ask("tea").matches
    assert len(match.places) == 5
    assert set(match.places) == {2, 3, 5, 6, 7}


def test_a_word_of_a_heading_is_found_in_its_passage(bench, entry):
    bench.index(entry(passages=(Passage("Some words.", "Weekend carries"),)))
    (match,) = bench.ask("carry").matches
    assert match.places == (2,)


def test_only_items_with_a_satisfied_rule_are_found_and_counted(bench, entry):
    bench.index(
        entry("Open", "secret", facets=(_facet("topic", "open"),)),
        entry("Closed", "secret", rule="p7", facets=(_facet("topic", "closed"),)),
    )
    answer = bench.ask("secret")
    assert answer.total == 1
    assert [count.value for count in answer.counts["topic"]] == ["open"]
    assert bench.ask("secret", frozenset({"", "p7"})).total == 2
    assert bench.ask("secret", frozenset()).total == 0


def test_hidden_strict_matches_do_not_suppress_loose_ones(bench, entry):
    """Only visible strict matches count when deciding to add loose ones."""
    bench.index(*[entry(f"Closed {n}", "tea milk", rule="p7") for n in range(20)])
    bench.index(entry("Open", "tea"))
    assert bench.ask("tea milk").total == 1


def test_a_facet_is_counted_without_its_own_filter_and_with_the_others(bench, entry):
    for kind, topic in (("guide", "tea"), ("guide", "milk"), ("session", "tea")):
        facets = (_facet("kind", kind), _facet("topic", topic))
        bench.index(entry(text="word", facets=facets))
    answer = bench.ask("word", filters={"kind": ["guide"]})
    kinds = {count.value: count.count for count in answer.counts["kind"]}
    topics = {count.value: count.count for count in answer.counts["topic"]}
    assert answer.total == 2
    assert kinds == {"guide": 2, "session": 1}
    assert topics == {"tea": 1, "milk": 1}


def test_an_item_that_fails_two_filters_counts_for_no_facet(bench, entry):
    wanted = [("guide", "tea", "en"), ("guide", "milk", "en"), ("file", "tea", "en")]
    for kind, topic, language in [*wanted, ("file", "milk", "fr")]:
        facets = (
            _facet("kind", kind),
            _facet("topic", topic),
            _facet("language", language),
        )
        bench.index(entry(text="word", facets=facets))
    answer = bench.ask("word", filters={"kind": ["guide"], "topic": ["tea"]})
    counts = {
        name: {count.value: count.count for count in counted}
        for name, counted in answer.counts.items()
    }
    assert answer.total == 1
    assert counts["kind"] == {"guide": 1, "file": 1}
    assert counts["topic"] == {"tea": 1, "milk": 1}
    assert counts["language"] == {"en": 1}, "not of items that a filter excludes"


def test_values_of_a_facet_are_alternatives_and_facets_add_up(bench, entry):
    for kind, topic in (("guide", "tea"), ("session", "tea"), ("file", "milk")):
        facets = (_facet("kind", kind), _facet("topic", topic))
        bench.index(entry(f"{kind} {topic}", "word", facets=facets))
    assert len(bench.titles("word", filters={"kind": ["guide", "file"]})) == 2
    both = {"kind": ["guide", "file"], "topic": ["milk"]}
    assert bench.titles("word", filters=both) == ["file milk"]


def test_pages_of_results_follow_one_another(bench, entry):
    bench.index(*[entry(f"Item {n:02}", "word") for n in range(25)])
    pages = [bench.titles("word", page=n) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({title for page in pages for title in page}) == 25


def test_newest_first_omits_items_without_every_word(bench, entry):
    bench.index(
        entry("Old", "tea milk", date="2020-01-01"),
        entry("New", "tea milk", date="2026-01-01"),
        entry("Newest, but of tea alone", "tea", date="2026-11-01"),
        entry("Undated", "tea milk"),
    )
    assert bench.titles("tea milk", sort=Sort.NEWEST) == ["New", "Old", "Undated"]


def test_without_words_filters_alone_list_the_newest(bench, entry):
    facets = (_facet("kind", "guide"),)
    bench.index(
        entry("Old", facets=facets, date="2020-01-01"),
        entry("New", facets=facets, date="2026-01-01"),
        entry("Other"),
    )
    assert bench.titles("", filters={"kind": ["guide"]}) == ["New", "Old"]


def test_a_filter_by_date_excludes_the_day_itself(bench, entry):
    bench.index(
        entry("Old", "tea", date="2025-12-31"),
        entry("That day", "tea", date="2026-01-01"),
        entry("New", "tea", date="2026-01-02"),
        entry("Undated", "tea"),
    )
    assert bench.titles("tea before:2026-01-01") == ["Old"]
    assert bench.titles("tea after:2026-01-01") == ["New"]


def test_an_item_indexed_again_is_replaced_whole(bench, entry):
    first = entry("Before", "tea", object_id=1, facets=(_facet("topic", "tea"),))
    assert len(bench.index(first)) == 1
    assert bench.index(first) == []
    assert len(bench.index(entry("After", "milk", object_id=1))) == 1
    assert bench.titles("milk") == ["After"]
    assert bench.titles("tea") == []
    assert bench.titles("before") == []
    assert not ItemFacet.objects.exists()


def test_a_concealed_item_comes_back_when_it_is_indexed_again(bench, entry):
    item = entry("One", "tea")
    bench.index(item)
    IndexedItem.objects.update(rule=CONCEALED, digest="")
    assert bench.titles("tea") == []
    bench.index(item)
    assert bench.titles("tea") == ["One"]


def test_a_deleted_item_leaves_no_terms(bench, entry):
    bench.index(entry("One", "tea", object_id=1), entry("Two", "tea", object_id=2))
    assert [change.key.object_id for change in bench.delete(1, 99)] == [1]
    assert bench.titles("tea") == ["Two"]
    assert bench.engine.size(1).items == 1
    bench.drop()
    assert bench.engine.size(1) == engines.Size(0, 0)
    assert not Row.objects.exists()


def test_a_very_long_item_is_indexed_up_to_the_last_passage(bench, entry):
    passages = tuple(Passage(f"word{n}") for n in range(4200))
    bench.index(entry("Long", passages=passages), entry("Next", "word9999"))
    assert bench.titles("word4000") == ["Long"]
    assert bench.titles("word4199") == []
    assert bench.titles("word9999") == ["Next"]
