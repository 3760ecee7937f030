"""The text of Office files is complete and without repeats; hostile ones do no harm."""

import copy
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from pptx.util import Inches

from tests.files.samples import (
    bomb,
    encrypted_open_text,
    encrypted_package,
    open_sheets,
    open_slides,
    open_text,
    read,
    sheets,
    slides,
    swelling,
    texts,
    with_entity,
    with_part,
    word,
    written,
)

pytestmark = pytest.mark.django_db
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORDS = {
    "docx": (word, "word/document.xml", b"There is tea."),
    "pptx": (slides, "ppt/slides/slide1.xml", b"Arriving"),
    "xlsx": (sheets, "xl/worksheets/sheet1.xml", b"Bed"),
    "odt": (open_text, "content.xml", b"There"),
    "ods": (open_sheets, "content.xml", b"Bed"),
    "odp": (open_slides, "content.xml", b"Arriving"),
}


def test_an_open_text_is_read_without_remarks_and_contents() -> None:
    document = read(open_text(), "first.odt")
    assert document.extraction == "done"
    assert texts(document) == [
        "Before the first night\nThere is tea\nfrom the garden\nDay\nWho\nMonday\nMika"
    ]


def test_an_open_sheet_is_read_table_by_table() -> None:
    assert texts(read(open_sheets(), "beds.ods")) == [
        "Beds\nBed\n7",
        "Nights\nMonday\nSam",
    ]


def test_an_open_presentation_is_read_slide_by_slide() -> None:
    document = read(open_slides(), "talk.odp")
    assert texts(document) == ["Arriving", "Staying"]
    assert document.page_count == 2


def test_merged_and_nested_cells_of_a_word_file_come_once() -> None:
    made = docx.Document()
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Monday"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "inside"
    assert texts(read(written(made.save), "table.docx")) == ["Monday\ninside"]


def test_controls_and_boxes_of_a_word_file_are_read_once() -> None:
    """A cover sheet made of controls; a box has a copy for older programs beside it."""
    made = docx.Document()
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(copy.deepcopy(made.add_paragraph("Handover sheet")._p))
    control.append(content)
    box = docx.oxml.parse_xml(
        f'<mc:AlternateContent xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></mc:Choice>'
        "<mc:Fallback><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    made.paragraphs[0]._p.getparent().replace(made.paragraphs[0]._p, control)
    control.addnext(box)
    assert texts(read(written(made.save), "cover.docx")) == ["Handover sheet\nBoxed"]


def test_footnotes_of_a_word_file_are_read() -> None:
    made = docx.Document()
    made.add_paragraph("There is tea.")
    note = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p><w:r>'
        "<w:t>From the garden.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    )
    place = PackURI("/word/footnotes.xml")
    part = Part(place, kind, note.encode(), made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document = read(written(made.save), "noted.docx")
    assert texts(document) == ["There is tea.\nFrom the garden."]


def test_tables_groups_and_notes_of_slides_are_read() -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    where = (Inches(1), Inches(1), Inches(3), Inches(1))
    table = slide.shapes.add_table(1, 3, *where).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text, table.cell(0, 2).text = "Monday", "Sam"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*where).text_frame.text = "Grouped"
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    assert texts(read(written(made.save), "talk.pptx")) == [
        "Monday\nSam\nGrouped\nSay it slowly."
    ]


def test_merged_cells_of_a_sheet_come_once() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Beds"
    book.active["A1"] = "Monday"
    book.active.merge_cells("A1:C3")
    assert texts(read(written(book.save), "beds.xlsx")) == ["Beds\nMonday"]


@pytest.mark.parametrize(
    ("part", "filename"),
    [("word/document.xml", "bomb.docx"), ("content.xml", "bomb.odt")],
)
def test_a_package_that_unpacks_to_far_more_is_not_opened(
    part: str, filename: str
) -> None:
    document = read(bomb(part), filename)
    assert document.extraction_error == "too-large"
    assert str(document.extraction_message).startswith("It is too large to read")


@pytest.mark.parametrize("extension", list(WORDS))
def test_an_entity_that_grows_to_a_billion_words_is_not_unfolded(
    extension: str,
) -> None:
    make, part, words = WORDS[extension]
    document = read(swelling(make(), part, words), f"bomb.{extension}")
    assert document.extraction_error == "broken"
    assert "damaged" in str(document.extraction_message)


@pytest.mark.parametrize("extension", list(WORDS))
def test_a_file_of_ours_that_a_document_names_is_not_opened(
    extension: str, tmp_path: Path
) -> None:
    (tmp_path / "ours.txt").write_text("xylophonist")
    make, part, words = WORDS[extension]
    entity = f'<!ENTITY ours SYSTEM "{(tmp_path / "ours.txt").as_uri()}">'
    package = with_entity(make(), part, words, entity.encode(), b"&ours;")
    assert "xylophonist" not in "".join(texts(read(package, f"a.{extension}")))


@pytest.mark.parametrize("extension", ["odt", "ods", "odp"])
@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 but no more", b"\x00\x01", open_text()[:2000]]
)
def test_a_broken_open_document_is_said_to_be_so(
    extension: str, content: bytes
) -> None:
    document = read(content, f"broken.{extension}")
    assert document.extraction_error == "broken"
    assert "damaged" in str(document.extraction_message)


def test_an_open_document_without_its_content_is_said_to_be_broken() -> None:
    package = with_part(open_text(), "content.xml", b"<not closed")
    assert read(package, "broken.odt").extraction_error == "broken"


@pytest.mark.parametrize("locked", [encrypted_open_text, encrypted_package])
def test_a_locked_open_document_is_said_to_be_locked(
    locked: Callable[[], bytes],
) -> None:
    document = read(locked(), "locked.odt")
    assert document.extraction_error == "encrypted"
    assert "protected by a password" in str(document.extraction_message)
