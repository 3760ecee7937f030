"""Extract the text of one file. A separate program that imports nothing of the site.

    python -I text_extractor.py PATH EXTENSION

It writes one JSON object per line: `{"text": "…"}` for each page, slide or sheet, in order;
then `{"pages": 12}`, null where there are no real pages; or `{"failed": "broken"}`. It runs
separately, with bounded memory, time and output, so that a hostile file can only end it.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 60
MOST_BYTES_UNPACKED = 300_000_000
MOST_PARTS = 20_000
MOST_PAGES = 3_000
MOST_CHARACTERS_OF_A_PAGE = 100_000
MOST_CHARACTERS = 6_000_000
MOST_ROWS = 20_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Skipped: copies for older programs, fields such as slide numbers, tables of contents.
OFFICE_TEXT = (
    "//x:t[not(ancestor::mc:Fallback or parent::x:fld or ancestor::x:sdt/x:sdtPr"
    "/x:docPartObj/x:docPartGallery[@x:val='Table of Contents'])]"
    " | //x:p | //x:br | //x:tab"
)
# Skipped: deleted text, comments, form fields, scripts, tables of contents.
ODF_TEXT = (
    "(descendant::text() | descendant::text:p | descendant::text:h | descendant::text:s"
    " | descendant::text:tab | descendant::text:line-break)[not("
    "ancestor::text:tracked-changes or ancestor::office:annotation"
    " or ancestor::office:binary-data or ancestor::office:forms or ancestor::text:script"
    " or ancestor::text:note-citation or ancestor::text:table-of-content"
    " or ancestor::table:covered-table-cell)]"
)
ODF_BLOCKS = {"text:p", "text:h", "text:note", "draw:frame", "draw:custom-shape"}
BREAKS = {"p": "\n", "h": "\n", "br": "\n", "line-break": "\n", "tab": "\t", "s": " "}
SPACES = str.maketrans({"\x00": " ", "\u00ad": "", "\x0b": "\n", "\x0c": "\n"})


class RefusedError(Exception):
    """The file is not read; the only argument is the code of the reason."""


def read_pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  (loads only what this kind of file needs)

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("encrypted")
    for page in reader.pages:
        yield page.extract_text()


def read_docx(path: Path) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415

    part = Document(str(path)).part
    notes = [
        parse_xml(each.target_part.blob)
        for each in part.rels.values()
        if not each.is_external and each.reltype.endswith(("/footnotes", "/endnotes"))
    ]
    yield "\n".join(office_text(each, WORD) for each in (part.element, *notes))


def read_pptx(path: Path) -> Iterator[str]:
    from pptx import Presentation  # noqa: PLC0415

    for slide in Presentation(str(path)).slides:
        texts = [office_text(slide.element, DRAWING)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            texts.append(slide.notes_slide.notes_text_frame.text)
        yield "\n".join(texts)


def office_text(root: Any, namespace: str) -> str:
    """Return the text of a part of an Office document, one line per paragraph.

    Paragraphs are found wherever they are: in tables, groups of shapes and form controls. A
    merged cell appears once.
    """
    from lxml import etree  # noqa: PLC0415

    find = etree.XPath(OFFICE_TEXT, namespaces={"x": namespace, "mc": COMPATIBILITY})
    texts = (
        node.text or ""
        if node.tag.endswith("}t")
        else BREAKS[node.tag.rpartition("}")[2]]
        for node in find(root)
    )
    return strip_lines("".join(texts))


def read_odt(path: Path) -> Iterator[str]:
    yield odf_text(open_odf(path).body)


def read_ods(path: Path) -> Iterator[str]:
    for sheet in open_odf(path).body.xpath("table:table"):
        yield strip_lines(f"{sheet.name}\n{odf_text(sheet)}")


def read_odp(path: Path) -> Iterator[str]:
    for slide in open_odf(path).body.xpath("draw:page"):
        yield odf_text(slide)


def open_odf(path: Path) -> Any:
    """Open an OpenDocument file. Raises RefusedError if it is encrypted."""
    from odfdo import Document  # noqa: PLC0415

    document = Document(path)
    if document.manifest.root.xpath("//manifest:encryption-data"):
        raise RefusedError("encrypted")
    return document


def odf_text(part: Any) -> str:
    """Return the text in reading order, one line per paragraph, note or cell.

    Repeated rows and cells appear once.
    """
    texts = []
    for found in part.xpath(ODF_TEXT):
        tag = getattr(found, "tag", "")  # text nodes have none
        if tag:
            texts.append(BREAKS[tag.partition(":")[2]])
        elif found.is_tail() and found.parent.tag in ODF_BLOCKS:
            texts.append(f"\n{found}")
        else:
            texts.append(found)
    return strip_lines("".join(texts))


def strip_lines(text: str) -> str:
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


def read_xlsx(path: Path) -> Iterator[str]:
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        lines = [sheet.title]
        for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS):
            cells = [str(cell) for cell in row if cell is not None]
            if cells:
                lines.append(" \t".join(cells))
        yield "\n".join(lines)


def read_text(path: Path) -> Iterator[str]:
    yield decode(path.read_bytes()[: 4 * MOST_CHARACTERS])


def read_html(path: Path) -> Iterator[str]:
    parser = VisibleText()
    parser.feed(decode(path.read_bytes()[: 4 * MOST_CHARACTERS]))
    yield " ".join("".join(parser.words).split())


class VisibleText(HTMLParser):
    """Collects the text that a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in {"script", "style", "template"}
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "template"} and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def decode(raw: bytes) -> str:
    """Decode as UTF-16 or UTF-8 if possible, else as Windows-1252."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "pptx": read_pptx,
    "xlsx": read_xlsx,
    "odt": read_odt,
    "odp": read_odp,
    "ods": read_ods,
    "txt": read_text,
    "md": read_text,
    "csv": read_text,
    "vtt": read_text,
    "html": read_html,
    "htm": read_html,
}
PAGED = {"pdf", "pptx", "odp"}
PACKED = {"docx", "pptx", "xlsx", "odt", "odp", "ods"}


def check_package(path: Path) -> None:
    """Refuse a ZIP package that would unpack to far more than its size, before opening it."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED
    ):
        raise RefusedError("too-large")


def read_pages(path: Path, extension: str) -> Iterator[str]:
    """Yield the text of each page, within the limits."""
    if extension not in READERS:
        raise RefusedError("kind")
    if extension in PACKED:
        check_package(path)
    left = MOST_CHARACTERS
    for number, text in enumerate(READERS[extension](path)):
        page = text.translate(SPACES)[: min(left, MOST_CHARACTERS_OF_A_PAGE)]
        left -= len(page)
        yield page
        if left <= 0 or number + 1 >= MOST_PAGES:
            return


def limit_resources() -> None:
    """Limit memory and processor time, on systems that can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def write(**result: object) -> None:
    sys.stdout.write(json.dumps(result) + "\n")


def main(path: str, extension: str) -> None:
    limit_resources()
    count = 0
    try:
        for text in read_pages(Path(path), extension):
            count += 1
            write(text=text)
    except RefusedError as refused:
        write(failed=refused.args[0])
    except MemoryError:
        write(failed="too-large")
    except Exception:  # a broken file can raise anything from a parser
        write(failed="broken")
    else:
        write(pages=count if extension in PAGED else None)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
