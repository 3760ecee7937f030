"""The golden set: short queries, and what they should find."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("golden.yaml")


@dataclass(frozen=True)
class Golden:
    """A query with what it should find; results are written `kind: beginning of a title`."""

    query: str
    person: str = ""
    wanted: Sequence[str] = ()
    within: int = 3
    unwanted: Sequence[str] = ()
    nothing: bool = False

    def __str__(self) -> str:
        return f"{self.query} ({self.person})" if self.person else self.query

    def complaints(self, found: Sequence[str]) -> Iterator[str]:
        """What is wrong with the results, in words; nothing where all is well."""
        for each in self.wanted:
            place = self.place(each, found)
            if not 0 < place <= self.within:
                yield f"“{each}” stands at {place or 'none'}, not in {self.within}"
        for each in self.unwanted:
            if place := self.place(each, found):
                yield f"“{each}” is not wanted and stands at {place}"
        if self.nothing and found:
            yield f"there should be nothing, and there is “{found[0]}”"

    @staticmethod
    def place(wanted: str, found: Sequence[str]) -> int:
        """The place of the first result that begins so, from 1; 0 where there is none."""
        places = (i for i, each in enumerate(found, 1) if each.startswith(wanted))
        return next(places, 0)


def golden(part: str) -> list[Golden]:
    """The rows of a part of the file."""
    return [Golden(**row) for row in yaml.safe_load(FILE.read_text("utf-8"))[part]]


def failures(rows: Sequence[Golden], ask: Callable[[Golden], list[str]]) -> list[str]:
    """Every complaint about every row, with its query and what was found."""
    found = [(row, ask(row)) for row in rows]
    return [
        f"{row}: {complaint} — {results[:4]}"
        for row, results in found
        for complaint in row.complaints(results)
    ]
