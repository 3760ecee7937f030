"""Files of the content, read from disk."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_FENCE = "+++\n"


class ContentError(Exception):
    """A file of the content says something that cannot be built; the message says what."""


@dataclass(frozen=True)
class Text:
    """One file: on which shelf, its name, its facts, its words."""

    shelf: str
    slug: str
    facts: dict[str, Any]
    words: str

    @property
    def key(self) -> str:
        """Its name among all, for instance `guides/when-someone-returns`."""
        return f"{self.shelf}/{self.slug}"


def shelf(name: str) -> list[Text]:
    """Every text of a shelf, in the order of their names.

    Raises ContentError where a file has no facts between two lines of `+++`.
    """
    return [_read(name, path) for path in sorted((FOLDER / name).glob("*.md"))]


def table(name: str) -> dict[str, Any]:
    """One of the lists: topics, organizations, people."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _read(name: str, path: Path) -> Text:
    before, fence, rest = path.read_text(encoding="utf-8").partition(_FENCE)
    facts, second, words = rest.partition(_FENCE)
    if before or not fence or not second:
        raise ContentError(f"{name}/{path.name} needs its facts between lines of +++.")
    try:
        return Text(name, path.stem, tomllib.loads(facts), words.strip())
    except tomllib.TOMLDecodeError as wrong:
        raise ContentError(f"{name}/{path.name}: {wrong}") from wrong
