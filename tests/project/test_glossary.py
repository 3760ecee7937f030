"""No text uses the words that docs/glossary.md lists under "Words we do not use".

Searched are docstrings, comments, interface strings (gettext, command help, templates),
names of modules and files, and documents. Names in backticks, code in Markdown, the
demonstration's content and strings in tests are not.

    pytest tests/project/test_glossary.py -k search  # one area

Where a phrase is the right one, say why in a comment on the first or last line of the
text, or anywhere in a comment or paragraph: `# glossary: the letter of an alphabet`.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from .prose import Text, texts
from .test_structure import OURS, tracked

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = "docs/glossary.md"
ESCAPE = "glossary:"
KINDS = {".py", ".html", ".txt", ".md", ".ts", ".css", ".yaml", ".toml", ""}
# Lists and locks, test data, the demonstration's content, and where the rules are.
EXEMPT = re.compile(
    r"^docs/glossary\.md|^requirements/|^site/demo/content/(?!.*\.py$)|/migrations/"
    r"|^tests/.*\.toml$|^LICENSE$|^\.(?!ci/)|^tests/project/test_glossary\.py$"
)
FOLDERS = {
    "tests/access": "people",
    "tests/cms": "pages",
    "tests/engines": "search",
    "tests/frontend": "frontend",
    "site/frontend": "frontend",
    "templates": "templates",
    "benchmarks": "benchmarks",
    "docs": "",
}


def area_of(name: str) -> str:
    """Return the app that a file belongs to; a document is an area of its own."""
    if name.endswith(".md"):
        return name
    for folder, area in FOLDERS.items():
        if name.startswith(f"{folder}/"):
            return area
    parts = [part for part in name.split("/")[:2] if part in OURS]
    return parts[0] if parts else "elsewhere"


@cache
def phrases() -> tuple[str, ...]:
    """Return the phrases of the right column of the last table of the glossary."""
    text = (ROOT / GLOSSARY).read_text().partition("## Words we do not use")[2]
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [row[2] for row in rows[2:]]
    return tuple(
        part.strip() for cell in cells for part in cell.split(";") if part.strip()
    )


@cache
def pattern() -> re.Pattern[str]:
    any_of = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases())
    return re.compile(rf"(?<![\w`])(?:{'|'.join(any_of)})(?![\w`])", re.IGNORECASE)


def unwanted(text: Text) -> list[tuple[int, str]]:
    """Return the line and wording of each phrase in a text that has no escape."""
    if ESCAPE in text.raw:
        return []
    words = text.words.replace("’", "'")
    return [
        (text.line + words.count("\n", 0, found.start()), " ".join(found[0].split()))
        for found in pattern().finditer(words)
    ]


@cache
def files() -> dict[str, list[str]]:
    """Return the names of the files of each area."""
    found = defaultdict(list)
    for name in tracked():
        if Path(name).suffix in KINDS and not EXEMPT.search(name):
            found[area_of(name)].append(name)
    return found


def all_areas() -> list[str]:
    return sorted(files()) if (ROOT / ".git").exists() else []


@pytest.mark.parametrize("area", all_areas())
def test_an_area_uses_the_words_of_the_glossary(area: str) -> None:
    found = [
        f"{name}:{line}: {phrase}"
        for name in files()[area]
        for text in texts(ROOT / name, strings=not name.startswith("tests/"))
        for line, phrase in unwanted(text)
    ]
    assert not found, "\n" + "\n".join(found)


def test_the_glossary_lists_phrases() -> None:
    assert {"mend", "whoever asks", "of the house"} <= set(phrases())
    assert len(phrases()) == len(set(phrases()))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x.py", '"""Mend it."""'),
        (
            "x.py",
            "def f():\n    '''Sort.\n\n    What whoever\n    asks may see.\n    '''",
        ),
        ("x.py", "# what is of the\n# house\n"),
        ("x.py", 'x = _("A letter is on its way.")'),
        ("x.py", 'x = ngettext("A letter", "Letters", 2)'),
        ("x.py", 'class Command:\n    help = "Mends the index"'),
        ("mend.py", ""),
        ("x.html", '{% translate "Put right" %}'),
        (
            "x.html",
            "{% blocktranslate %}a letter to\n{{ name }}{% endblocktranslate %}",
        ),
        ("x.html", '<p aria-label="Letters"></p>'),
        ("x.html", "{# Whoever asks #}<p>Welcome</p>"),
        ("x.txt", "the house’s words"),
        ("x.md", "It stands\nready."),
        ("x.css", "/* mended */ p { color: red; }"),
        ("x.ts", "const a = 1; // whoever asks"),
        ("Makefile", "# mend\nall:\n"),
    ],
)
def test_unwanted_words_are_seen(tmp_path: Path, name: str, source: str) -> None:
    path = tmp_path / name
    path.write_text(source)
    assert [hit for text in texts(path) for hit in unwanted(text)]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x.py", '"""Return the letter."""  # glossary: of the alphabet'),
        ("x.py", "letter = 'letter'\n"),
        ("x.py", '"""Call `mend` first."""'),
        ("x.py", "# glossary: of the alphabet, not an e-mail\n# a letter\n"),
        ("x.py", '"""Amend the newsletter; it is unmended."""'),
        ("x.html", '{% include "letter.html" %}<p class="letter">{{ letter }}</p>'),
        ("x.html", "<p>{# glossary: the alphabet #} A letter</p>"),
        ("x.md", "Call `mend`.\n\n```\nmend\n```\n"),
        ("x.css", "p { letter-spacing: 0; }"),
        ("x.ts", 'const url = "https://letter";'),
    ],
)
def test_code_and_escapes_are_left_alone(
    tmp_path: Path, name: str, source: str
) -> None:
    path = tmp_path / name
    path.write_text(source)
    assert [hit for text in texts(path) for hit in unwanted(text)] == []
