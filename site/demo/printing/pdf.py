"""Small tagged PDF files (ISO 32000-1, section 14.8), written without a library.

Two standard fonts, one column, US Letter. Headings, paragraphs, lists and list items are
tagged, so that a screen reader reads a document in the right order.
"""

from dataclasses import dataclass, field

from demo.content.sheets import Kind, Part

from .measure import fits
from .structure import HEIGHT, WIDTH, Element, assembled, escaped

MARGIN = 64
_LEADING = 1.42
_BOX = "box"
_TAGS = {
    Kind.HEADING: "H2",
    Kind.PARAGRAPH: "P",
    Kind.BULLETS: "LBody",
    Kind.CHECKS: "LBody",
    Kind.NUMBERS: "LBody",
}


@dataclass
class _Sheet:
    """Pages that are being filled."""

    pages: list[list[str]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    y: float = 0

    def turn(self) -> None:
        self.pages.append([])
        self.y = HEIGHT - MARGIN

    def write(self, words: str, tag: str, look: "_Look", part: int = 0) -> None:
        """Add an element that is not split over pages."""
        lines = fits(words, look.size, WIDTH - 2 * MARGIN - look.indent, bold=look.bold)
        step = look.size * _LEADING
        if self.y - look.before - step * len(lines) - look.keep < MARGIN:
            self.turn()
        self.y -= look.before
        page = self.pages[-1]
        mark = sum(1 for each in self.elements if each.page == len(self.pages) - 1)
        if look.sign == _BOX:
            box = f"{MARGIN + 1} {self.y - step - 1:.1f} 9 9 re S"
            page.append(f"/Artifact BMC 0.7 w {box} EMC")
        page.append(f"/{tag} <</MCID {mark}>> BDC BT /{look.font} {look.size} Tf")
        if look.sign and look.sign != _BOX:
            place = f"1 0 0 1 {MARGIN} {self.y - step:.1f} Tm"
            page.append(f"{place} ({escaped(look.sign)}) Tj")
        for line in lines:
            self.y -= step
            left = MARGIN + look.indent
            page.append(f"1 0 0 1 {left} {self.y:.1f} Tm ({escaped(line)}) Tj")
        page.append("ET EMC")
        self.elements.append(Element(tag, len(self.pages) - 1, mark, part))


@dataclass(frozen=True)
class _Look:
    """The typography of an element; sizes in points."""

    size: float = 11
    before: float = 8
    indent: float = 0
    bold: bool = False
    sign: str = ""

    @property
    def keep(self) -> float:
        """Space that a heading needs below it on its page."""
        return 4 * self.size if self.bold else 0

    @property
    def font(self) -> str:
        return "F2" if self.bold else "F1"


def pdf(*, title: str, parts: list[Part]) -> bytes:
    """Return the bytes of a tagged PDF file."""
    sheet = _Sheet()
    sheet.turn()
    sheet.write(title, "H1", _Look(size=20, before=0, bold=True))
    for place, part in enumerate(parts, start=1):
        for number, line in enumerate(part.lines, start=1):
            sheet.write(line, _TAGS[part.kind], _look(part.kind, number), place)
    return assembled(title, sheet.pages, sheet.elements)


def _look(kind: Kind, number: int) -> _Look:
    if kind is Kind.HEADING:
        return _Look(size=14, before=16, bold=True)
    if kind is Kind.PARAGRAPH:
        return _Look()
    signs = {Kind.CHECKS: _BOX, Kind.BULLETS: "•", Kind.NUMBERS: f"{number}."}
    return _Look(before=4, indent=22, sign=signs[kind])
