"""Every string of the interface goes through gettext."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("site", "learning", "knowledge", "search")
# Frozen, for the demonstration, for operators, or in the gallery of components.
EXEMPT = {
    "migrations",
    "demo",
    "management",
    "settings",
    "specimens.py",
    "node_modules",
}
ATTRIBUTES = {
    "verbose_name",
    "verbose_name_plural",
    "help_text",
    "label",
    "heading",
    "title",
}
IN_META = {"label", "help_text", "description", "group", *ATTRIBUTES}
MESSAGES = {"success", "info", "error", "warning"}
ESCAPE = "# untranslated:"


def bare(node: ast.AST | None) -> bool:
    """Return whether a node is a string with words in it, or such an f-string."""
    if isinstance(node, ast.JoinedStr):
        return any(bare(part) for part in node.values)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(character.isalpha() for character in node.value)
    )


def name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def of_call(call: ast.Call) -> Iterator[ast.expr | None]:
    name = name_of(call.func)
    # Arguments of classes (fields, panels, forms) are shown; those of functions are not.
    if name[:1].isupper():
        yield from (each.value for each in call.keywords if each.arg in ATTRIBUTES)
    if (
        name.endswith("Field")
        and name_of(getattr(call.func, "value", call)) == "models"
    ):
        # The verbose name of a field; the first argument of a relation is its model.
        yield from call.args[:1]
    if name == "ValidationError" and call.args:
        message = call.args[0]
        yield from message.values if isinstance(message, ast.Dict) else [message]
    if name in MESSAGES and name_of(getattr(call.func, "value", call)) == "messages":
        yield from call.args[1:2]


def of_class(found: ast.ClassDef) -> Iterator[ast.expr | None]:
    bases = {name_of(base) for base in found.bases}
    choices = bool(bases & {"TextChoices", "IntegerChoices", "Choices"})
    for line in found.body:
        if not isinstance(line, ast.Assign):
            continue
        targets = {name_of(target) for target in line.targets}
        if choices:
            value = line.value
            yield value.elts[-1] if isinstance(value, ast.Tuple) else value
        elif found.name == "Meta" and targets & IN_META:
            yield line.value


def untranslated(source: str) -> list[tuple[int, str]]:
    lines, found = source.splitlines(), []
    for node in ast.walk(ast.parse(source)):
        values: list[ast.expr | None] = []
        if isinstance(node, ast.Call):
            values = list(of_call(node))
        elif isinstance(node, ast.ClassDef):
            values = list(of_class(node))
        for value in values:
            if value is not None and bare(value):
                line = lines[value.lineno - 1]
                if ESCAPE not in line:
                    found.append((value.lineno, line.strip()))
    return found


def modules() -> list[Path]:
    return [
        path
        for place in PLACES
        for path in sorted((ROOT / place).rglob("*.py"))
        if not EXEMPT & set(path.relative_to(ROOT).parts)
    ]


def test_every_string_of_the_interface_is_translatable() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line}"
        for path in modules()
        for number, line in untranslated(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'CharField(verbose_name="name")',
        'models.CharField("name")',
        'FieldPanel("title", heading="Title")',
        'class Meta:\n    label = "Card"',
        'messages.success(request, "Saved.")',
        'messages.error(request, f"{name} is gone.")',
        'raise ValidationError({"name": "Taken."})',
        'class Form(TextChoices):\n    LINK = "link", "Link"',
    ],
)
def test_an_untranslated_string_is_found(source: str) -> None:
    assert untranslated(source)
    assert not untranslated(f"{source}  {ESCAPE} a name")
