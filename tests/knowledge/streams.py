"""Bodies as the form of the CMS sends them."""

import json
from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

_RICH = {"text", "rationale", "considerations"}


def body_fields(blocks: list[dict[str, Any]]) -> dict[str, str]:
    """Return the form fields of a body; ids are kept, so blocks stay the same blocks."""
    rows = [(block["type"], _value(block)) for block in blocks]
    fields = nested_form_data({"body": streamfield(rows)})
    for position, block in enumerate(blocks):
        fields[f"body-{position}-id"] = block.get("id") or ""
    return {name: _plain(value) for name, value in fields.items()}


def _value(block: dict[str, Any]) -> Any:
    value = block["value"]
    if block["type"] == "text":
        return rich_text(value)
    if block["type"] == "recommendation":
        return {
            name: rich_text(each) if name in _RICH else each
            for name, each in value.items()
        }
    return value


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
