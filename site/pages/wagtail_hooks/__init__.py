"""Where the house meets Wagtail."""

from . import lists, look, serving, snippets, welcome

__all__ = ["lists", "look", "serving", "snippets", "welcome"]
