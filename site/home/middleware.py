"""The navigation, on every request."""

from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject

from .models import navigation_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def navigation(
    get_response: "Callable[[HttpRequest], HttpResponse]",
) -> "Callable[[HttpRequest], HttpResponse]":
    """Set `request.navigation`, which costs nothing until a template reads it."""

    def middleware(request: "HttpRequest") -> "HttpResponse":
        bound: Any = request
        bound.navigation = SimpleLazyObject(lambda: navigation_for(request, bound.user))
        return get_response(request)

    return middleware
