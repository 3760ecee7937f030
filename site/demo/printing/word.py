"""Word files with real headings, lists and header rows."""

import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from demo.content.sheets import Kind, Part

_STYLES = {
    Kind.PARAGRAPH: "Normal",
    Kind.BULLETS: "List Bullet",
    Kind.CHECKS: "Normal",
    Kind.NUMBERS: "List Number",
}


def word(*, title: str, parts: list[Part]) -> bytes:
    """Return the bytes of a DOCX file."""
    made = Document()
    made.core_properties.title = title
    made.core_properties.author = "Everydoor"
    made.core_properties.language = "en-CA"
    made.add_heading(title, level=1)
    for part in parts:
        _add(made, part)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _add(made: Any, part: Part) -> None:
    if part.kind is Kind.HEADING:
        made.add_heading(part.lines[0], level=2)
    elif part.kind is Kind.TABLE:
        _add_table(made, part.rows)
    else:
        _add_lines(made, part)


def _add_lines(made: Any, part: Part) -> None:
    count = _fresh_count(made) if part.kind is Kind.NUMBERS else None
    for line in part.lines:
        text = f"☐  {line}" if part.kind is Kind.CHECKS else line
        paragraph = made.add_paragraph(text, style=_STYLES[part.kind])
        if count is not None:
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = count


def _fresh_count(made: Any) -> int:
    """Return the id of a new numbered list, which begins at 1."""
    numbering = made.part.numbering_part.numbering_definitions._numbering
    style = made.styles["List Number"].element.pPr.numPr.numId.val
    pattern = numbering.num_having_numId(style).abstractNumId.val
    fresh = numbering.add_num(pattern)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def _add_table(made: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    grid = made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(header)
    made.add_paragraph()
