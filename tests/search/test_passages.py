"""Splitting text into passages, and labelling their places."""

import pytest

from search.passages import (
    Place,
    PlaceKind,
    format_time,
    split_text,
    to_single_line,
    transcript_passages,
)


def test_a_long_text_is_cut_at_ends_of_sentences():
    text = " ".join(f"Sentence {n} has five words." for n in range(60))
    found = list(split_text(text, max_words=50))
    assert all(len(each.text.split()) <= 50 for each in found)
    assert all(each.text.endswith("words.") for each in found)
    assert " ".join(each.text for each in found) == text


def test_a_sentence_without_end_is_cut_at_a_word():
    found = list(split_text("word " * 300, max_words=120))
    assert [len(each.text.split()) for each in found] == [120, 120, 60]


def test_a_heading_alone_is_a_passage_and_nothing_is_none():
    assert [each.heading for each in split_text("", heading="Tea")] == ["Tea"]
    assert not list(split_text("  "))


def test_a_transcript_passage_opens_at_its_first_second():
    cues = [(0.5, "one two"), (9.9, "three"), (61.2, "four five six")]
    found = list(transcript_passages(cues, max_words=3))
    assert [(each.place.number, each.text) for each in found] == [
        (0, "one two three"),
        (61, "four five six"),
    ]


@pytest.mark.parametrize(
    ("place", "suffix", "label"),
    [
        (Place(), "", ""),
        (Place(PlaceKind.SECTION, "s-1a2b3c4d", 2), "#s-1a2b3c4d", "Section 2"),
        (Place(PlaceKind.RECOMMENDATION, "rec-1", 4), "#rec-1", "Recommendation 4"),
        (Place(PlaceKind.ASK, "ask-x", 1), "#ask-x", "Ask 1"),
        (Place(PlaceKind.TIME, number=1086), "?t=1086", "at 18:06"),
        (Place(PlaceKind.PAGE, number=12), "#page=12", "page 12"),
        (Place(PlaceKind.SLIDE, number=3), "", "slide 3"),
    ],
)
def test_a_place_says_where_it_is_and_how_it_opens(place, suffix, label):
    assert (place.suffix, place.label) == (suffix, label)


def test_an_hour_is_shown_as_one():
    assert format_time(3729) == "1:02:09"


def test_control_characters_cannot_reach_the_index():
    assert to_single_line("a\x02b\x03 c\n d") == "a b c d"
