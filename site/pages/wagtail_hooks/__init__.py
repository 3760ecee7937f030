"""Hooks into Wagtail."""

from . import branding, exports, lists, serving, snippets

__all__ = ["branding", "exports", "lists", "serving", "snippets"]
