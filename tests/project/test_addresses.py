"""No template, serializer or name of a row falls back to an e-mail address.

A part of an address is never a name. Where an address itself is shown on purpose, to its owner
or to those who manage accounts and invitations, the file is listed here.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("site", "learning", "knowledge", "search")
ADDRESS = frozenset({"email", "get_username", "USERNAME_FIELD"})
#: What names a row or a person, for pages, mail, logs and search.
NAMING = re.compile(r"__str__|__repr__|.*name|.*label|.*title")
#: Templates that show an address on purpose, and to whom.
SHOWN_TO = {
    "templates/account/email_change.html": "its owner",
    "templates/people/account.html": "its owner",
    "templates/people/invitation.html": "its owner",
    "templates/people/members.html": "leads, who typed it",
    "templates/people/security.html": "its owner",
    "templates/wagtailusers/users/create.html": "administrators",
    "templates/wagtailusers/users/edit.html": "administrators",
}
IN_TEMPLATE = re.compile(r"\.email\b|\.get_username\b|\.username\b")
FALLS_BACK = re.compile(r"default(?:_if_none)?:[\w.]*(?:email|username)")


def modules() -> Iterator[Path]:
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*.py")):
            if not {"migrations", "node_modules"} & set(path.parts):
                yield path


def reads_address(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr in ADDRESS
        for each in ast.walk(node)
    )


def fallbacks(tree: ast.AST) -> Iterator[int]:
    """Yield lines with `name or email`, and functions that name something by an address."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)) and any(
            reads_address(value) for value in node.values[1:]
        ):
            yield node.lineno
        if isinstance(node, ast.IfExp) and reads_address(node.orelse):
            yield node.lineno
        if (
            isinstance(node, ast.FunctionDef)
            and NAMING.fullmatch(node.name)
            and any(reads_address(line) for line in node.body)
        ):
            yield node.lineno


def test_no_name_in_python_is_made_from_an_address() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules()
        for line in fallbacks(ast.parse(path.read_text()))
    ]
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        'return self.name or self.email.partition("@")[0]',
        "return user.get_full_name() or user.get_username()",
        "return self.name if self.name else self.email",
        "def __str__(self):\n    return f'{self.email} (member)'",
        "def display_name(user):\n    return user.email",
    ],
)
def test_the_search_for_such_names_finds_them(code: str) -> None:
    assert list(fallbacks(ast.parse(code)))


def test_templates_show_addresses_only_to_those_listed() -> None:
    showing = set()
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        text = path.read_text()
        name = str(path.relative_to(ROOT))
        assert not FALLS_BACK.search(text), name
        if IN_TEMPLATE.search(text):
            showing.add(name)
    assert showing == set(SHOWN_TO)
