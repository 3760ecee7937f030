"""The text of a page that hints are about: its summary and the blocks of its bodies."""

from typing import TYPE_CHECKING, Any

from wagtail.fields import RichTextField, StreamField

from .hints import Text

if TYPE_CHECKING:
    from pages.models import BasePage

_RICH = {
    "text": ("",),
    "callout": ("text",),
    "recommendation": ("text", "rationale", "considerations"),
    "figure": ("caption",),
}


# Blocks that are a heading, with the part that holds its words.
_HEADINGS = {"chapter": "title", "heading": "text"}


def text_of(page: "BasePage") -> Text:
    """Return the text of a page as its editor wrote it, without quotations."""
    text = Text(summary=page.summary)
    if page.listing_image_id and page.listing_image_alt:
        text.pictures.append(page.listing_image_alt)
    for each in page._meta.get_fields():
        value = getattr(page, each.name, None)
        if isinstance(each, StreamField):
            for block in value or ():
                _add(text, block.block_type, block.value)
        elif isinstance(each, RichTextField) and value:
            text.html.append(value)
    return text


def _add(text: Text, kind: str, value: Any) -> None:
    if part := _HEADINGS.get(kind):
        text.headings.append((int(value.get("level", 2)), value[part]))
    elif kind == "figure":
        text.pictures.append(value["alt"] or "")
    elif kind == "steps":
        text.html.extend(str(step.source) for step in value["steps"])
    elif kind == "table":
        for row in value["table"].rows:
            text.html.extend(str(cell.value.source) for cell in row)
    for part in _RICH.get(kind, ()):
        rich = value[part] if part else value
        if rich:
            text.html.append(rich.source)
