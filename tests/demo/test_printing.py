"""Files that the demonstration makes are real ones."""

import io
import wave
from typing import Any

import docx
import pypdf
import pytest
from PIL import Image

from demo.content import content_files, parts, table
from demo.printing import chime, pdf, plan, word

WORDS = """
For whoever opens the door, (mostly) at night.

## First

- [ ] Something warm.
- [ ] The hall light.

## Then

1. Say your name.
2. Say what comes next.

After that we rest.

1. Begin again.

| When | Who |
| --- | --- |
| Now | You |
"""


def _printed(words: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf(title="At the door", parts=parts(words))))


def _without_table() -> str:
    return WORDS.partition("| When")[0]


def _tags(element: Any) -> Any:
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    inside = [_tags(kid.get_object()) for kid in kids if not isinstance(kid, int)]
    return (element["/S"], inside) if inside else element["/S"]


def test_a_pdf_holds_its_words_in_order() -> None:
    text = _printed(_without_table()).pages[0].extract_text()
    places = [text.index(words) for words in ("At the door", "(mostly)", "2.", "rest")]
    assert places == sorted(places)


def test_a_pdf_tells_its_structure_language_and_title() -> None:
    read = _printed(_without_table())
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert read.metadata is not None
    assert read.metadata.title == "At the door"
    item = ("/LI", ["/LBody"])
    two = ("/L", [item, item])
    assert _tags(root["/StructTreeRoot"]["/K"]) == (
        "/Document",
        ["/H1", "/P", "/H2", two, "/H2", two, "/P", ("/L", [item])],
    )


def test_a_long_pdf_turns_the_page_and_loses_nothing() -> None:
    words = "\n\n".join(f"Paragraph {n} of a long letter." for n in range(90))
    read = _printed(words)
    assert len(read.pages) > 1
    text = " ".join(page.extract_text() for page in read.pages)
    assert all(f"Paragraph {n} of" in text for n in range(90))


def test_each_mark_of_a_page_belongs_to_one_element() -> None:
    read = _printed("\n\n".join(f"Line {n}." for n in range(90)))
    numbers = read.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for page, elements in zip(read.pages, numbers[1::2], strict=True):
        content = page.get_contents().get_data().decode("cp1252")
        assert content.count("/MCID") == len(elements)


def test_a_word_file_numbers_each_list_from_one() -> None:
    made = docx.Document(io.BytesIO(word(title="At the door", parts=parts(WORDS))))
    lists = [p for p in made.paragraphs if p.style.name == "List Number"]
    counts = [p._p.pPr.numPr.numId.val for p in lists]
    assert counts[0] == counts[1] != counts[2]
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 2"]
    assert headings == ["First", "Then"]


def test_a_word_files_table_repeats_its_header_row() -> None:
    made = docx.Document(io.BytesIO(word(title="At the door", parts=parts(WORDS))))
    assert "w:tblHeader" in made.tables[0].rows[0]._tr.xml
    assert made.tables[0].cell(1, 1).text == "You"


def test_a_chime_is_as_long_as_asked_and_silent_between() -> None:
    with wave.open(io.BytesIO(chime(tone=262, seconds=20, at=[0, 10, 19]))) as sound:
        assert sound.getnframes() == 20 * sound.getframerate()
        frames = sound.readframes(sound.getnframes())
    rate = len(frames) // 20
    assert set(frames[5 * rate : 10 * rate]) == {128}
    assert len(set(frames[10 * rate : 11 * rate])) > 20


def test_a_plan_is_a_small_picture_with_its_tape() -> None:
    drawn = plan(table("pictures")["picture"][0])
    assert len(drawn) < 40_000
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (1080, 660)
        colours = picture.convert("RGB").getcolors(256) or []
    assert any(red > 200 > green > blue for _, (red, green, blue) in colours)


@pytest.mark.parametrize(
    "text",
    [each for each in content_files("documents") if each.facts["format"] == "pdf"],
)
def test_sheets_that_become_pdf_hold_no_table_and_fit_few_pages(text: Any) -> None:
    assert not any(part.rows for part in parts(text.words))
    read = pypdf.PdfReader(
        io.BytesIO(pdf(title=text.facts["title"], parts=parts(text.words)))
    )
    assert len(read.pages) <= 2
