"""`manage.py demo` where nothing was made yet."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from people.models import Organization, User


def test_it_refuses_outside_debug(db: None) -> None:
    with pytest.raises(CommandError, match="only with DEBUG"):
        call_command("demo")
    assert not User.objects.exists()


def test_a_wrong_text_stops_it_and_nothing_is_made(
    db: None, allowed: None, monkeypatch: Any, tmp_path: Any
) -> None:
    monkeypatch.setattr("demo.content.loading.FOLDER", tmp_path)
    for name in ("people", "organizations"):
        (tmp_path / f"{name}.toml").write_text("organization = []\nmember = []\n")
    (tmp_path / "groups").mkdir()
    (tmp_path / "groups" / "lost.md").write_text("Only words.")
    with pytest.raises(CommandError, match=r"groups/lost\.md"):
        call_command("demo")
    assert not Organization.objects.exists()


def test_what_it_made_is_found_at_once(db: None, allowed: None, client: Any) -> None:
    call_command("demo", "--json")
    found = client.get("/search/", {"q": "naloxone"}).context["rows"]
    assert found.paginator.count > 1
    assert any(hit.passages for hit in found)
