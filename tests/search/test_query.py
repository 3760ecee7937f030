"""Parsing of queries, and their expansion by synonyms."""

import datetime as dt

import pytest

from search.analysis import fold, tokens, words
from search.query import Clause, Query, Term, expand, parse


def _words(query: Query) -> list[list[str]]:
    """Each clause with the texts of its readings."""
    return [[" ".join(t.text for t in r) for r in c.variants] for c in query.clauses]


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
def test_words_phrases_exclusions_and_alternatives_are_parsed(typed, clauses, excluded):
    query = parse(typed)
    assert _words(query) == clauses
    assert [term.text for term in query.excluded] == excluded


@pytest.mark.parametrize(
    "typed", ['"', "-", "OR", "OR OR", '""', '-""', "… ? !", "()*:^", " "]
)
def test_punctuation_alone_is_an_empty_query(typed):
    assert parse(typed).is_blank


def test_a_missing_quotation_mark_is_explained():
    query = parse('tea "night shift')
    assert _words(query) == [["tea"], ["night"], ["shift"]]
    assert "closing quotation mark is missing" in query.warnings[0]


@pytest.mark.parametrize(
    ("typed", "words", "told"),
    [
        ("tea OR", [["tea"]], "There is nothing after"),
        ("OR tea", [["tea"]], "There is nothing before"),
        ("tea NOT milk", [["tea"], ["milk"]], "minus"),
        ("tea before:soon", [["tea"], ["before:soon"]], "Write before:2026"),
        ("tea before:2026-13", [["tea"], ["before:2026-13"]], "not a date"),
    ],
)
def test_a_mistake_is_explained_and_searched_for_as_words(typed, words, told):
    query = parse(typed)
    assert _words(query) == words
    (warning,) = query.warnings
    assert told in warning


@pytest.mark.parametrize("typed", ["tea", '"tea"', "tea OR milk", "12:30", "a AND b"])
def test_what_is_understood_needs_no_explanation(typed):
    assert parse(typed).warnings == ()


def test_filters_and_days_can_be_typed():
    query = parse('kind:guide topic:"harm reduction" before:2026 after:2024-02 tea')
    assert _words(query) == [["tea"]]
    assert query.words == "tea"
    assert query.filters == {"kind": ("guide",), "topic": ("harm reduction",)}
    assert query.before == dt.date(2026, 1, 1)
    assert query.after == dt.date(2024, 2, 29)
    assert not parse("after:2024").is_blank


def test_typed_filters_add_to_those_that_are_ticked():
    query = parse("kind:guide", filters={"kind": ["file"], "topic": ["a"]})
    assert query.filters == {"kind": ("file", "guide"), "topic": ("a",)}


def test_a_word_with_a_star_is_a_prefix():
    (clause,) = parse("hous*").clauses
    assert clause.terms == (Term("hous", prefix=True),)
    assert _words(parse("h*")) == [["h*"]], "too short to tell anything"


def test_stop_words_count_when_nothing_else_was_asked():
    assert _words(parse("to be or not to be")) == [["to"], ["be"], ["or"], ["not"]]


def test_a_phrase_keeps_its_stop_words():
    assert parse('"the first night"').clauses == (
        Clause(((Term("the first night", exact=True),),), required=True),
    )


def test_a_very_long_query_is_truncated():
    query = parse("word " * 500)
    assert len(query.text) <= 500
    assert len(parse(" ".join(f"w{n}" for n in range(99))).clauses) == 32


def test_synonyms_become_further_variants():
    query = expand(parse("weekend carry"), [("Carries", "take-home doses")])
    assert _words(query) == [["weekend"], ["carry", "take-home doses"]]


def test_several_words_can_have_a_synonym_of_one():
    query = expand(parse("take home doses now"), [("Carries", "take-home doses")])
    assert _words(query) == [["take home doses", "Carries"], ["now"]]


def test_a_phrase_in_quotation_marks_has_no_synonyms():
    assert _words(expand(parse('"carries"'), [("Carries", "doses")])) == [["carries"]]


def test_folding_removes_case_accents_and_punctuation():
    assert fold("Métis  Homes: a guide!") == "metis homes a guide"


def test_filters_without_values_are_none():
    assert parse("tea", filters={"kind": [], "topic": ["a", "a"]}).filters == {
        "topic": ("a",)
    }


def test_a_pasted_url_has_few_alternatives():
    slug = "-".join(f"night{number}shifts" for number in range(40))
    (term,) = parse(f"https://example.org/{slug}").terms
    assert 1 < len(term.alternatives) <= 3
    assert max(map(len, term.alternatives)) < 15


def test_characters_that_fold_to_nothing_are_no_words():
    assert words("night \u037a shift \ufe70") == ["night", "shift"]
    assert [token.word for token in tokens("night \u037a shift")] == ["night", "shift"]
