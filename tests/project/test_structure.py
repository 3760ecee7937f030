"""Rules about the structure of the repository that import-linter cannot check."""

import re
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignObjectRel

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
# Path of a file, and why it may be longer.
MAY_BE_LONGER: dict[str, str] = {}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OURS = frozenset(PROJECT["tool"]["importlinter"]["root_packages"])
NOT_COMMITTED = {
    "the URL of a package registry": (
        r"(?<!no-emit-)index-url|\"resolved\": \"https?:|registry *= *[\"']?https?:"
    ),
    "a path of one machine": r"(?<![\w.$}])/(?:work|root|home)/\w",
    "a loose end": r"\b(?:TODO|FIXME|XXX)\b",
}
SELF = "tests/project/test_structure.py"
ALLOWED_FOLDERS = {
    *(".ci", "benchmarks", "docs", "knowledge", "learning", "requirements"),
    *("search", "site", "templates", "tests"),
}


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("git lists the files of the project, and this is not a checkout")
    names = subprocess.run(
        ["git", "ls-files"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in OURS


def our_apps() -> list[str]:
    """Return our installed apps, without the AppConfigs that only adapt an app of Wagtail."""
    named = [name for name in settings.INSTALLED_APPS if is_ours(name)]
    return [name for name in named if ".apps." not in name]


def layers() -> list[set[str]]:
    """Return the layers of the first contract, top to bottom."""
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    return [{part.strip() for part in row.split("|")} for row in contract["layers"]]


def test_every_package_of_ours_is_in_a_layer() -> None:
    named = {module.partition(".")[0] for row in layers() for module in row}
    assert named == OURS


def height(module: str) -> int | None:
    for distance, row in enumerate(layers()):
        if any(module == part or module.startswith(part + ".") for part in row):
            return -distance
    return None


def test_relations_named_by_strings_obey_the_layers() -> None:
    """Foreign keys point to a model of the same layer or a lower one, never up."""
    upward = []
    for model in apps.get_models(include_auto_created=True):
        here = height(model.__module__)
        if here is None or not is_ours(model.__module__):
            continue
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model
            if isinstance(field, ForeignObjectRel) or not isinstance(target, type):
                continue
            there = height(target.__module__)
            if there is not None and there > here:
                upward.append(f"{model._meta.label}.{field.name} → {target.__name__}")
    assert upward == []


def test_the_module_site_is_the_standard_librarys() -> None:
    import site  # noqa: PLC0415  (which module this imports is what is tested)

    assert site.__file__ is not None
    assert Path(site.__file__).parent == Path(sysconfig.get_path("stdlib"))
    assert not (ROOT / "site" / "__init__.py").exists()


def test_no_file_is_too_long() -> None:
    kinds = (".py", ".ts", ".css", ".html")
    long = {}
    for name in tracked():
        if name.endswith(kinds) and "/migrations/" not in name:
            length = (ROOT / name).read_text().count("\n")
            if length > LONGEST:
                long[name] = length
    assert {name: n for name, n in long.items() if name not in MAY_BE_LONGER} == {}
    assert set(MAY_BE_LONGER) <= set(long), "an exception that is no longer needed"


def test_the_top_level_has_only_the_agreed_folders() -> None:
    folders = {name.partition("/")[0] for name in tracked() if "/" in name}
    assert folders <= ALLOWED_FOLDERS


def test_no_module_has_a_vague_name() -> None:
    vague = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?)(\.py|/)")
    assert [name for name in tracked() if vague.search(name)] == []


@pytest.mark.parametrize("what", NOT_COMMITTED)
def test_no_file_contains_what_must_not_be_committed(what: str) -> None:
    pattern = re.compile(NOT_COMMITTED[what])
    found = []
    for name in tracked():
        if name == SELF or name.endswith((".woff2", ".png", ".svg", ".webm", ".mp4")):
            continue
        text = (ROOT / name).read_text(errors="replace")
        found += [f"{name}: {hit.group()}" for hit in pattern.finditer(text)]
    assert found == []


def test_every_app_of_ours_has_one_name_and_label() -> None:
    for name in our_apps():
        config = next(c for c in apps.get_app_configs() if c.name == name)
        assert config.__class__.__module__ == f"{name}.apps", name
        assert "." not in config.label


def test_every_app_is_held_to_the_vocabulary_of_modules() -> None:
    """An app that no exhaustive contract names could name its modules anything."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    named = {
        container
        for contract in contracts
        if contract.get("exhaustive")
        for container in contract["containers"]
    }
    builders = {"demo", "importing"}
    assert set(our_apps()) - builders <= named
