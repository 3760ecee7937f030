"""Tables: a header row of plain text, cells of rich text."""

from dataclasses import dataclass
from typing import Any

import lxml.html
from django.utils.translation import gettext as _
from lxml.html import HtmlElement

from .body import clean
from .elements import pieces, squeeze, tag_of, words_of
from .inline import Draft
from .rich import Rich

_PARTS = frozenset(
    {"", "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_LONGEST_HEADING = 120
_WIDEST = 30


@dataclass
class Grid:
    """Return the cells of a table by row; a merged cell is in its first place."""

    rows: list[list[HtmlElement | None]]
    merged: bool
    headed: bool

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def grid_of(table: HtmlElement) -> Grid:
    """Return the rows of a table, without those of tables inside it."""
    rows: list[list[HtmlElement | None]] = []
    merged = False
    for row in _own_rows(table):
        cells: list[HtmlElement | None] = []
        for cell in row:
            if tag_of(cell) in {"td", "th"}:
                span = _span(cell.get("colspan"))
                merged = merged or span > 1 or _span(cell.get("rowspan")) > 1
                cells += [cell, *[None] * (span - 1)]
        if cells:
            rows.append(cells)
    return Grid(rows, merged, bool(rows) and _is_header(rows[0]))


def _own_rows(table: HtmlElement) -> list[HtmlElement]:
    found = []
    for child in table:
        if tag_of(child) == "tr":
            found.append(child)
        elif tag_of(child) in {"thead", "tbody", "tfoot"}:
            found += [row for row in child if tag_of(row) == "tr"]
    return found


def strays(table: HtmlElement) -> list[HtmlElement]:
    """Return content outside of cells, where none is allowed; text as paragraphs."""
    found: list[HtmlElement] = []
    sections = [child for child in table if tag_of(child) in _PARTS - {"tr", "caption"}]
    for part in (table, *sections, *_own_rows(table)):
        for piece in pieces(part):
            if isinstance(piece, str):
                if piece.strip():
                    paragraph = lxml.html.Element("p")
                    paragraph.text = piece
                    found.append(paragraph)
            elif tag_of(piece) not in _PARTS:
                found.append(piece)
    return found


def _span(value: str | None) -> int:
    return min(int(value), _WIDEST) if value and value.isdecimal() and int(value) else 1


def _is_header(row: list[HtmlElement | None]) -> bool:
    cells = [cell for cell in row if cell is not None]
    in_head = tag_of(cells[0].getparent().getparent()) == "thead"
    return in_head or all(tag_of(cell) == "th" for cell in cells)


def is_layout(grid: Grid) -> bool:
    """Return whether a table is only layout: one row or one column."""
    return grid.width < 2 or (len(grid.rows) < 2 and not grid.headed)  # noqa: PLR2004


def headings_of(grid: Grid, draft: Draft) -> list[str]:
    """Return a heading for every column, and remove the header row from the grid."""
    first = [words_of(cell) if cell is not None else "" for cell in grid.rows[0]]
    fits = all(0 < len(word) <= _LONGEST_HEADING for word in first)
    taken = grid.headed or (len(first) == grid.width and fits)
    if taken:
        _account_for_header(grid.rows.pop(0), draft)
    names = [*first, *[""] * (grid.width - len(first))] if taken else [""] * grid.width
    return [
        squeeze(name)[:_LONGEST_HEADING] or _("Column {number}").format(number=number)
        for number, name in enumerate(names, 1)
    ]


def _account_for_header(row: list[HtmlElement | None], draft: Draft) -> None:
    for cell in row:
        if cell is not None:
            for _link in cell.iter("a"):
                draft.tally.dropped("links", "in the header row of a table")
            for _image in cell.iter("img", "ed-image"):
                draft.tally.dropped("images", "in the header row of a table")


def table_value(
    grid: Grid, caption: str, draft: Draft, later: list[HtmlElement]
) -> dict[str, Any]:
    """Return the value of a table block; content that fits no cell goes to `later`."""
    headings = headings_of(grid, draft)
    rows = [
        {"values": [_cell(cell, draft, later) for cell in _filled(row, grid.width)]}
        for row in grid.rows
    ]
    columns = [{"type": "text", "heading": heading} for heading in headings]
    return {
        "caption": caption,
        "table": {"columns": columns, "rows": rows, "caption": ""},
    }


def _filled(row: list[HtmlElement | None], width: int) -> list[HtmlElement | None]:
    return [*row, *[None] * (width - len(row))][:width]


def _cell(cell: HtmlElement | None, draft: Draft, later: list[HtmlElement]) -> str:
    if cell is None:
        return ""
    draft.mark(cell)
    rich = Rich(draft, later=later)
    rich.walk(cell)
    return clean("".join(rich.out))
