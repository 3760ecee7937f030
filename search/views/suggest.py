"""Suggestions while typing."""

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.autocomplete import suggestions
from search.query import LONGEST_TEXT

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def suggest(request: "HttpRequest") -> "HttpResponse":
    """Render the options of the combobox that the user may see; empty if there are none."""
    groups = suggestions(request.GET.get("q", "")[:LONGEST_TEXT], request.user)
    response = render(request, "search/suggestions.html", {"groups": groups})
    response["Cache-Control"] = "private, no-store"
    return response
