"""What a row of a listing shows of a page."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """What a page is, in words, and behind which door it stands."""

    key: str
    label: Any
    plural: Any
    door: str


@dataclass(frozen=True)
class Plate:
    """The number on the door: the one figure that tells which item this is."""

    top: Any = ""
    figure: Any = ""
    foot: Any = ""
    past: bool = False


@dataclass(frozen=True)
class Fact:
    """A fact of the meta line, with the icon before it."""

    icon: str
    text: Any
