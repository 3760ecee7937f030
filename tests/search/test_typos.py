"""Edit costs: likely typing errors cost less than unlikely ones."""

import pytest

from search.spelling.typos import (
    COST_OF_EACH_OF_TWO,
    MIN_LENGTH_FOR_TWO,
    one_edit,
    two_edits,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("naloxnoe", "naloxone"),
        ("naloxne", "naloxone"),
        ("naloxonee", "naloxone"),
        ("naloxqne", "naloxone"),
        ("aloxone", "naloxone"),
    ],
    ids=["transposed", "missing", "extra", "substituted", "first missing"],
)
def test_one_error_of_any_kind_is_one_edit(typed, meant):
    assert meant in one_edit(typed)


@pytest.mark.parametrize("typed", ["naloxone", "a", ""])
def test_the_typed_word_and_the_empty_word_are_no_candidates(typed):
    found = one_edit(typed)
    assert typed not in found
    assert "" not in found


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        # A missing character can be missing in few ways only.
        (("nalxone", "naloxone"), ("naloxqone", "naloxone")),
        # A doubled character is the most common extra one.
        (("nalloxone", "naloxone"), ("nalboxone", "naloxone")),
        # Keys side by side are confused more often.
        (("nakoxone", "naloxone"), ("nazoxone", "naloxone")),
        # So are vowels.
        (("naloxane", "naloxone"), ("naloxzne", "naloxone")),
        # People seldom miss the first character.
        (("njght", "night"), ("jight", "night")),
    ],
    ids=["missing", "doubled", "adjacent key", "vowel", "first"],
)
def test_a_likely_error_costs_less(likely, unlikely):
    (typed, meant), (other, also_meant) = likely, unlikely
    assert one_edit(typed)[meant] < one_edit(other)[also_meant]


def test_a_word_reached_in_two_ways_has_the_lower_cost():
    # "helo" lacks one of two characters that are the same.
    assert one_edit("helo")["hello"] == one_edit("hallo")["halllo"]


def test_two_edits_are_measured_among_known_words():
    known = ["naloxone", "methadone", "nalo"]
    assert two_edits("naloksne", known) == {"naloxone": 2 * COST_OF_EACH_OF_TWO}


def test_a_short_word_has_no_candidates_two_edits_away():
    word = "n" * (MIN_LENGTH_FOR_TWO - 1)
    assert two_edits(word, [f"{word}ab"]) == {}


def test_a_known_word_is_not_its_own_correction():
    assert two_edits("naloxone", ["naloxone"]) == {}
