"""Text analysis, which decides what every engine can find."""

import pytest

from search import analysis


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Métis homes", ["metis", "homes"]),
        ("it's 3 o'clock", ["it", "s", "3", "o", "clock"]),
        ("co-writing_now", ["co", "writing", "now"]),
        ("ﬁrst aid", ["first", "aid"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("… — !", []),
    ],
)
def test_words_are_folded_and_split_at_punctuation(text, words):
    assert analysis.words(text) == words
    assert [token.word for token in analysis.tokens(text)] == words


def test_tokens_know_where_they_are():
    text = "The Métis homes"
    found = [text[token.start : token.end] for token in analysis.tokens(text)]
    assert found == ["The", "Métis", "homes"]


def test_a_word_without_end_is_truncated():
    (word,) = analysis.words("x" * 1000)
    assert len(word) == analysis.LONGEST_WORD


def test_stop_words_have_no_stem():
    assert analysis.stems(["the", "kettles"], "en") == ["kettl"]
    assert analysis.possible_stems("the") == ()


def test_french_stems_never_match_english_ones():
    english, french, plain = analysis.possible_stems("chats")
    assert english == "chat"
    assert french == f"{analysis.FRENCH}chat"
    assert plain == "chats"


@pytest.mark.parametrize(
    ("language", "stem"),
    [("en", "kettl"), ("fr", "fr_kettl"), ("es", "kettles"), ("xx", "kettl")],
)
def test_a_text_is_stemmed_in_its_language(language, stem):
    assert analysis.stem_in("kettles", language) == stem


def test_every_stem_in_a_text_is_among_those_looked_up():
    for word in ("kettles", "maisons", "nurses", "réunions", "naloxone"):
        folded = analysis.fold_word(word)
        looked_up = analysis.possible_stems(folded)
        for language in ("en", "fr", "es", "other"):
            assert analysis.stem_in(folded, language) in looked_up
