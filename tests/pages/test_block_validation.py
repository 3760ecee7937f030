"""What an editor may and may not save in a block."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pages.blocks import BodyBlock, ChapterBlock
from tests.factories import (
    HomePageFactory,
    ImageFactory,
    StandardPageFactory,
    callout,
    figure,
    heading,
    recommendation,
    related,
    table,
    text,
)
from tests.factories.bodies import embed, quotation, steps


def clean(*blocks: dict[str, Any]) -> Any:
    stream = BodyBlock()
    return stream.clean(stream.to_python(list(blocks)))


def changed(block: dict[str, Any], **value: Any) -> dict[str, Any]:
    return block | {"value": block["value"] | value}


@pytest.mark.parametrize(
    "block",
    [
        heading("Before"),
        heading("h" * 200),
        text("One."),
        callout("Two.", "care"),
        recommendation("Three.", "consensus"),
        changed(recommendation("Three."), rationale="", considerations=""),
        quotation("Four.", ""),
        table(["House"], ["North"]),
        table(["House"]),
        steps("", "Five."),
        embed("https://video.example.org/7"),
    ],
)
def test_a_complete_block_is_saved(block: dict[str, Any]) -> None:
    (saved,) = clean(block)
    assert saved.block_type == block["type"]


@pytest.mark.parametrize(
    "block",
    [
        heading(""),
        heading("h" * 201),
        heading("Before", level=1),
        heading("Before", level=4),
        text(),
        callout("Two.", "shouting"),
        callout("Two.", title="t" * 121),
        changed(callout("Two."), text=""),
        recommendation("Three.", "weak"),
        changed(recommendation("Three."), certainty="sure"),
        changed(recommendation("Three."), text=""),
        quotation(""),
        quotation("Four.", "n" * 201),
        changed(table(["House"], ["North"]), caption="c" * 201),
        changed(steps("Six."), steps=["<p>First.</p>", ""]),
        embed("not a URL"),
        embed("javascript:alert(1)"),
        embed("https://vimeo.com/76979871", title=""),
        {"type": "related", "value": {"title": "Read on", "pages": []}},
        {"type": "download", "value": {"document": None, "label": "Take it"}},
    ],
)
def test_an_incomplete_block_is_refused(block: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        clean(block)


def test_a_block_without_its_words_does_not_hide_the_others_errors() -> None:
    with pytest.raises(ValidationError) as refused:
        clean(heading(""), text("One."), quotation(""))
    assert set(refused.value.block_errors) == {0, 2}


@pytest.mark.django_db
def test_a_picture_needs_a_description() -> None:
    image = ImageFactory()
    assert len(clean(figure(image, alt="A door"))) == 1
    for alt in ("", "a" * 251):
        with pytest.raises(ValidationError):
            clean(figure(image, alt=alt))


@pytest.mark.django_db
def test_a_related_page_that_is_gone_is_refused() -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    kept = StandardPageFactory(parent=HomePageFactory())
    block = related(kept, page)
    page.delete()
    with pytest.raises(ValidationError):
        clean(block)


def cleaned_chapter(**value: Any) -> Any:
    block = ChapterBlock()
    given = {"title": "Arriving", "summary": "", "slug": ""} | value
    return block.clean(block.to_python(given))


@pytest.mark.parametrize("slug", ["", "the-first-night", "night_1"])
def test_a_chapter_may_have_a_slug(slug: str) -> None:
    assert cleaned_chapter(slug=slug)["slug"] == slug


@pytest.mark.parametrize(
    "value",
    [
        {"slug": "the first night"},
        {"slug": "../guide"},
        {"slug": "nuit-d’été"},
        {"slug": "s" * 51},
        {"title": ""},
        {"summary": "s" * 401},
    ],
)
def test_a_chapter_with_a_bad_part_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        cleaned_chapter(**value)
    assert set(refused.value.block_errors) == set(value)
