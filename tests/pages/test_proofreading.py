"""Hints for editors find what matters and never block."""

from typing import Any

import pytest

from pages.actions.proofreading import (
    Text,
    hints_for,
    person_first_alternatives,
    text_of,
)
from pages.actions.proofreading.hints import (
    heading_hints,
    link_hints,
    picture_hints,
    summary_hints,
)
from pages.actions.proofreading.readability import reading_grade, syllables
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
def test_an_alternative_is_offered(words: str, found: list[str]) -> None:
    assert [word for word, _better in person_first_alternatives(words)] == found


def test_alternatives_need_no_alternative_themselves() -> None:
    sentence = "addict junkie drug abuse homeless people suffering from inmates"
    assert [
        person_first_alternatives(str(better))
        for _word, better in person_first_alternatives(sentence)
    ] == [[]] * 6


def test_skipped_heading_levels_are_found() -> None:
    assert not list(heading_hints([(2, "A"), (3, "B"), (2, "C")]))
    assert [hint.words for hint in heading_hints([(3, "Lost")])] == ["Lost"]
    assert len(list(heading_hints([(2, " ")]))) == 1


def test_links_that_do_not_say_where_they_lead_are_found() -> None:
    said = [
        hint.words
        for hint in link_hints(
            [
                '<p><a href="/a">Click here</a> or <a href="/b">read more…</a></p>',
                '<p><a href="https://x.org/y">https://x.org/y</a></p>',
                '<p><a href="/c">The guide to arrivals</a></p>',
            ]
        )
    ]
    assert said == ["Click here", "read more…", "https://x.org/y"]


def test_pictures_without_a_description_are_found() -> None:
    said = list(
        picture_hints(["", "IMG_2031.JPG", "door.png", "A door, a little open"])
    )
    assert len(said) == 3


def test_a_missing_summary_is_found() -> None:
    assert len(list(summary_hints("  "))) == 1
    assert not list(summary_hints("For night staff."))


def test_hard_texts_get_a_hint_and_easy_ones_do_not() -> None:
    easy, hard = reading_grade(EASY), reading_grade(HARD)
    assert easy is not None
    assert hard is not None
    assert easy < 4
    assert hard > 16
    assert reading_grade("Too short to tell.") is None
    assert [syllables(word) for word in ("tea", "kitchen", "made", "table", "the")] == [
        1,
        2,
        1,
        2,
        1,
    ]


def test_hints_that_matter_most_come_first() -> None:
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


def test_quotations_get_no_hints(page: Any) -> None:
    read = text_of(page)
    assert read.headings == [(3, "Lost")]
    assert "Some say addict." in read.plain
    assert "I say so" not in read.plain


def test_the_text_of_every_kind_of_block_is_read(db: None) -> None:
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


def test_hints_are_shown_beside_the_form_and_block_nothing(
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
