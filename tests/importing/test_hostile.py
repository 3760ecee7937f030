"""No active content survives the conversion, whatever was written and wherever."""

import json
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from importing.conversion import convert
from pages.blocks import BodyBlock

pytestmark = pytest.mark.corpus

TAGS = {"p", "br", "b", "i", "sup", "sub", "a", "ul", "ol", "li"}
SAFE = re.compile(r"^(https?://|mailto:|tel:|x-item:|x-file:|#s-)", re.I)
RICH = {"text", "callout", "steps", "table"}
FRAMES = (
    "{}", "Words\n\n{}", "- {}", "> {}", "## {}", "| a | b |\n|---|---|\n| {} | x |",
    "{{{{< box >}}}}{}{{{{< /box >}}}}", "[x]({})", "<div>{}</div>",
)  # fmt: skip


def payloads(corpus: Path) -> list[str]:
    rows = json.loads((corpus / "hostile/dompurify/expect.json").read_text())
    strings = json.loads((corpus / "hostile/blns/blns.json").read_text())
    return [row["payload"] for row in rows] + strings


def rich_texts(value: Any) -> list[str]:
    """Return the rich text inside a block, which templates do not escape."""
    if isinstance(value, str):
        return [value] if value.lstrip().startswith("<") else []
    if isinstance(value, dict):
        plain = {"title", "caption", "label", "heading", "kind", "id"}
        inner = [each for key, each in value.items() if key not in plain]
        return [text for each in inner for text in rich_texts(each)]
    return [text for each in value for text in rich_texts(each)]


def test_every_payload_loses_its_active_content(corpus: Path, no_library: Any) -> None:
    seen = 0
    for payload in payloads(corpus):
        for frame in FRAMES:
            done = convert(frame.format(payload), item_id="x", links=no_library)
            for block in done.blocks:
                seen += 1
                if block["type"] == "embed":
                    assert block["value"]["url"].startswith(("http://", "https://"))
                elif block["type"] in RICH:
                    for html in rich_texts(block["value"]):
                        assert_quiet(html)
    assert seen > 3000


def assert_quiet(html: str) -> None:
    for element in lxml.html.fragment_fromstring(
        html, create_parent="div"
    ).iterdescendants():
        assert element.tag in TAGS, html
        assert set(element.attrib) <= {"href"}, html
        assert not element.get("href") or SAFE.match(element.get("href")), html


def test_payloads_shown_by_the_blocks_own_templates_hold_nothing_active(
    corpus: Path, no_library: Any, db: None
) -> None:
    block = BodyBlock()
    kinds = {"heading", "text", "callout", "quotation", "steps", "table"}
    for payload in payloads(corpus):
        text = f"## {payload}\n\n{payload}\n\n> {payload}"
        done = convert(text, item_id="x", links=no_library)
        raw = [each for each in done.blocks if each["type"] in kinds]
        shown = str(block.render(block.to_python(raw)))
        tree = lxml.html.fragment_fromstring(shown, create_parent="div")
        for element in tree.iterdescendants():
            assert element.tag not in {"script", "iframe", "object", "embed", "style"}
            assert not [name for name in element.attrib if name.startswith("on")], (
                payload
            )
            address = (element.get("href") or "").strip().lower()
            assert not address.startswith(("javascript", "data", "vbscript")), payload
