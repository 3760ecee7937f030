"""Takes the text out of one file. A program of its own, which knows nothing of the site.

    python -I reader.py PATH EXTENSION

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

MEMORY = 1_500_000_000
SECONDS = 60
UNPACKED = 300_000_000
MEMBERS = 20_000
PAGES = 3_000
LETTERS_OF_A_PAGE = 100_000
LETTERS = 6_000_000
ROWS = 20_000
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
    from docx.table import Table  # noqa: PLC0415

    lines = []
    for part in Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            rows = [" \t".join(cell.text for cell in row.cells) for row in part.rows]
            lines.extend(rows)
        else:
            lines.append(part.text)
    yield "\n".join(lines)


def of_pptx(path: Path) -> Iterator[str]:
    from pptx import Presentation  # noqa: PLC0415

    for slide in Presentation(str(path)).slides:
        texts = [
            shape.text_frame.text for shape in slide.shapes if shape.has_text_frame
        ]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            texts.append(slide.notes_slide.notes_text_frame.text)
        yield "\n".join(texts)


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
    "txt": of_text,
    "md": of_text,
    "csv": of_text,
    "vtt": of_text,
    "html": of_html,
    "htm": of_html,
}
PAGED = {"pdf", "pptx"}
PACKED = {"docx", "pptx", "xlsx"}


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
