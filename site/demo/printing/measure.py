"""Text width in Helvetica, by its published metrics (Adobe AFM)."""

_FIRST = 32
# Widths of the characters from the blank to the tilde, in thousandths of the size.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_OTHERS = {"’": 222, "‘": 222, "“": 333, "”": 333, "…": 1000, "—": 1000}
_MIDDLE = 556
_BOLD = 1.08


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points; bold is a little wider than regular."""
    total = sum(_width_of(each) for each in words)
    return total * size / 1000 * (_BOLD if bold else 1)


def fits(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break text at spaces into lines that are no wider than the given width."""
    lines = [""]
    for each in words.split():
        longer = f"{lines[-1]} {each}".strip()
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(each)
    return lines


def _width_of(character: str) -> int:
    place = ord(character) - _FIRST
    if 0 <= place < len(_WIDTHS):
        return _WIDTHS[place]
    return _OTHERS.get(character, _MIDDLE)
