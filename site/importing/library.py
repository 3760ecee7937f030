"""A library on disk: its items, its files, and the chapters of its guides.

The layout is documented in docs/editors/import-format.md. A bad line never stops
the reading: it is reported in `Library.problems`. Nothing outside of the directory is read:
a library can come from anybody.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .dates import moment

DEFAULT_ZONE = "America/New_York"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})


class LibraryError(Exception):
    """There is nothing to read; the message tells the person why."""


@dataclass(frozen=True)
class Problem:
    """A skipped item or line and the reason; `id` is the item's id or the line number."""

    id: str
    reason: str


@dataclass(frozen=True)
class Item:
    """One item as it was written; values of an unexpected type count as empty."""

    id: str
    kind: str
    raw: dict[str, Any]
    zone: ZoneInfo

    def text(self, name: str) -> str:
        value = self.raw.get(name)
        if value is None:
            extra = self.raw.get("extra")
            value = extra.get(name) if isinstance(extra, dict) else None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return ""
        return str(value).strip()

    def texts(self, name: str) -> list[str]:
        value = self.raw.get(name)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            return []
        return [str(each).strip() for each in value if isinstance(each, str | int)]

    def flag(self, name: str) -> bool:
        extra = self.raw.get("extra")
        inner = extra.get(name) if isinstance(extra, dict) else None
        return (self.raw.get(name) or inner) is True

    def moment(self, name: str) -> dt.datetime | None:
        return moment(self.text(name), self.zone)

    @cached_property
    def name(self) -> str:
        """The last meaningful part of its id."""
        parts = [part for part in self.id.split("/") if part]
        if len(parts) > 1 and parts[-1] == "_index":
            parts.pop()
        return parts[-1] if parts else ""

    @cached_property
    def slug(self) -> str:
        return self.text("slug") or self.name


@dataclass(frozen=True)
class LibraryFile:
    """A file of the library."""

    name: str
    path: Path
    title: str
    items: tuple[str, ...] = ()
    is_transcript: bool = False

    @property
    def is_picture(self) -> bool:
        return Path(self.name).suffix.lower() in PICTURES


@dataclass
class Library:
    """Everything that was read."""

    directory: Path
    source: str
    zone: ZoneInfo
    hosts: frozenset[str]
    licence: str
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    guides: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, LibraryFile] = field(default_factory=dict)
    announced: frozenset[str] = frozenset()


def read_library(directory: Path, *, source: str = "") -> Library:
    """Read the library in a directory; raise LibraryError if there is none."""
    if not directory.is_dir():
        raise LibraryError(_("There is no folder {path}.").format(path=directory))
    notes: list[Problem] = []
    about = _about(directory, notes)
    library = Library(
        directory=directory,
        source=(source or str(about.get("name") or "") or directory.resolve().name)[
            :80
        ],
        zone=_zone(about),
        hosts=frozenset(map(str, about.get("hosts") or ())),
        licence=str(about.get("licence") or ""),
        notes=notes,
    )
    _read_items(library)
    library.guides = _guides(directory, library.notes)
    for folder in ("files", "transcripts"):
        _read_files(library, directory / folder)
    rows = list(_rows(directory / "files.jsonl", library.notes))
    library.announced = frozenset(str(row.get("name")) for row in rows)
    return library


def _about(directory: Path, notes: list[Problem]) -> dict[str, Any]:
    """Read `library.json`, the settings of the whole library, which is optional."""
    about = _json(directory / "library.json", notes)
    return about if isinstance(about, dict) else {}


def _zone(about: dict[str, Any]) -> ZoneInfo:
    name = str(about.get("time_zone") or DEFAULT_ZONE)
    try:
        return ZoneInfo(name)
    except (OSError, ValueError) as error:
        words = _("library.json names a time zone that does not exist: {name}.")
        raise LibraryError(words.format(name=name)) from error


def _is_own_file(path: Path, notes: list[Problem]) -> bool:
    """Return whether a file exists and is no link, which could lead anywhere."""
    if path.is_symlink():
        notes.append(Problem(path.name, _("It is a link, and links are not followed.")))
        return False
    return path.is_file()


def _json(path: Path, notes: list[Problem]) -> Any:
    if not _is_own_file(path, notes):
        return None
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        notes.append(Problem(path.name, _("It cannot be read: {e}").format(e=error)))
        return None


def _rows(path: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """Read a file with one JSON object on each line."""
    if not _is_own_file(path, problems):
        return
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = _("{file} line {number}").format(file=path.name, number=number)
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                words = _("This line is not JSON: {error}").format(error=error)
                problems.append(Problem(where, words))
                continue
            if isinstance(row, dict):
                yield {"_line": where, **row}
            else:
                problems.append(Problem(where, _("This line is not an object.")))


def _read_items(library: Library) -> None:
    path = library.directory / "items.jsonl"
    if not _is_own_file(path, library.notes):
        words = _("There is no items.jsonl in {path}.").format(path=library.directory)
        raise LibraryError(words)
    seen: set[str] = set()
    for row in _rows(path, library.problems):
        where = row.pop("_line")
        item_id, kind = row.get("id"), row.get("kind")
        if not (
            isinstance(item_id, str) and item_id and isinstance(kind, str) and kind
        ):
            library.problems.append(Problem(where, _("It has no id or no kind.")))
        elif item_id in seen:
            library.problems.append(
                Problem(item_id, _("An item before has the same id."))
            )
        else:
            seen.add(item_id)
            library.items.append(Item(item_id, kind, row, library.zone))
    if not library.items:
        words = _("No item in {path} can be read. {reason}")
        first = library.problems[0] if library.problems else None
        reason = f"{first.id}: {first.reason}" if first else _("The file is empty.")
        raise LibraryError(words.format(path=path, reason=reason))


def _guides(directory: Path, notes: list[Problem]) -> dict[str, list[str]]:
    """Return the ids of chapters in reading order, by the key of their guide."""
    raw = _json(directory / "guidenav.json", notes)
    found: dict[str, list[str]] = {}
    for key, guide in (raw if isinstance(raw, dict) else {}).items():
        if isinstance(guide, dict):
            found[key] = list(_ids_in(guide.get("nav")))
    return found


def _ids_in(entries: Any) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield str(entry.get("path") or "").strip("/").removesuffix(".md")
            yield from _ids_in(entry.get("subnav"))


def _plain_name(written: str) -> str:
    """Return the last part of a path, which is all that a file name may be."""
    name = written.replace("\\", "/").rpartition("/")[2]
    return "" if name in {".", ".."} else name


def _read_files(library: Library, folder: Path) -> None:
    if folder.is_symlink():
        words = _("It is a link, and links are not followed.")
        library.notes.append(Problem(folder.name, words))
        return
    known = {
        str(row.get("file")): row
        for row in _rows(folder / "index.jsonl", library.notes)
    }
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    present = {path.name for path in paths}
    for name in sorted(known):
        if name not in present:
            words = _("It is named in {folder}/index.jsonl, but is not there.")
            library.notes.append(Problem(name, words.format(folder=folder.name)))
    for path in paths:
        if path.name != "index.jsonl" and _is_own_file(path, library.notes):
            row = known.get(path.name, {})
            name = _plain_name(str(row.get("original_name") or "")) or path.name
            title = str(row.get("title") or "").strip() or Path(name).stem
            items = row.get("items")
            linked = tuple(map(str, items)) if isinstance(items, list) else ()
            transcript = folder.name == "transcripts"
            library.files[name] = LibraryFile(
                name, path, title[:250], linked, transcript
            )
