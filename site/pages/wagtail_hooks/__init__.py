"""Hooks into Wagtail."""

from . import (
    branding,
    choosers,
    exports,
    filters,
    history,
    lists,
    moving,
    rich_text,
    scripts,
    serving,
    snippets,
)

__all__ = [
    "branding",
    "choosers",
    "exports",
    "filters",
    "history",
    "lists",
    "moving",
    "rich_text",
    "scripts",
    "serving",
    "snippets",
]
