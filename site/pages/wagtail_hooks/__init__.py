"""Hooks into Wagtail."""

from . import branding, lists, serving, snippets

__all__ = ["branding", "lists", "serving", "snippets"]
