"""Sheets as small tagged PDF files (ISO 32000-1, section 14.8), made by hand.

Two fonts that every reader has, one column, letter paper. The structure is told: headings,
paragraphs, lists and their items, so that a screen reader reads a sheet as it is meant.
"""

from dataclasses import dataclass, field

from everydoor.demo.content.sheets import Kind, Part

from .measure import fits

WIDTH, HEIGHT, MARGIN = 612, 792, 64
_LEADING = 1.42
_TAGS = {
    Kind.HEADING: "H2",
    Kind.PARAGRAPH: "P",
    Kind.BULLETS: "LI",
    Kind.CHECKS: "LI",
    Kind.NUMBERS: "LI",
}


@dataclass
class _Element:
    """An element of the structure, and where its words stand."""

    tag: str
    page: int
    mark: int


@dataclass
class _Sheet:
    """Pages while they are being filled."""

    pages: list[list[str]] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    y: float = 0

    def turn(self) -> None:
        self.pages.append([])
        self.y = HEIGHT - MARGIN

    def write(self, words: str, tag: str, look: "_Look") -> None:
        """One element, whole on one page."""
        lines = fits(words, look.size, WIDTH - 2 * MARGIN - look.indent, bold=look.bold)
        step = look.size * _LEADING
        if self.y - look.before - step * len(lines) < MARGIN:
            self.turn()
        self.y -= look.before
        page = self.pages[-1]
        mark = sum(1 for each in self.elements if each.page == len(self.pages) - 1)
        self._draw_sign(page, look, self.y - step)
        page.append(f"/{tag} <</MCID {mark}>> BDC BT /{look.font} {look.size} Tf")
        for line in lines:
            self.y -= step
            left = MARGIN + look.indent
            page.append(f"1 0 0 1 {left} {self.y:.1f} Tm ({_escaped(line)}) Tj")
        page.append("ET EMC")
        self.elements.append(_Element(tag, len(self.pages) - 1, mark))

    @staticmethod
    def _draw_sign(page: list[str], look: "_Look", y: float) -> None:
        if look.sign == "check":
            box = f"{MARGIN + 1} {y - 1:.1f} 9 9 re S"
            page.append(f"/Artifact BMC 0.7 w {box} EMC")
        elif look.sign:
            sign = f"1 0 0 1 {MARGIN} {y:.1f} Tm ({_escaped(look.sign)}) Tj"
            page.append(f"/Artifact BMC BT /F1 {look.size} Tf {sign} ET EMC")


@dataclass(frozen=True)
class _Look:
    """How an element is set; sizes in points."""

    size: float = 11
    before: float = 8
    indent: float = 0
    bold: bool = False
    sign: str = ""

    @property
    def font(self) -> str:
        return "F2" if self.bold else "F1"


def pdf(*, title: str, parts: list[Part]) -> bytes:
    """A tagged PDF file."""
    sheet = _Sheet()
    sheet.turn()
    sheet.write(title, "H1", _Look(size=20, before=0, bold=True))
    for part in parts:
        for number, line in enumerate(part.lines, start=1):
            sheet.write(line, _TAGS[part.kind], _look(part.kind, number))
    return _file(title, sheet)


def _look(kind: Kind, number: int) -> _Look:
    if kind is Kind.HEADING:
        return _Look(size=14, before=16, bold=True)
    if kind is Kind.PARAGRAPH:
        return _Look()
    signs = {Kind.CHECKS: "check", Kind.BULLETS: "•", Kind.NUMBERS: f"{number}."}
    return _Look(before=4, indent=22, sign=signs[kind])


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(title: str, sheet: _Sheet) -> bytes:
    """Objects: 1 catalog, 2 pages, 3 structure, 4 its root, 5 parents, 6 facts, 7-8 fonts."""
    first_page = 9
    first_element = first_page + 2 * len(sheet.pages)
    kids = " ".join(f"{first_page + 2 * n} 0 R" for n in range(len(sheet.pages)))
    inside = [f"{first_element + n} 0 R" for n in range(len(sheet.elements))]
    objects = [
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 3 0 R/MarkInfo<</Marked true>>"
        "/Lang(en-CA)/ViewerPreferences<</DisplayDocTitle true>>>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(sheet.pages)}>>",
        "<</Type/StructTreeRoot/K 4 0 R/ParentTree 5 0 R>>",
        f"<</Type/StructElem/S/Document/P 3 0 R/K[{' '.join(inside)}]>>",
        f"<</Nums[{_parents(sheet, inside)}]>>",
        f"<</Title({_escaped(title)})/Author(Everydoor)>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        *_pages(sheet, first_page),
        *(_element(each, first_page) for each in sheet.elements),
    ]
    return _bytes(objects)


def _parents(sheet: _Sheet, references: list[str]) -> str:
    rows = []
    for number in range(len(sheet.pages)):
        pairs = zip(sheet.elements, references, strict=True)
        mine = [reference for each, reference in pairs if each.page == number]
        rows.append(f"{number} [{' '.join(mine)}]")
    return " ".join(rows)


def _pages(sheet: _Sheet, first: int) -> list[str]:
    made = []
    for number, lines in enumerate(sheet.pages):
        content = "\n".join(lines)
        made.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Resources<</Font<</F1 7 0 R/F2 8 0 R>>>>/StructParents {number}"
            f"/Tabs/S/Contents {first + 2 * number + 1} 0 R>>"
        )
        length = len(content.encode("cp1252"))
        made.append(f"<</Length {length}>>\nstream\n{content}\nendstream")
    return made


def _element(each: _Element, first_page: int) -> str:
    page = first_page + 2 * each.page
    return f"<</Type/StructElem/S/{each.tag}/P 4 0 R/Pg {page} 0 R/K {each.mark}>>"


def _bytes(objects: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R>>"
    out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
