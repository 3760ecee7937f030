"""A floor plan as a picture, in the colours of the site."""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFont

_UNIT = 84
_EDGE = 36
_WIDTH, _HEIGHT = 12, 7
_PAPER, _INK, _LIGHT, _DOOR = "#fbf6ec", "#1d2a2b", "#f2b63c", "#23543f"
_LETTERS = 24


def plan(facts: dict[str, Any]) -> bytes:
    """Return a PNG file: rooms with names, tape across doors, a sign for each kit."""
    size = (_WIDTH * _UNIT + 2 * _EDGE, _HEIGHT * _UNIT + 2 * _EDGE)
    picture = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(picture)
    letters = ImageFont.load_default(_LETTERS)
    for name, left, top, width, height in facts["rooms"]:
        corners = (*_at(left, top), *_at(left + width, top + height))
        pen.rectangle(corners, outline=_INK, width=4)
        middle = _at(left + width / 2, top + height / 2)
        pen.text(middle, name, fill=_INK, font=letters, anchor="mm")
    for x, y in facts["tape"]:
        left, top = _at(x, y)
        pen.rectangle((left - 30, top - 8, left + 30, top + 8), fill=_LIGHT)
        pen.rectangle((left - 30, top - 8, left + 30, top + 8), outline=_INK, width=2)
    for x, y in facts["kits"]:
        left, top = _at(x, y)
        pen.ellipse((left - 24, top - 24, left + 24, top + 24), fill=_DOOR)
        pen.text((left, top), "kit", fill=_PAPER, font=letters, anchor="mm")
    out = io.BytesIO()
    picture.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _at(x: float, y: float) -> tuple[int, int]:
    return round(_EDGE + x * _UNIT), round(_EDGE + y * _UNIT)
