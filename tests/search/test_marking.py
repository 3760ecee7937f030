"""Highlighting of terms; text is always escaped."""

import pytest

from search.marking import Marker
from search.query import parse


def _marked(typed, text, language="en"):
    return str(Marker(parse(typed).terms).mark_all(text, language))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("carry", "Late carries.", "Late <mark>carries</mark>."),
        ("metis", "The Métis home", "The <mark>Métis</mark> home"),
        ("hous*", "A household", "A <mark>household</mark>"),
        (
            '"the night"',
            "the night, the day",
            "<mark>the</mark> <mark>night</mark>, the day",
        ),
        (
            "night",
            "<b>night</b> & day",
            "&lt;b&gt;<mark>night</mark>&lt;/b&gt; &amp; day",
        ),
        ("mark", "<mark>", "&lt;<mark>mark</mark>&gt;"),
    ],
)
def test_every_form_of_a_word_is_highlighted(typed, text, marked):
    assert _marked(typed, text) == marked


def test_a_phrase_is_highlighted_as_a_whole_or_not_at_all():
    assert _marked("take-home", "We take it home") == (
        "We <mark>take</mark> it <mark>home</mark>"
    )
    assert _marked("take-home", "A home") == "A home"


def test_french_is_stemmed_as_french():
    assert "<mark>maisons</mark>" in _marked("maison", "Nos maisons", "fr")
    assert "<mark>" not in _marked("pages", "une pagaille", "fr")


def test_the_excerpt_of_a_long_text_shows_the_densest_match():
    text = "tea " + "word " * 100 + "then tea with milk. " + "word " * 100
    shown = str(Marker(parse("tea milk").terms).excerpt(text, "en", shown=12))
    assert shown.startswith("…word")
    assert shown.endswith("word…")
    assert "<mark>tea</mark> with <mark>milk</mark>" in shown
    assert len(shown.split()) == 12


def test_the_excerpt_of_a_text_without_matches_is_its_beginning():
    assert str(Marker(parse("tea").terms).excerpt("a b c d", "en", shown=2)) == "a b…"
