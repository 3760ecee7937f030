"""The golden set: short queries and their expected results."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("golden.yaml")


@dataclass(frozen=True)
class Golden:
    """A query with its expected results, written as `kind: beginning of the title`."""

    query: str
    person: str = ""
    wanted: Sequence[str] = ()
    within: int = 3
    unwanted: Sequence[str] = ()
    nothing: bool = False

    def __str__(self) -> str:
        return f"{self.query} ({self.person})" if self.person else self.query

    def complaints(self, found: Sequence[str]) -> Iterator[str]:
        """Yield what is wrong with the results."""
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
        """Return the rank of the first result that begins so, from 1; 0 if there is none."""
        places = (i for i, each in enumerate(found, 1) if each.startswith(wanted))
        return next(places, 0)


def golden(part: str) -> list[Golden]:
    """Return the rows of one part of the file."""
    return [Golden(**row) for row in yaml.safe_load(FILE.read_text("utf-8"))[part]]


def failures(rows: Sequence[Golden], ask: Callable[[Golden], list[str]]) -> list[str]:
    """Return all complaints, each with its query and the first results."""
    found = [(row, ask(row)) for row in rows]
    return [
        f"{row}: {complaint} — {results[:4]}"
        for row, results in found
        for complaint in row.complaints(results)
    ]
