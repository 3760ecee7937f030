"""Every URL pattern of the site, read from the URL configuration."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
_NAMED = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True)
class Address:
    """One URL pattern: its whole route and its name with namespaces."""

    route: str
    name: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return tuple(_CONVERTED.findall(self.route)) + tuple(_NAMED.findall(self.route))

    @property
    def is_expression(self) -> bool:
        """Whether it is a regular expression that cannot simply be filled in."""
        return "(" in self.route or ".*" in self.route

    def filled(self, values: dict[str, Any]) -> str:
        """Return the path with all parameters filled in."""
        path = _CONVERTED.sub(lambda found: str(values[found.group(1)]), self.route)
        return "/" + path.replace("^", "").replace("$", "")


def addresses(patterns: Iterable[Any] | None = None) -> list[Address]:
    """Return all URL patterns below some patterns, or of the whole site."""
    found = get_resolver().url_patterns if patterns is None else patterns
    return list(_walk(found, "", ()))


def _walk(
    patterns: Iterable[Any], before: str, names: tuple[str, ...]
) -> Iterator[Address]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(route, ":".join([*names, each.name or ""]))
        elif isinstance(each, URLResolver):
            inner = (*names, each.namespace) if each.namespace else names
            yield from _walk(each.url_patterns, route, inner)
