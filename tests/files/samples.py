"""Sample files, ordinary and hostile, and the text that is extracted from them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import odfdo
import openpyxl
import pptx
from pypdf import PdfWriter

from files.actions import extract_text
from files.models import Document
from tests.factories import DocumentFactory


def written(write: Callable[[io.BytesIO], Any]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def read(content: bytes, filename: str) -> Document:
    """Return a document after its text was extracted."""
    document = DocumentFactory(content=content, filename=filename)
    extract_text(document=document)
    document.refresh_from_db()
    return document


def texts(document: Document) -> list[str]:
    return list(document.texts.values_list("text", flat=True))


def word() -> bytes:
    made = docx.Document()
    made.add_heading("Before the first night")
    made.add_paragraph("There is tea.")
    made.add_table(1, 2).rows[0].cells[1].text = "in the kitchen"
    return written(made.save)


def slides() -> bytes:
    made = pptx.Presentation()
    for title in ("Arriving", "Staying"):
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = title
    return written(made.save)


def sheets() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Bed", 7])
    book.create_sheet("Nights").append(["Monday"])
    return written(book.save)


def open_text() -> bytes:
    """Make an OpenDocument text with a note, a comment, a table of contents and a table."""
    made = odfdo.Document("text")
    made.body.clear()
    contents = odfdo.TOC()
    made.body.append(contents)
    made.body.append(odfdo.Header(1, "Before the first night"))
    contents.fill(made)
    words = odfdo.Paragraph("There is tea")
    words.insert_note(after="tea", note_id="n1", citation="1", body="from the garden")
    words.insert_annotation(after="There", body="Who pays?", creator="Sam")
    made.body.append(words)
    table = odfdo.Table("Beds")
    table.set_values([["Day", "Who"], ["Monday", "Mika"]])
    made.body.append(table)
    return written(made.save)


def open_sheets() -> bytes:
    made = odfdo.Document("spreadsheet")
    made.body.clear()
    for name, rows in (("Beds", [["Bed", 7]]), ("Nights", [["Monday", "Sam"]])):
        table = odfdo.Table(name)
        table.set_values(rows)
        made.body.append(table)
    return written(made.save)


def open_slides() -> bytes:
    made = odfdo.Document("presentation")
    made.body.clear()
    for title in ("Arriving", "Staying"):
        slide = odfdo.DrawPage(title, name=title)
        slide.append(
            odfdo.Frame.text_frame(title, size=("7cm", "5cm"), position=("1cm", "1cm"))
        )
        made.body.append(slide)
    return written(made.save)


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """Replace one part of a package."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


def bomb(part: str) -> bytes:
    """Make a package of a few kilobytes that unpacks to 400 megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, b"\0" * 400_000_000)
    return out.getvalue()


def with_entity(
    package: bytes, part: str, words: bytes, declared: bytes, named: bytes
) -> bytes:
    """Replace a text of a package by an entity that is declared in it."""
    xml = part_of(package, part)
    start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    body = xml[start:].replace(words, named)
    assert named in body
    doctype = b"<!DOCTYPE bomb [" + declared + b"]>"
    return with_part(package, part, xml[:start] + doctype + body)


def swelling(package: bytes, part: str, words: bytes) -> bytes:
    """Replace a text of a package by an entity that expands to a billion characters."""
    grown = b"".join(
        b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10)
        for level in range(1, 10)
    )
    return with_entity(package, part, words, b'<!ENTITY e0 "ha">' + grown, b"&e9;")


def encrypted_pdf() -> bytes:
    made = PdfWriter()
    made.add_blank_page(100, 100)
    made.encrypt("secret")
    return written(made.write)


def empty_pdf() -> bytes:
    made = PdfWriter()
    made.add_blank_page(100, 100)
    made.add_blank_page(100, 100)
    return written(made.write)


def encrypted_open_text() -> bytes:
    """Make a file as an office program encrypts it: the manifest says how."""
    package = open_text()
    manifest = part_of(package, "META-INF/manifest.xml").decode()
    entry = 'manifest:full-path="content.xml" manifest:media-type="text/xml"'
    before, found, after = manifest.partition(entry)
    assert found
    locked = (
        f"{before}{entry}><manifest:encryption-data manifest:checksum='x'/>"
        f"</manifest:file-entry>{after.partition('/>')[2]}"
    )
    package = with_part(package, "META-INF/manifest.xml", locked.encode())
    return with_part(package, "content.xml", b"\x93\x0f\xaa")


def encrypted_package() -> bytes:
    """Make a file as newer office programs encrypt it: a package in a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("encrypted-package", b"\x93\x0f\xaa")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            'manifest:1.0"><manifest:file-entry manifest:full-path="encrypted-package">'
            "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        )
    return out.getvalue()
