"""Guarantees of the embedded engines beyond those of every engine."""

import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction

from search import actions, engines
from search.actions import locks
from search.models import CONCEALED, Generation, IndexChange, IndexedItem
from search.passages import Passage
from search.query import expand, parse
from search.registry import FacetValue
from tests.search.conftest import Bench


def _facet(name, value):
    return FacetValue(name, value, value.title())


@pytest.fixture
def bench(db):
    return Bench(engines.embedded())


def test_writes_are_rolled_back_with_their_transaction(bench, entry):
    bench.index(entry("One", "tea"))
    before = Generation.objects.values().get(number=1)
    with transaction.atomic():
        bench.index(entry("Two", "tea milk"))
        bench.delete(1)
        transaction.set_rollback(True)
    assert bench.titles("tea milk") == ["One"]
    assert Generation.objects.values().get(number=1) == before


def test_the_size_is_updated_with_each_write(bench, entry):
    long = entry("Tea", passages=(Passage("black tea"), Passage("milk")), object_id=1)
    bench.index(long, entry("Empty", object_id=2))
    bench.index(replace(long, passages=(Passage("green tea, much of it"),)))
    bench.delete(2)
    held = Generation.objects.get(number=1)
    assert (held.items, held.passages) == (1, 2)
    assert held.words == len(["tea", "tea", "tea", "green", "tea", "much"])
    bench.delete(1)
    held.refresh_from_db()
    assert (held.items, held.passages, held.words) == (0, 0, 0)


def test_a_generation_answers_before_and_after_it_is_optimized(bench, entry):
    later = Bench(bench.engine, generation=2)
    later.engine.create(2)
    later.index(entry("One", "tea", object_id=1), entry("Two", "tea", object_id=2))
    later.delete(2)
    assert later.titles("tea") == ["One"]
    later.engine.optimize(2)
    later.engine.optimize(2)
    assert later.titles('tea "tea"') == ["One"]
    later.index(entry("Three", "tea", object_id=1))
    assert later.titles("tea") == ["Three"]
    assert bench.titles("tea") == []


def test_tables_that_were_only_partly_created_are_completed(bench, entry):
    with transaction.atomic():
        bench.engine.create(2)
        transaction.set_rollback(True)
    with transaction.atomic():
        bench.index(entry("One", "tea"))
        bench.drop()
        transaction.set_rollback(True)
    later = Bench(bench.engine, generation=2)
    later.engine.create(2)
    later.index(entry("Two", "tea"))
    assert later.titles("tea") == ["Two"]
    assert bench.titles("tea") == []


def test_a_phrase_may_be_made_of_common_words_alone(bench, entry):
    bench.index(entry("One", "Who are you to me?"), entry("Two", "You are who I am."))
    assert bench.titles('"who are you"') == ["One"]


def test_a_phrase_does_not_reach_from_one_passage_into_the_next(bench, entry):
    bench.index(entry("One", passages=(Passage("the night"), Passage("shift ends"))))
    assert bench.titles('"night shift"') == []


def test_a_prefix_finds_all_words_that_begin_with_it(bench, entry):
    bench.index(entry("One", "naloxone kits"), entry("Two", "a nap at 2pm"))
    assert bench.titles("nalo*") == ["One"]
    assert bench.titles("2p*") == ["Two"]
    (match,) = bench.ask("nalo*").matches
    assert match.places == (2,)


def test_two_words_of_a_synonym_must_occur_in_one_passage(bench, entry):
    query = expand(parse("oat"), [("OAT", "opioid agonist")])
    apart = (Passage("opioid"), Passage("agonist"))
    together = (Passage("nothing"), Passage("agonist for an opioid"))
    bench.index(entry("Apart", passages=apart), entry("One", passages=together))
    answer = bench.engine.search(query, frozenset({""}), generation=1)
    assert [match.places for match in answer.matches] == [(3,)]


def test_a_passage_with_more_of_the_word_comes_first(bench, entry):
    rest = "and so much else that is said of the day " * 3
    few, many = Passage(f"tea {rest}"), Passage(f"tea {rest} tea tea tea")
    bench.index(entry(passages=(few, many)), entry("Other", "milk"))
    (match,) = bench.ask("tea").matches
    assert match.places == (3, 2)


@pytest.mark.parametrize("often", [1, 200, 40_000])
def test_a_word_repeated_very_often_is_indexed(bench, entry, often):
    bench.index(entry("One", passages=(Passage("tea " * often),)))
    assert bench.titles("tea") == ["One"]


def test_control_characters_in_a_text_are_harmless(bench, entry):
    odd = "\x00\x02 te\x00a \\N \t{}',\" \U0001f642 \u202eabc\ufeff"
    facets = (_facet("topic", "a\\b"),)
    bench.index(entry(f"One {odd}", odd, facets=facets))
    assert bench.titles("abc") != []
    assert bench.titles("tea", filters={"topic": ["\x00"]}) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection to a memory")
def test_a_search_does_not_wait_for_a_writer(bench, entry):
    """A writer on another connection holds an open transaction."""
    bench.index(entry("One", "tea"))
    written, asked = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            bench.index(entry("Two", "tea"))
            bench.delete(1)
            written.set()
            asked.wait(20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(20)
        assert bench.titles("tea") == ["One"]
    finally:
        asked.set()
        writer.join()
    assert bench.titles("tea") == ["Two"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection to a memory")
def test_a_write_waits_for_an_open_privacy_change(bench, entry):
    bench.index(entry("Secret plan", object_id=1))
    item = IndexedItem.objects.filter(source="page", object_id=1)
    concealed, seen = threading.Event(), threading.Event()

    def conceal():
        with transaction.atomic():
            actions.conceal(source="page", object_ids=[1])
            concealed.set()
            seen.wait(1)  # nobody can tell: whoever writes the item waits meanwhile
        connection.close()

    editor = threading.Thread(target=conceal)
    editor.start()
    assert concealed.wait(20)
    with transaction.atomic():
        locks.lock_items("page", [1])
        rules = list(item.values_list("rule", flat=True))
        noted = IndexChange.objects.filter(object_id=1).exists()
    editor.join()
    assert (rules, noted) == ([CONCEALED], True)


def test_a_phrase_with_a_character_that_folds_to_nothing_is_found(bench, entry):
    bench.index(entry("Night shift"))
    assert bench.titles('"night \u037a shift"') == ["Night shift"]


def test_a_very_long_term_stays_within_the_limits_of_an_engine(bench, entry):
    bench.index(entry("Night shift"))
    bench.ask("https://example.org/" + "-".join(f"shift{n}" for n in range(40)))
    assert bench.titles(" ".join(f"a{n}-b{n}-c{n}-d{n}" for n in range(40))) == []
