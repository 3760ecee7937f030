"""No app names an app of a higher layer by a string.

Where it has to, say why on the line: `# layers: reason` in Python, `{# layers: reason #}`
in a template.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .layers import (
    ESCAPE,
    ROOT,
    App,
    apps,
    may_name,
    named_in,
    names_in_template,
    strings_of_python,
    tag_libraries,
    template_owner,
)


def upward_in_python(app: App) -> Iterator[str]:
    for path in sorted(app.folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for line, text in strings_of_python(path):
            for other in named_in(text):
                yield from _unless_allowed(path, line, app, other)


def upward_in_templates(app: App) -> Iterator[str]:
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if template_owner(path) == app:
            for line, other in names_in_template(path):
                yield from _unless_allowed(path, line, app, other)


def _unless_allowed(path: Path, line: int, app: App, other: App) -> Iterator[str]:
    if may_name(app, other) or ESCAPE in path.read_text().splitlines()[line - 1]:
        return
    yield f"{path.relative_to(ROOT)}:{line} names {other.module}"


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.module)
def test_an_app_names_no_app_above_it(app: App) -> None:
    assert [*upward_in_python(app), *upward_in_templates(app)] == []


def by_module(name: str) -> App:
    return next(app for app in apps() if app.module == name)


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("learning.sessions.models.SessionPage", "learning.sessions"),
        ("learning_sessions", "learning.sessions"),
        ("learning_sessions.SessionPage", "learning.sessions"),
        ("learning/sessions/session_page.html", "learning.sessions"),
        ("search:search", "search"),
        ("search.jobs.apply_changes", "search"),
        ("home/doors.html", "home"),
    ],
)
def test_strings_that_name_an_app_are_recognized(text: str, module: str) -> None:
    assert list(named_in(text)) == [by_module(module)]


@pytest.mark.parametrize("text", ["search", "home", "Learning sessions", "a/b.html"])
def test_words_that_are_also_labels_name_no_app(text: str) -> None:
    assert list(named_in(text)) == []


@pytest.mark.parametrize(
    ("app", "other", "expected"),
    [
        ("home", "pages", True),
        ("pages", "home", False),
        ("people", "pages", False),
        ("learning.sessions", "learning.recordings", False),
        ("learning.recordings", "learning.sessions", True),
        ("knowledge.guides", "knowledge.statements", False),
        ("learning.sessions", "knowledge.guides", False),
        ("search", "learning.sessions", False),
        ("demo", "learning.sessions", True),
    ],
)
def test_the_order_is_that_of_the_contracts(
    app: str, other: str, expected: bool
) -> None:
    assert may_name(by_module(app), by_module(other)) is expected


def test_tag_libraries_and_templates_belong_to_apps() -> None:
    assert tag_libraries()["body_tags"] == by_module("pages")
    templates = ROOT / "templates"
    assert template_owner(templates / "pages" / "topic.html") == by_module("pages")
    assert template_owner(templates / "emails" / "added.html") == by_module("people")
    assert template_owner(templates / "base.html") is None
