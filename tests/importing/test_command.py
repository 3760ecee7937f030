"""`manage.py import_library` on the command line."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import HomePageFactory

from .conftest import ITEMS

pytestmark = pytest.mark.django_db


def run(folder: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_library", str(folder), *options, stdout=out, verbosity=0)
    return out.getvalue()


def test_json_is_one_object(write_library: Callable[..., Path]) -> None:
    HomePageFactory(title="Home")
    told = json.loads(run(write_library(), "--json"))
    assert told["created"] == len(ITEMS) - 1
    assert told["skipped"][0]["id"] == "communities/gone"
    assert told["markup"]["links"]["carried"] == 4
    assert set(told) >= {"updated", "unchanged", "seconds", "notes", "redirects"}


def test_people_get_a_table(write_library: Callable[..., Path]) -> None:
    told = run(write_library(), "--dry-run")
    assert told.startswith("Nothing was written.")
    assert "communities/gone: It only sends readers on" in told
    assert "the file did not come along" not in told


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no items\.jsonl"):
        run(tmp_path)
