"""What every engine promises, tried on the one of this database."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import engines
from search.engines.base import MARK_END, MARK_START
from search.models import CONCEALED, IndexedItem, ItemFacet
from search.models import Passage as Row
from search.passages import Passage, Place, PlaceKind
from search.query import Sort, parse
from search.registry import FacetValue

PUBLIC = frozenset({""})


def _facet(name, value):
    return FacetValue(name, value, value.title())


def test_words_are_found_whatever_their_ending_case_and_accents(engine, entry, titles):
    engine.index([entry("Métis homes", "Arranging carries for weekends.")])
    for typed in ("metis", "HOME", "carry", "weekend", "arrange"):
        assert titles(typed) == ["Métis homes"], typed


def test_items_with_every_word_come_before_items_with_some(engine, entry, titles):
    engine.index(
        [
            entry("Some", "weekend weekend weekend weekend"),
            entry("All", "There was a long weekend, and the carries were late."),
        ]
    )
    assert titles("weekend carries") == ["All", "Some"]


def test_the_words_of_an_item_may_stand_in_different_passages(engine, entry):
    passages = (Passage("The weekend."), Passage("The carries."))
    engine.index([entry(passages=passages), entry("Only", "weekend")])
    answer = engine.search(parse("weekend carries"), PUBLIC)
    assert (answer.total, answer.strict) == (2, 1)


def test_items_with_some_words_are_left_out_when_enough_have_all(engine, entry):
    engine.index([entry(f"All {n}", "weekend carries") for n in range(12)])
    engine.index([entry("Some", "weekend")])
    assert engine.search(parse("weekend carries"), PUBLIC).total == 12


def test_the_exact_title_comes_first(engine, entry, titles):
    engine.index(
        [
            entry("Housing first and housing last", "housing " * 30),
            entry("Housing, first", "Nothing else."),
            entry("Other", "housing first " * 30),
        ]
    )
    assert titles("housing first")[0] == "Housing, first"


def test_a_word_in_the_title_weighs_more_than_one_in_the_text(engine, entry, titles):
    engine.index([entry("Other", "naloxone here"), entry("Naloxone", "other here")])
    assert titles("naloxone kit")[0] == "Naloxone"


def test_a_phrase_must_stand_together(engine, entry, titles):
    engine.index([entry("One", "the night shift"), entry("Two", "shift the night")])
    assert titles('"night shift"') == ["One"]


def test_an_excluded_word_takes_the_whole_item_away(engine, entry, titles):
    passages = (Passage("tea in the morning"), Passage("coffee at noon"))
    engine.index([entry("Both", passages=passages), entry("Tea", "tea")])
    assert titles("tea -coffee") == ["Tea"]
    assert titles("-coffee") == ["Tea"]


def test_either_word_will_do_with_or(engine, entry, titles):
    engine.index([entry("One", "tea"), entry("Two", "coffee"), entry("Three", "milk")])
    assert sorted(titles("tea OR coffee")) == ["One", "Two"]


@pytest.mark.parametrize(
    "typed", ["a* b", "NEAR(x y)", "title:x", "{x}", "a^2", "x'; DROP", "100%", "a AND"]
)
def test_signs_of_an_engines_own_language_are_mere_words(engine, entry, titles, typed):
    engine.index([entry("One", "tea")])
    titles(typed)


def test_the_best_places_of_an_item_are_shown_with_the_words_marked(engine, entry):
    places = [Place(PlaceKind.SECTION, f"s-{n}", n) for n in range(1, 6)]
    passages = [Passage("about tea", f"Heading {p.number}", p) for p in places]
    passages[2] = Passage("nothing of the sort", "Other", places[2])
    again = Passage("more tea", "Heading 5", places[4])
    engine.index([entry(passages=(*passages, again))])
    (match,) = engine.search(parse("tea"), PUBLIC).matches
    numbers = [snippet.place.number for snippet in match.snippets]
    assert len(numbers) == len(set(numbers)) == 3
    assert numbers == sorted(numbers)
    assert 3 not in numbers
    assert match.snippets[0].text == f"about {MARK_START}tea{MARK_END}"


def test_a_word_of_a_heading_is_marked_there(engine, entry):
    engine.index([entry(passages=(Passage("Some words.", "Weekend carries"),))])
    (match,) = engine.search(parse("carry"), PUBLIC).matches
    assert match.snippets[0].heading == f"Weekend {MARK_START}carries{MARK_END}"


def test_only_rules_that_are_passed_are_found_and_counted(engine, entry):
    engine.index(
        [
            entry("Open", "secret", facets=(_facet("topic", "open"),)),
            entry("Closed", "secret", rule="p7", facets=(_facet("topic", "closed"),)),
        ]
    )
    answer = engine.search(parse("secret"), PUBLIC)
    assert answer.total == 1
    assert [count.value for count in answer.counts["topic"]] == ["open"]
    assert engine.search(parse("secret"), frozenset({"", "p7"})).total == 2
    assert engine.search(parse("secret"), frozenset()).total == 0


def test_few_closed_items_do_not_open_the_door_to_loose_ones(engine, entry):
    """Whether loose hits fill up depends on what the person may see, not on all."""
    engine.index([entry(f"Closed {n}", "tea milk", rule="p7") for n in range(20)])
    engine.index([entry("Open", "tea")])
    assert engine.search(parse("tea milk"), PUBLIC).total == 1


def test_a_facet_is_counted_without_its_own_filter_and_with_the_others(engine, entry):
    for kind, topic in (("guide", "tea"), ("guide", "milk"), ("session", "tea")):
        facets = (_facet("kind", kind), _facet("topic", topic))
        engine.index([entry(text="word", facets=facets)])
    answer = engine.search(parse("word", filters={"kind": ["guide"]}), PUBLIC)
    kinds = {count.value: count.count for count in answer.counts["kind"]}
    topics = {count.value: count.count for count in answer.counts["topic"]}
    assert answer.total == 2
    assert kinds == {"guide": 2, "session": 1}
    assert topics == {"tea": 1, "milk": 1}


def test_values_of_a_facet_are_alternatives_and_facets_add_up(engine, entry, titles):
    for kind, topic in (("guide", "tea"), ("session", "tea"), ("file", "milk")):
        facets = (_facet("kind", kind), _facet("topic", topic))
        engine.index([entry(f"{kind} {topic}", "word", facets=facets)])
    assert len(titles("word", filters={"kind": ["guide", "file"]})) == 2
    both = {"kind": ["guide", "file"], "topic": ["milk"]}
    assert titles("word", filters=both) == ["file milk"]


def test_pages_of_results_follow_one_another(engine, entry, titles):
    engine.index([entry(f"Item {n:02}", "word") for n in range(25)])
    pages = [titles("word", page=n) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({title for page in pages for title in page}) == 25


def test_newest_first_leaves_out_what_lacks_a_word(engine, entry, titles):
    engine.index(
        [
            entry("Old", "tea milk", date="2020-01-01"),
            entry("New", "tea milk", date="2026-01-01"),
            entry("Newest, but of tea alone", "tea", date="2026-11-01"),
            entry("Undated", "tea milk"),
        ]
    )
    assert titles("tea milk", sort=Sort.NEWEST) == ["New", "Old", "Undated"]


def test_without_words_filters_alone_list_the_newest(engine, entry, titles):
    facets = (_facet("kind", "guide"),)
    engine.index(
        [
            entry("Old", facets=facets, date="2020-01-01"),
            entry("New", facets=facets, date="2026-01-01"),
            entry("Other"),
        ]
    )
    assert titles("", filters={"kind": ["guide"]}) == ["New", "Old"]


def test_an_item_indexed_again_is_replaced_whole(engine, entry, titles):
    first = entry("Before", "tea", object_id=1, facets=(_facet("topic", "tea"),))
    assert engine.index([first]) == 1
    assert engine.index([first]) == 0
    assert engine.index([entry("After", "milk", object_id=1)]) == 1
    assert titles("milk") == ["After"]
    assert titles("tea") == []
    assert titles("before") == []
    assert not ItemFacet.objects.exists()


def test_a_concealed_item_comes_back_when_it_is_indexed_again(engine, entry, titles):
    item = entry("One", "tea")
    engine.index([item])
    IndexedItem.objects.update(rule=CONCEALED, digest="")
    assert titles("tea") == []
    engine.index([item])
    assert titles("tea") == ["One"]


def test_what_is_deleted_leaves_no_words_behind(engine, entry, titles):
    engine.index([entry("One", "tea", object_id=1), entry("Two", "tea", object_id=2)])
    assert engine.delete("page", [1, 99]) == 1
    assert titles("tea") == ["Two"]
    assert engine.size().items == 1
    engine.clear()
    assert engine.size() == engines.Size(0, 0)
    assert not Row.objects.exists()


def test_a_very_long_item_is_held_as_far_as_its_passages_reach(engine, entry, titles):
    passages = tuple(Passage(f"word{n}") for n in range(4200))
    engine.index([entry("Long", passages=passages), entry("Next", "word9999")])
    assert titles("word4000") == ["Long"]
    assert titles("word4199") == []
    assert titles("word9999") == ["Next"]


def test_a_set_search_url_is_answered_with_a_sentence(settings):
    settings.SEARCH_URL = "https://search.example.org"
    with pytest.raises(ImproperlyConfigured, match="Leave SEARCH_URL empty"):
        engines.current()
