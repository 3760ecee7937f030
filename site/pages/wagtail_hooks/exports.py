"""CSV exports of the CMS, which spreadsheet programs open, hold no formulas.

A title, a name or a search term that begins with `=` would run in the spreadsheet of whoever
opens the file, and could send its cells elsewhere (CWE-1236). Every list and report of the
CMS writes its rows by one method of Wagtail; XLSX marks such cells as text already.
"""

from typing import TYPE_CHECKING, Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

if TYPE_CHECKING:
    from collections.abc import Mapping

# What spreadsheet programs take for the beginning of a formula, full-width forms too.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def without_formula(value: Any) -> Any:
    """Return text that begins a formula with an apostrophe before it; else the value."""
    begins = isinstance(value, str) and value.lstrip(" ").startswith(_BEGINNINGS)
    return f"'{value}" if begins else value


def write_csv_row(
    view: SpreadsheetExportMixin, writer: Any, row: "Mapping[str, Any]"
) -> Any:
    """Write a row as Wagtail does, without formulas."""
    written = {
        field: without_formula(
            view.preprocess_field_value(field, value, view.FORMAT_CSV)
        )
        for field, value in row.items()
    }
    return writer.writerow(written)


SpreadsheetExportMixin.write_csv_row = write_csv_row
