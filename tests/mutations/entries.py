"""The standing list of one-line faults, read from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Mutation:
    """One fault: `old`, which occurs exactly once in `file`, becomes `new`."""

    area: str
    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.area}: {self.name}"

    def apply_to(self, source: str) -> str:
        """Return the source with the fault in it.

        Raises ValueError if `old` does not occur exactly once, and SyntaxError if a
        Python file would no longer compile.
        """
        count = source.count(self.old)
        if count != 1:
            raise ValueError(f"`old` occurs {count} times in {self.file}")
        faulty = source.replace(self.old, self.new)
        if self.file.endswith(".py"):
            compile(faulty, self.file, "exec")
        return faulty


def areas() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_area(area: str) -> list[Mutation]:
    rows = tomllib.loads((FOLDER / f"{area}.toml").read_text())["mutation"]
    return [
        Mutation(area=area, **{**row, "tests": tuple(row["tests"])}) for row in rows
    ]


def load(only: str = "") -> list[Mutation]:
    """Return the mutations whose "area: name" contains `only`; all without it."""
    found = [mutation for area in areas() for mutation in load_area(area)]
    return [mutation for mutation in found if only.lower() in str(mutation).lower()]
