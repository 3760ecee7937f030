"""Hints for whoever writes: about what matters, and never in the way."""

from typing import Any

import pytest

from pages.actions.proofreading import Text, hints_for, kinder, text_of
from pages.actions.proofreading.hints import (
    of_headings,
    of_links,
    of_pictures,
    of_summary,
)
from pages.actions.proofreading.readability import grade, syllables
from tests.cms.forms import edit_url, open_form
from tests.factories import HomePageFactory, ImageFactory, StandardPageFactory
from tests.factories.bodies import (
    callout,
    embed,
    figure,
    heading,
    quotation,
    recommendation,
    steps,
    table,
    text,
)

EASY = "We keep the bed. We make tea. Then we sit down and talk. " * 20
HARD = (
    "Organizational implementation of comprehensive interdisciplinary accommodation"
    " necessitates considerable administrative coordination notwithstanding"
    " unavoidable institutional complexities. "
) * 10


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("He is an addict.", ["addict"]),
        ("Recovering addicts and drug users", ["Recovering addicts", "drug users"]),
        ("The centre for addiction", []),
        ("Alcoholics Anonymous meets on Monday", []),
        ("Substance abuse, and SUBSTANCE ABUSE again", ["Substance abuse"]),
        ("She stayed clean. A clean kitchen.", ["stayed clean"]),
        ("People who use substances", []),
        ("He committed suicide", ["committed suicide"]),
    ],
)
def test_a_kinder_word_is_offered(words: str, found: list[str]) -> None:
    assert [word for word, _better in kinder(words)] == found


def test_every_kinder_word_is_kind_itself() -> None:
    sentence = "addict junkie drug abuse homeless people suffering from inmates"
    assert [kinder(str(better)) for _word, better in kinder(sentence)] == [[]] * 6


def test_headings_go_down_one_step_at_a_time() -> None:
    assert not list(of_headings([(2, "A"), (3, "B"), (2, "C")]))
    assert [hint.words for hint in of_headings([(3, "Lost")])] == ["Lost"]
    assert len(list(of_headings([(2, " ")]))) == 1


def test_words_of_links_say_where_they_lead() -> None:
    said = [
        hint.words
        for hint in of_links(
            [
                '<p><a href="/a">Click here</a> or <a href="/b">read more…</a></p>',
                '<p><a href="https://x.org/y">https://x.org/y</a></p>',
                '<p><a href="/c">The guide to arrivals</a></p>',
            ]
        )
    ]
    assert said == ["Click here", "read more…", "https://x.org/y"]


def test_pictures_are_described_in_words() -> None:
    said = list(of_pictures(["", "IMG_2031.JPG", "door.png", "A door, a little open"]))
    assert len(said) == 3


def test_a_summary_is_asked_for() -> None:
    assert len(list(of_summary("  "))) == 1
    assert not list(of_summary("For night staff."))


def test_hard_texts_are_told_from_easy_ones() -> None:
    easy, hard = grade(EASY), grade(HARD)
    assert easy is not None
    assert hard is not None
    assert easy < 4
    assert hard > 16
    assert grade("Too short to tell.") is None
    assert [syllables(word) for word in ("tea", "kitchen", "made", "table", "the")] == [
        1,
        2,
        1,
        2,
        1,
    ]


def test_what_matters_most_comes_first() -> None:
    hints = hints_for(Text(summary="", html=[f"<p>An addict. {HARD}</p>"]))
    assert [hint.weight.value for hint in hints] == ["should", "may", "may"]


@pytest.fixture
def page(db: None) -> Any:
    return StandardPageFactory(
        parent=HomePageFactory(),
        title="Night",
        summary="",
        body=[
            heading("Lost", level=3),
            text("Some say addict."),
            quotation("I was an addict, and I say so."),
        ],
    )


def test_a_page_is_read_without_its_quotations(page: Any) -> None:
    read = text_of(page)
    assert read.headings == [(3, "Lost")]
    assert "Some say addict." in read.plain
    assert "I say so" not in read.plain


def test_every_kind_of_block_is_read(db: None) -> None:
    page = StandardPageFactory(
        parent=HomePageFactory(),
        body=[
            heading("Before"),
            text("One."),
            callout("Two."),
            recommendation("Three."),
            quotation("Not this."),
            table(["When"], ["Four."]),
            steps("How", "Five."),
            embed("https://vimeo.com/76979871"),
            figure(ImageFactory(), alt="A door"),
        ],
    )
    read = text_of(page)
    for words in ("Before", "One.", "Two.", "Three.", "Four.", "Five."):
        assert words in read.plain
    assert "Not this." not in read.plain
    assert read.pictures == ["A door"]


def test_hints_stand_beside_the_form_and_block_nothing(
    client_of: Any, editor: Any, page: Any
) -> None:
    client = client_of(editor)
    html = client.get(edit_url(page)).content.decode()
    for words in ("Order of headings", "Person first", "person who uses substances"):
        assert words in html
    fields = open_form(client, page) | {"action-submit": "1", "summary": ""}
    answer = client.post(edit_url(page), fields, follow=True)
    assert "to look at while others read" in answer.content.decode()
    page.refresh_from_db()
    assert page.workflow_in_progress
