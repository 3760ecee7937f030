"""Load content files and TOML lists from disk."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_FENCE = "+++\n"


class ContentError(Exception):
    """A content file cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Text:
    """One content file: its folder, slug, TOML values and Markdown."""

    folder: str
    slug: str
    facts: dict[str, Any]
    words: str

    @property
    def key(self) -> str:
        """The key that other files refer to it by: `guides/when-someone-returns`."""
        return f"{self.folder}/{self.slug}"


def content_files(name: str) -> list[Text]:
    """Return all content files of a folder, ordered by name.

    Raises ContentError if a file has no TOML between two lines of `+++`.
    """
    return [_read(name, path) for path in sorted((FOLDER / name).glob("*.md"))]


def table(name: str) -> dict[str, Any]:
    """Return the values of a TOML list, for instance "topics" or "people"."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _read(name: str, path: Path) -> Text:
    before, fence, rest = path.read_text(encoding="utf-8").partition(_FENCE)
    facts, second, words = rest.partition(_FENCE)
    if before or not fence or not second:
        raise ContentError(f"{name}/{path.name} needs TOML between two lines of +++.")
    try:
        return Text(name, path.stem, tomllib.loads(facts), words.strip())
    except tomllib.TOMLDecodeError as wrong:
        raise ContentError(f"{name}/{path.name}: {wrong}") from wrong
