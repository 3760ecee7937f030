"""What a row of a listing shows of a page: kind, plate and facts."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """What kind of item a page is, and the door that it belongs to."""

    key: str
    label: Any
    plural: Any
    door: str


@dataclass(frozen=True)
class Plate:
    """The one figure that identifies an item, for instance a day or an edition."""

    top: Any = ""
    figure: Any = ""
    foot: Any = ""
    past: bool = False


@dataclass(frozen=True)
class Fact:
    """A short fact below the title of a row, with its icon."""

    icon: str
    text: Any
