"""The documentation lists what is in the code, no more and no less."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parents[2]
CODE = [ROOT / "site", ROOT / "learning", ROOT / "knowledge", ROOT / "search"]
HEADINGS = ["## Context", "## Decision", "## Consequences", "## Revisit when"]
IN_BACKTICKS = re.compile(r"^\| `([A-Za-z_0-9.]+)`", re.MULTILINE)
IN_PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "SECOND_FACTOR_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "everydoor.example.org",
    "SITE_URL": "https://everydoor.example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
}
ASK = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
from everydoor.settings import env
print(json.dumps(sorted(env.READ)))
"""


def listed(document: str) -> list[str]:
    return IN_BACKTICKS.findall((ROOT / "docs" / "operations" / document).read_text())


@pytest.fixture(scope="module")
def variables() -> set[str]:
    """Return every environment variable that dev, test or production settings read."""
    found: set[str] = set()
    for name in ("dev", "test", "production"):
        output = subprocess.run(
            [sys.executable, "-c", ASK, f"everydoor.settings.{name}"],
            env={**os.environ, **IN_PRODUCTION},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        found |= set(yaml.safe_load(output.stdout))
    return found


def test_every_environment_variable_is_documented(variables: set[str]) -> None:
    assert sorted(listed("environment.md")) == sorted(variables)


def test_every_system_check_is_documented() -> None:
    ids: set[str] = set()
    for folder in CODE:
        for module in folder.rglob("*.py"):
            ids |= set(re.findall(r'id="([a-z_]+\.[EWI]\d{3})"', module.read_text()))
    assert listed("checks.md") == sorted(ids)


@pytest.mark.parametrize(
    "record",
    sorted((ROOT / "docs" / "decisions").glob("*.md")),
    ids=lambda path: path.stem,
)
def test_a_decision_has_the_four_headings(record: Path) -> None:
    lines = record.read_text().splitlines()
    number, _, _ = record.stem.partition("-")
    assert lines[0].startswith(f"# {int(number)}. ")
    assert [line for line in lines if line.startswith("## ")] == HEADINGS


def test_no_two_decisions_share_a_number() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))


def test_every_target_of_make_has_a_description() -> None:
    makefile = (ROOT / "Makefile").read_text()
    described = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    public = {"setup", "run", "test", "check", "mutate", "test-engines", "bench"}
    assert public | {"lock", "fmt"} <= described
    commands = set(re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text()))
    assert commands <= described
