"""Rules for every template: compiled, formatted, translatable, no inline style or script."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Lexer, Token, TokenType

ROOT = settings.ROOT / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
# Mail programs ignore style sheets; the templates of e-mails have inline styles.
MAIL = ("emails/", "account/email/", "mail/message")

WHOLE_FILE = "untranslated-file:"
ONE_LINE = "untranslated:"
_TAGS = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SHOWN = re.compile(r'\b(?:alt|aria-label|placeholder|title|content)="([^"]*)"')
_INLINE = re.compile(
    r"<[^>]*\s(?:style|on[a-z]+)=|<style\b|<script\b(?![^>]*\bsrc=)", re.I
)
_ICON = re.compile(
    r"""\{% icon "([^"]+)" %\}|\bicon="([^"]+)"|Fact\(\s*"([^"]+)",|"icon": "([^"]+)\""""
)


@cache
def _source(name: str) -> str:
    return (ROOT / name).read_text()


@cache
def _icons() -> set[str]:
    source = (settings.ROOT / "site" / "frontend" / "icons.json").read_text()
    return set(re.findall(r'"([^"]+)"', source))


def _without_expressions(source: str) -> str:
    """Return the text of a template outside of translations and comments."""
    words: list[str] = []
    translated = commented = False
    for token in Lexer(source).tokenize():
        tag = (
            token.contents.split(" ")[0] if token.token_type is TokenType.BLOCK else ""
        )
        if tag == "comment":
            commented = True
        elif tag == "endcomment":
            commented = False
        elif tag in {"blocktranslate", "blocktrans"}:
            translated = True
        elif tag in {"endblocktranslate", "endblocktrans"}:
            translated = False
        elif token.token_type is TokenType.TEXT and not (translated or commented):
            words.append(token.contents)
        elif _exempts(token) and words:
            words[-1] = _without_last_words(words[-1])
        else:
            words.append("{}")
    return "".join(words)


def _exempts(token: Token) -> bool:
    return token.token_type is TokenType.COMMENT and ONE_LINE in token.contents


def _without_last_words(text: str) -> str:
    """Return the text up to the end of its last tag; what follows is exempt."""
    return text[: text.rfind(">") + 1]


def _untranslated(source: str) -> list[str]:
    if WHOLE_FILE in source:
        return []
    markup = _without_expressions(source)
    shown = [words for words in _SHOWN.findall(markup) if "width=" not in words]
    text = _TAGS.sub(" ", markup)
    plain = [line for line in text.splitlines() if re.search(r"[^\W\d_]{2,}", line)]
    technical = {"color-scheme", "noindex", "light dark"}
    return [
        words.strip()
        for words in [*plain, *shown]
        if re.search(r"[^\W\d_]{2,}", words) and words not in technical
    ]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str) -> None:
    engines["django"].get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_inline_style_or_script(name: str) -> None:
    if not name.startswith(MAIL):
        assert not _INLINE.search(_source(name))


@pytest.mark.parametrize("name", TEMPLATES)
def test_all_visible_text_can_be_translated(name: str) -> None:
    assert _untranslated(_source(name)) == []


def _too_long(folder: Path, pattern: str, limit: int) -> list[str]:
    return [
        f"{path.name}:{number}"
        for path in folder.rglob(pattern)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > limit and "url(" not in line
    ]


def test_no_line_of_a_template_is_longer_than_120_characters() -> None:
    assert _too_long(ROOT, "*.html", 120) == []


@pytest.mark.parametrize("pattern", ["css/*.css", "css/*/*.css", "ts/*.ts"])
def test_no_line_of_css_or_typescript_is_longer_than_100_characters(
    pattern: str,
) -> None:
    assert _too_long(settings.ROOT / "site/frontend", pattern, 100) == []


def test_the_formatter_of_templates_changes_nothing() -> None:
    djangofmt = Path(sys.executable).with_name("djangofmt")
    ran = subprocess.run(
        [djangofmt, "--check", "--quiet", ROOT],
        cwd=settings.ROOT,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, "run make fmt"


def test_untranslated_text_is_found() -> None:
    assert _untranslated("<p>Bare words</p>") == ["Bare words"]
    assert _untranslated('<img alt="A door">') == ["A door"]
    assert _untranslated('{% load i18n %}<p>{% translate "Said" %}</p>') == []
    assert _untranslated("<p>Everydoor{# untranslated: a name #}</p>") == []
    assert _untranslated("<p>{% blocktranslate %}Said{% endblocktranslate %}</p>") == []


def test_every_named_icon_exists() -> None:
    folders = [
        ROOT,
        *(settings.ROOT / each for each in ("site", "learning", "knowledge")),
    ]
    skipped = {"node_modules", "dist", "migrations", "blocks"}
    for folder in folders:
        for path in [*folder.rglob("*.html"), *folder.rglob("*.py")]:
            if skipped & set(Path(path).parts) or "wagtail_hooks" in path.name:
                continue
            named = {
                name for found in _ICON.findall(path.read_text()) for name in found
            }
            assert named - {""} <= _icons(), path
