"""docs/developers/architecture.md shows the folders and layers that exist."""

import re
from pathlib import Path

import pytest

from .test_structure import PROJECT, tracked

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "developers" / "architecture.md").read_text()
TREE, LAYERS = re.findall(r"^```\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
# Folders whose every subfolder has a line of its own.
LISTED = ("site", "learning", "knowledge", "docs")


def drawn() -> dict[str, str]:
    """Return the sentence beside each folder of the tree, by the folder's path."""
    found: dict[str, str] = {}
    above = ""
    for line in TREE.splitlines():
        indent, name, sentence = re.fullmatch(r"( *)(\S+)/\s+(.+)", line).groups()
        above = above if indent else name
        found[f"{above}/{name}" if indent else name] = sentence
    return found


def folders() -> set[str]:
    """Return the folders at the top and those in the listed ones."""
    paths = [name.split("/") for name in tracked()]
    top = {parts[0] for parts in paths if len(parts) > 1}
    inner = {"/".join(parts[:2]) for parts in paths if len(parts) > 2}
    return top | {name for name in inner if name.split("/")[0] in LISTED}


def test_every_folder_in_the_drawing_exists() -> None:
    assert [name for name in drawn() if not (ROOT / name).is_dir()] == []


def test_every_folder_is_in_the_drawing_with_a_sentence() -> None:
    assert sorted(folders() - set(drawn())) == []
    assert min(map(len, drawn().values())) > 10


def test_the_layers_are_those_that_import_linter_enforces() -> None:
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    assert LAYERS.splitlines() == contract["layers"]


@pytest.mark.parametrize(
    "module", ["views", "actions", "access", "models", "querysets"]
)
def test_the_vocabulary_of_modules_is_documented(module: str) -> None:
    assert f"`{module}`" in TEXT.partition("## Modules of an app")[2]
