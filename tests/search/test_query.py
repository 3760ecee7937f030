"""Reading what a person typed."""

import pytest

from search.query import Clause, Query, Term, expand, fold, parse


def _words(query: Query) -> list[list[str]]:
    """Each clause with the texts of its readings."""
    return [[" ".join(t.text for t in r) for r in c.readings] for c in query.clauses]


@pytest.mark.parametrize(
    ("typed", "clauses", "excluded"),
    [
        ("carries weekend", [["carries"], ["weekend"]], []),
        ("carries over the weekend", [["carries"], ["over"], ["weekend"]], []),
        ('"night shift" tea', [["night shift"], ["tea"]], []),
        ("“night shift”", [["night shift"]], []),
        ("tea -coffee", [["tea"]], ["coffee"]),
        ('tea -"black coffee"', [["tea"]], ["black coffee"]),
        ("tea OR coffee milk", [["tea", "coffee"], ["milk"]], []),
        ("well-being", [["well-being"]], []),
        ("tea tea", [["tea"]], []),
    ],
)
def test_words_phrases_exclusions_and_alternatives_are_told_apart(
    typed, clauses, excluded
):
    query = parse(typed)
    assert _words(query) == clauses
    assert [term.text for term in query.excluded] == excluded


@pytest.mark.parametrize(
    "typed", ['"', "-", "OR", "OR OR", '""', '-""', "… ? !", "()*:^", " "]
)
def test_signs_alone_ask_for_nothing(typed):
    assert parse(typed).is_blank


def test_a_lone_quotation_mark_begins_a_phrase_that_ends_with_the_text():
    assert _words(parse('tea "night shift')) == [["tea"], ["night shift"]]


def test_stop_words_count_when_nothing_else_was_asked():
    assert _words(parse("to be or not to be")) == [["to"], ["be"], ["or"], ["not"]]


def test_a_phrase_keeps_its_stop_words():
    assert parse('"the first night"').clauses == (
        Clause(((Term("the first night", exact=True),),)),
    )


def test_a_very_long_question_is_cut():
    query = parse("word " * 500)
    assert len(query.text) <= 300
    assert len(parse(" ".join(f"w{n}" for n in range(99))).clauses) == 16


def test_synonyms_become_further_readings():
    query = expand(parse("weekend carry"), [("Carries", "take-home doses")])
    assert _words(query) == [["weekend"], ["carry", "take-home doses"]]


def test_several_words_can_have_a_synonym_of_one():
    query = expand(parse("take home doses now"), [("Carries", "take-home doses")])
    assert _words(query) == [["take home doses", "Carries"], ["now"]]


def test_a_phrase_in_quotation_marks_is_taken_at_its_word():
    assert _words(expand(parse('"carries"'), [("Carries", "doses")])) == [["carries"]]


def test_folding_takes_away_case_accents_and_signs():
    assert fold("Métis  Homes: a guide!") == "metis homes a guide"


def test_filters_without_values_are_none():
    assert parse("tea", filters={"kind": [], "topic": ["a", "a"]}).filters == {
        "topic": ("a",)
    }
