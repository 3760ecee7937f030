"""Every address of the site, read from the URL configuration itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
_NAMED = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern: its whole route from the root, and its name with namespaces."""

    route: str
    name: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of what must be filled in."""
        return tuple(_CONVERTED.findall(self.route)) + tuple(_NAMED.findall(self.route))

    @property
    def is_expression(self) -> bool:
        """Whether it holds a regular expression that cannot simply be filled in."""
        return "(" in self.route or ".*" in self.route

    def filled(self, values: dict[str, Any]) -> str:
        """The path with values put in; every parameter needs one."""
        path = _CONVERTED.sub(lambda found: str(values[found.group(1)]), self.route)
        return "/" + path.replace("^", "").replace("$", "")


def addresses(patterns: Iterable[Any] | None = None) -> list[Address]:
    """All addresses below the patterns; of the whole site if none are given."""
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
