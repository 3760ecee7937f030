"""Takes the text out of one file. A program of its own, which knows nothing of the site.

    python -I text_extractor.py PATH EXTENSION

It writes one JSON object a line: `{"text": "…"}` for each page, slide or sheet, in order; then
`{"pages": 12}` where pages are real pages or slides; or `{"failed": "broken"}`. It runs apart
so that a hostile file can at worst end this program: its memory, time and output are bounded.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

MEMORY = 1_500_000_000
SECONDS = 60
UNPACKED = 300_000_000
MEMBERS = 20_000
PAGES = 3_000
LETTERS_OF_A_PAGE = 100_000
LETTERS = 6_000_000
ROWS = 20_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# What stands there for older programs is a copy; a field is a number of the slide.
OFFICE_WORDS = (
    "//x:t[not(ancestor::mc:Fallback or parent::x:fld or ancestor::x:sdt/x:sdtPr"
    "/x:docPartObj/x:docPartGallery[@x:val='Table of Contents'])]"
    " | //x:p | //x:br | //x:tab"
)
# Neither what was struck out nor what people remarked to each other is the document's.
ODF_WORDS = (
    "(descendant::text() | descendant::text:p | descendant::text:h | descendant::text:s"
    " | descendant::text:tab | descendant::text:line-break)[not("
    "ancestor::text:tracked-changes or ancestor::office:annotation"
    " or ancestor::office:binary-data or ancestor::office:forms or ancestor::text:script"
    " or ancestor::text:note-citation or ancestor::text:table-of-content"
    " or ancestor::table:covered-table-cell)]"
)
ODF_APART = {"text:p", "text:h", "text:note", "draw:frame", "draw:custom-shape"}
BREAKS = {"p": "\n", "h": "\n", "br": "\n", "line-break": "\n", "tab": "\t", "s": " "}
SPACES = str.maketrans({"\x00": " ", "\u00ad": "", "\x0b": "\n", "\x0c": "\n"})


class RefusedError(Exception):
    """We do not read this file; its only argument says why, in a word."""


def of_pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  (only what this file needs is loaded)

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("encrypted")
    for page in reader.pages:
        yield page.extract_text()


def of_docx(path: Path) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415

    part = Document(str(path)).part
    notes = [
        parse_xml(each.target_part.blob)
        for each in part.rels.values()
        if not each.is_external and each.reltype.endswith(("/footnotes", "/endnotes"))
    ]
    yield "\n".join(words_of(each, WORD) for each in (part.element, *notes))


def of_pptx(path: Path) -> Iterator[str]:
    from pptx import Presentation  # noqa: PLC0415

    for slide in Presentation(str(path)).slides:
        texts = [words_of(slide.element, DRAWING)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            texts.append(slide.notes_slide.notes_text_frame.text)
        yield "\n".join(texts)


def words_of(root: Any, namespace: str) -> str:
    """The words of an office document's part as they stand in it, a paragraph a line.

    Tables, groups of shapes and controls are only places where paragraphs stand, so nothing
    is missed in them, and a merged cell comes once.
    """
    from lxml import etree  # noqa: PLC0415

    find = etree.XPath(OFFICE_WORDS, namespaces={"x": namespace, "mc": COMPATIBILITY})
    texts = (
        node.text or ""
        if node.tag.endswith("}t")
        else BREAKS[node.tag.rpartition("}")[2]]
        for node in find(root)
    )
    return in_lines("".join(texts))


def of_odt(path: Path) -> Iterator[str]:
    yield odf_words(odf(path).body)


def of_ods(path: Path) -> Iterator[str]:
    for sheet in odf(path).body.xpath("table:table"):
        yield in_lines(f"{sheet.name}\n{odf_words(sheet)}")


def of_odp(path: Path) -> Iterator[str]:
    for slide in odf(path).body.xpath("draw:page"):
        yield odf_words(slide)


def odf(path: Path) -> Any:
    """An open document, unless somebody locked it."""
    from odfdo import Document  # noqa: PLC0415

    document = Document(path)
    if document.manifest.root.xpath("//manifest:encryption-data"):
        raise RefusedError("encrypted")
    return document


def odf_words(part: Any) -> str:
    """The words in the order they stand; a paragraph, a note or a cell is a line.

    Repeated rows and cells come once.
    """
    texts = []
    for found in part.xpath(ODF_WORDS):
        tag = getattr(found, "tag", "")  # what is text, has none
        if tag:
            texts.append(BREAKS[tag.partition(":")[2]])
        elif found.is_tail() and found.parent.tag in ODF_APART:
            texts.append(f"\n{found}")
        else:
            texts.append(found)
    return in_lines("".join(texts))


def in_lines(text: str) -> str:
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


def of_xlsx(path: Path) -> Iterator[str]:
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        lines = [sheet.title]
        for row in sheet.iter_rows(values_only=True, max_row=ROWS):
            cells = [str(cell) for cell in row if cell is not None]
            if cells:
                lines.append(" \t".join(cells))
        yield "\n".join(lines)


def of_text(path: Path) -> Iterator[str]:
    yield decoded(path.read_bytes()[: 4 * LETTERS])


def of_html(path: Path) -> Iterator[str]:
    parser = Words()
    parser.feed(decoded(path.read_bytes()[: 4 * LETTERS]))
    yield " ".join("".join(parser.words).split())


class Words(HTMLParser):
    """The words that a reader of the page would see."""

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


def decoded(raw: bytes) -> str:
    """Words in the encoding that fits: Unicode where it can be, else Western European."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdf": of_pdf,
    "docx": of_docx,
    "pptx": of_pptx,
    "xlsx": of_xlsx,
    "odt": of_odt,
    "odp": of_odp,
    "ods": of_ods,
    "txt": of_text,
    "md": of_text,
    "csv": of_text,
    "vtt": of_text,
    "html": of_html,
    "htm": of_html,
}
PAGED = {"pdf", "pptx", "odp"}
PACKED = {"docx", "pptx", "xlsx", "odt", "odp", "ods"}


def check_package(path: Path) -> None:
    """A package that would unpack to far more than it is, is refused unopened."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    if len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED:
        raise RefusedError("too-large")


def pages_of(path: Path, extension: str) -> Iterator[str]:
    """The text of each page, within bounds."""
    if extension not in READERS:
        raise RefusedError("kind")
    if extension in PACKED:
        check_package(path)
    left = LETTERS
    for number, text in enumerate(READERS[extension](path)):
        kept = text.translate(SPACES)[: min(left, LETTERS_OF_A_PAGE)]
        left -= len(kept)
        yield kept
        if left <= 0 or number + 1 >= PAGES:
            return


def bound() -> None:
    """No more memory and time than a sound file needs; not every system can bound them."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


def main(path: str, extension: str) -> None:
    bound()
    count = 0
    try:
        for text in pages_of(Path(path), extension):
            count += 1
            say(text=text)
    except RefusedError as refused:
        say(failed=refused.args[0])
    except MemoryError:
        say(failed="too-large")
    except Exception:  # whatever a broken file does to a reader
        say(failed="broken")
    else:
        say(pages=count if extension in PAGED else None)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
