"""The bytes of a PDF file, and its structure (ISO 32000-1, 7.5 and 14.7).

Headings and paragraphs are children of the document; list items are children of the list.
"""

from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT = 612, 792
_CATALOG, _PAGES, _ROOT, _DOCUMENT, _PARENTS, _FACTS, _REGULAR, _BOLD = range(1, 9)
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"


@dataclass(frozen=True)
class Element:
    """A structure element: the page and marked content of its text, and its parent."""

    tag: str
    page: int
    mark: int
    part: int


class _Objects:
    """The objects of a file; a number can be reserved before its object is written."""

    def __init__(self, reserved: int) -> None:
        self.bodies = [""] * reserved

    def number(self) -> int:
        self.bodies.append("")
        return len(self.bodies)

    def put(self, number: int, body: str) -> str:
        """Return a reference to the object."""
        self.bodies[number - 1] = body
        return f"{number} 0 R"

    def add(self, body: str) -> str:
        return self.put(self.number(), body)


def escaped(words: str) -> str:
    """Return text escaped for a PDF literal string."""
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def assembled(title: str, pages: list[list[str]], elements: list[Element]) -> bytes:
    """Return a PDF file of page content and structure elements in reading order."""
    objects = _Objects(reserved=_BOLD)
    sheets = [_page(objects, number, lines) for number, lines in enumerate(pages)]
    held: dict[int, list[str]] = {number: [] for number in range(len(pages))}
    inside = []
    for (part, tag), group in groupby(elements, key=lambda each: (each.part, each.tag)):
        if tag == "LBody" and part:
            inside.append(_list(objects, list(group), sheets, held))
        else:
            inside += [_leaf(objects, each, _DOCUMENT, sheets, held) for each in group]
    parents = " ".join(f"{page} [{' '.join(all_)}]" for page, all_ in held.items())
    objects.put(
        _CATALOG,
        f"<</Type/Catalog/Pages {_PAGES} 0 R/StructTreeRoot {_ROOT} 0 R/Lang(en-CA)"
        "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>>>",
    )
    kids = " ".join(sheets)
    objects.put(_PAGES, f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>")
    objects.put(
        _ROOT,
        f"<</Type/StructTreeRoot/K {_DOCUMENT} 0 R/ParentTree {_PARENTS} 0 R>>",
    )
    objects.put(_DOCUMENT, _struct("Document", _ROOT, f"[{' '.join(inside)}]"))
    objects.put(_PARENTS, f"<</Nums[{parents}]>>")
    objects.put(_FACTS, f"<</Title({escaped(title)})/Author(Everydoor)>>")
    objects.put(_REGULAR, _FONT.format("Helvetica"))
    objects.put(_BOLD, _FONT.format("Helvetica-Bold"))
    return _bytes(objects.bodies)


def _page(objects: _Objects, number: int, lines: list[str]) -> str:
    content = "\n".join(lines)
    length = len(content.encode("cp1252"))
    stream = objects.add(f"<</Length {length}>>\nstream\n{content}\nendstream")
    return objects.add(
        f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
        f"/Resources<</Font<</F1 {_REGULAR} 0 R/F2 {_BOLD} 0 R>>>>"
        f"/StructParents {number}/Tabs/S/Contents {stream}>>"
    )


def _struct(tag: str, parent: int, kids: str, page: str = "") -> str:
    where = f"/Pg {page}" if page else ""
    return f"<</Type/StructElem/S/{tag}/P {parent} 0 R{where}/K {kids}>>"


def _leaf(
    objects: _Objects,
    each: Element,
    parent: int,
    sheets: list[str],
    held: dict[int, list[str]],
) -> str:
    body = _struct(each.tag, parent, str(each.mark), sheets[each.page])
    reference = objects.add(body)
    held[each.page].append(reference)
    return reference


def _list(
    objects: _Objects,
    group: list[Element],
    sheets: list[str],
    held: dict[int, list[str]],
) -> str:
    whole = objects.number()
    items = []
    for each in group:
        item = objects.number()
        words = _leaf(objects, each, item, sheets, held)
        items.append(objects.put(item, _struct("LI", whole, words)))
    return objects.put(whole, _struct("L", _DOCUMENT, f"[{' '.join(items)}]"))


def _bytes(bodies: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    trailer = f"<</Size {len(bodies) + 1}/Root {_CATALOG} 0 R/Info {_FACTS} 0 R>>"
    out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
