"""Which app is above which, and what strings name an app.

The order comes from the contracts of import-linter in pyproject.toml; import-linter itself
checks the imports.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ESCAPE = "layers:"
# Tags of templates/components, which like base.html belong to the templates of all apps.
LOOK_LIBRARY = "components"
# Folders of templates that are not named like their app.
TEMPLATE_FOLDERS = {
    "account": "people",
    "mfa": "people",
    "emails": "people",
    "blocks": "pages",
    "gallery": "pages",
    "cms": "pages",
    "wagtailadmin": "pages",
}


@dataclass(frozen=True)
class App:
    """An app: its module ("learning.sessions") and its label ("learning_sessions")."""

    module: str
    label: str

    @property
    def templates(self) -> str:
        """Its folder below templates/."""
        return self.module.replace(".", "/")

    @property
    def folder(self) -> Path:
        """Its folder in the repository."""
        path = Path(*self.module.split("."))
        return ROOT / path if (ROOT / path).is_dir() else ROOT / "site" / path


@cache
def apps() -> tuple[App, ...]:
    """Return our apps; those of learning and knowledge have labels of their own."""
    found = []
    for top in (ROOT, ROOT / "site"):
        for path in [*top.glob("*/apps.py"), *top.glob("*/*/apps.py")]:
            module = ".".join(path.parent.relative_to(top).parts)
            if module.startswith("site."):
                continue
            label = re.search(r'\n    label = "(\w+)"', path.read_text())
            found.append(App(module, label[1] if label else module))
    return tuple(found)


@cache
def orders() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the layers of each contract about whole apps, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"][
        "importlinter"
    ]["contracts"]
    return tuple(
        tuple(
            tuple(part.strip() for part in layer.split("|")) for layer in each["layers"]
        )
        for each in contracts
        if each["type"] == "layers" and "containers" not in each
    )


def may_name(app: App, other: App) -> bool:
    """Return whether an app may name the other: it is lower, or no contract is about it."""
    return app == other or not any(
        _is_upward(layers, app, other) for layers in orders()
    )


def _is_upward(layers: tuple[tuple[str, ...], ...], app: App, other: App) -> bool:
    here, there = _place(layers, app), _place(layers, other)
    if here is None or there is None or here == there:
        return False
    return there[0] <= here[0]


def _place(layers: tuple[tuple[str, ...], ...], app: App) -> tuple[int, str] | None:
    for number, layer in enumerate(layers):
        for name in layer:
            if f"{app.module}.".startswith(f"{name}."):
                return number, name
    return None


def named_in(text: str) -> Iterator[App]:
    """Yield the apps that a whole string names.

    By a dotted name, a label, a model ("label.Model"), a template or a URL name. A label
    that is an English word counts only before a dot or a colon.
    """
    for app in apps():
        if _names(app, text):
            yield app


def _names(app: App, text: str) -> bool:
    if "_" in app.label and text == app.label:
        return True
    if re.fullmatch(rf"(?:{re.escape(app.module)}|{app.label})(?:\.\w+)+", text):
        # A child of a package that is an app itself: "learning.sessions" in no app "learning".
        return True
    if re.fullmatch(rf"{app.templates}/[\w./]+\.(?:html|txt)", text):
        return True
    return bool(
        re.fullmatch(rf"(?:{'|'.join(url_namespaces(app)) or '$^'}):[\w-]+", text)
    )


@cache
def url_namespaces(app: App) -> tuple[str, ...]:
    """Return the namespaces of an app's URLs."""
    path = app.folder / "urls.py"
    if not path.exists():
        return ()
    return tuple(re.findall(r'^app_name = "(\w+)"', path.read_text(), re.MULTILINE))


@cache
def tag_libraries() -> dict[str, App]:
    """Return the app of each library of template tags, without that of the look."""
    return {
        path.stem: app
        for app in apps()
        for path in app.folder.glob("templatetags/*.py")
        if path.stem not in {"__init__", LOOK_LIBRARY}
    }


def strings_of_python(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and value of each string, without docstrings."""
    tree = ast.parse(path.read_text())
    skipped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_string and id(node) not in skipped:
            yield node.lineno, node.value


_TAG = re.compile(r"\{%-?\s*(\w+)\s+(.*?)%\}", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'")


def names_in_template(path: Path) -> Iterator[tuple[int, App]]:
    """Yield the line and app of each `load`, and of each string in a tag."""
    text = path.read_text()
    for tag in _TAG.finditer(text):
        line = text.count("\n", 0, tag.start()) + 1
        if tag[1] == "load":
            for library in tag[2].split():
                if library in tag_libraries():
                    yield line, tag_libraries()[library]
        for quoted in _QUOTED.finditer(tag[2]):
            for app in named_in(quoted[1] or quoted[2]):
                yield line, app


def template_owner(path: Path) -> App | None:
    """Return the app of a template; None for those of the whole site, like base.html."""
    inside = path.relative_to(ROOT / "templates").as_posix()
    owners = [app for app in apps() if inside.startswith(f"{app.templates}/")]
    if owners:
        return max(owners, key=lambda app: len(app.module))
    name = TEMPLATE_FOLDERS.get(inside.split("/")[0])
    return next((app for app in apps() if app.module == name), None)
