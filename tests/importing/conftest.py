"""A small library of our own, and the shared one where it is there."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture

from importing.actions import import_library
from importing.conversion import Destination
from importing.report import Report


class NoLibrary:
    """Links of a text that belongs to no library: everything outside stays outside."""

    def page(self, path: str) -> Destination:
        if path.startswith("known"):
            return Destination(f"x-item:{path}", "to a page of this library")
        return Destination("", "to something that is not in the library")

    def outside(self, url: str) -> Destination:
        return Destination(url, "to an address elsewhere")

    def file(self, name: str) -> Destination:
        if name == "sheet.pdf":
            return Destination("x-file:sheet.pdf", "to a document of this library")
        return Destination("", "the file did not come along")

    def image(self, source: str) -> str | None:
        return "door.png" if source.endswith("door.png") else None


@pytest.fixture
def no_library() -> NoLibrary:
    return NoLibrary()


ITEMS: list[dict[str, Any]] = [
    {"kind": "topic", "id": "topics/nights/_index", "title": "Night shifts",
     "slug": "nights", "summary": "What happens between ten and six.",
     "aliases": ["/topics/ns/", "/topics/sleep/"]},
    {"kind": "topic", "id": "topics/handover/_index", "title": "Handover",
     "parent": "nights"},
    {"kind": "organization", "id": "sources/lantern", "title": "Lantern House",
     "slug": "lantern", "extra": {"domain": "https://lantern.example.org"}},
    {"kind": "person", "id": "authors/mika", "title": "Mika Lund", "slug": "mika",
     "agency_full_name": "Lantern House", "extra": {"github": "mika"}},
    {"kind": "event", "id": "events/2020/06/tea", "slug": "tea", "title": "Tea at night",
     "date": "2020-06-18 15:30:00 -0500", "end_date": "2020-06-18 16:30:00 -0500",
     "summary": "Why it helps.", "authors": ["mika", "nobody"], "topics": ["nights"],
     "youtube_ids": ["abcdefghijk"], "host": "Lantern House", "kicker": "Series",
     "captions_url": "https://captions.example.org/1", "aliases": ["/old/tea/"],
     "body": "## Who should come\n\nAll of [us]({{< ref \"sheet.md\" >}})."},
    {"kind": "guide_page", "id": "guides/first/_index", "title": "The first night",
     "guide": "first", "date": "2020-01-02", "body": "Begin with tea."},
    {"kind": "guide_page", "id": "guides/first/leaving", "title": "When somebody leaves",
     "guide": "first", "body": "Keep the bed."},
    {"kind": "guide_page", "id": "guides/first/arriving", "title": "When somebody arrives",
     "guide": "first", "body": "Sit down."},
    {"kind": "article", "id": "news/2020/01/sheet", "slug": "sheet", "title": "The sheet",
     "primary_image": "door", "image": {"alt": "A door"},
     "date": "2020-01-15 09:00:00 -0500", "authors": ["mika"], "topics": ["handover"],
     "body": "See {{< asset-static file=\"sheet.pdf\" label=\"the sheet\" >}}, and "
             "[the guide](https://old.example.org/guides/first/).\n\n"
             "![A door](door.png)\n\n<script>alert(1)</script>"},
    {"kind": "article", "id": "news/2020/02/sheet", "slug": "sheet", "title": "Again",
     "date": "2020-02-15 09:00:00 -0500", "extra": {"draft": True}, "body": "A draft."},
    {"kind": "resource", "id": "resources/elsewhere", "title": "Elsewhere",
     "source": "lantern", "source_url": "https://lantern.example.org/x"},
    {"kind": "community", "id": "communities/cooks", "title": "Cooks",
     "summary": "Who cook at night.", "body": "We meet on Thursdays."},
    {"kind": "community", "id": "communities/gone", "title": "Gone",
     "aliases": ["/communities/went/"],
     "extra": {"redirectto": "https://elsewhere.example.org/"}},
]  # fmt: skip


@pytest.fixture
def write_library(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a library with the given items to disk."""

    def write(items: list[Any] | None = None, name: str = "small") -> Path:
        folder = tmp_path / name
        (folder / "files").mkdir(parents=True, exist_ok=True)
        lines = [
            each if isinstance(each, str) else json.dumps(each)
            for each in (ITEMS if items is None else items)
        ]
        (folder / "items.jsonl").write_text("\n".join(lines), "utf-8")
        about = {"hosts": ["old.example.org"], "licence": "cc0"}
        (folder / "library.json").write_text(json.dumps(about))
        nav = [{"path": "/guides/first/_index.md"},
               {"path": "/guides/first/arriving.md",
                "subnav": [{"path": "/guides/first/leaving"}]}]  # fmt: skip
        (folder / "guidenav.json").write_text(json.dumps({"first": {"nav": nav}}))
        (folder / "files" / "sheet.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
        Picture.new("RGB", (8, 8), "white").save(folder / "files" / "door.png")
        return folder

    return write


@pytest.fixture
def bring(write_library: Callable[..., Path]) -> Callable[..., Report]:
    """Return `bring(items, overwrite=True)`, which imports the items and returns the report."""
    return lambda items=None, **given: import_library(
        directory=write_library(items), **given
    )
