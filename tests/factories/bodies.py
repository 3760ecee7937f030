"""Blocks of a page's body in the form in which the database stores them."""

import uuid
from typing import Any


def _block(kind: str, value: Any, block_id: str | None = None) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": block_id or str(uuid.uuid4())}


def heading(words: str, level: int = 2, *, block_id: str | None = None) -> dict:
    """Return a heading; its anchor is `s-` and the first eight characters of the id."""
    return _block("heading", {"text": words, "level": str(level)}, block_id)


def chapter(title: str, summary: str = "", slug: str = "", **ids: Any) -> dict:
    """Return a chapter block; its anchor is `ch-` and the first eight characters of the id."""
    value = {"title": title, "summary": summary, "slug": slug}
    return _block("chapter", value, ids.get("block_id"))


def text(*paragraphs: str) -> dict:
    """Return a block of plain paragraphs."""
    return _block("text", "".join(f"<p>{words}</p>" for words in paragraphs))


def callout(words: str, kind: str = "note", title: str = "") -> dict:
    return _block("callout", {"kind": kind, "title": title, "text": f"<p>{words}</p>"})


def recommendation(
    words: str, strength: str = "strong", *, block_id: str | None = None
) -> dict:
    """Return a recommendation; its anchor is `rec-` and the id's first eight characters."""
    value = {
        "text": f"<p>{words}</p>",
        "strength": strength,
        "certainty": "practice",
        "rationale": "<p>People come back when they know that they can.</p>",
        "considerations": "<p>Who decides at night.</p>",
    }
    return _block("recommendation", value, block_id)


def figure(image: Any, alt: str = "A door, a little open") -> dict:
    return _block("figure", {"image": image.pk, "alt": alt, "caption": ""})


def download(document: Any, label: str = "") -> dict:
    return _block("download", {"document": document.pk, "label": label})


def related(*pages: Any) -> dict:
    return _block("related", {"title": "Read on", "pages": [page.pk for page in pages]})


def table(columns: list[str], *rows: list[str], caption: str = "") -> dict:
    """Return a table whose cells are text."""
    value = {
        "columns": [{"type": "text", "heading": words} for words in columns],
        "rows": [{"values": [f"<p>{cell}</p>" for cell in row]} for row in rows],
    }
    return _block("table", {"caption": caption, "table": value})


def quotation(words: str, attribution: str = "A night worker") -> dict:
    return _block("quotation", {"text": words, "attribution": attribution})


def steps(title: str, *each: str) -> dict:
    return _block("steps", {"title": title, "steps": [f"<p>{one}</p>" for one in each]})


def embed(url: str = "https://vimeo.com/76979871", title: str = "A walk") -> dict:
    return _block("embed", {"url": url, "title": title})


def body(*words: str) -> list[dict]:
    """Return a body of two sections; `words` are the paragraphs of the first."""
    return [
        heading("Before the first night"),
        text(*(words or ("The call before arrival decides a good deal.",))),
        heading("The morning after"),
        text("Somebody has put the kettle on."),
    ]
