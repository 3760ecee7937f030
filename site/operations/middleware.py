"""Middleware that keeps private responses out of caches."""

from typing import TYPE_CHECKING

from django.utils.cache import has_vary_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Answer = Callable[[HttpRequest], HttpResponseBase]

PRIVATE = "private, no-store"


def keep_out_of_caches(get_response: "Answer") -> "Answer":
    """Forbid every cache to store a response that depends on who sent the request.

    A shared cache would give it to somebody else, and the Back button of a browser would
    show it after sign-out. A view declares a response the same for everybody by making it
    `public`; a stricter header of its own stays as it is. Belongs before the middleware of
    sessions, which says by Vary whether a session was read.
    """

    def answer(request: "HttpRequest") -> "HttpResponseBase":
        response = get_response(request)
        if _depends_on_user(response) and not _is_decided(response):
            response["Cache-Control"] = PRIVATE
        return response

    return answer


def _depends_on_user(response: "HttpResponseBase") -> bool:
    return bool(response.cookies) or has_vary_header(response, "Cookie")


def _is_decided(response: "HttpResponseBase") -> bool:
    """Return whether the view said `no-store`, or `public` without setting a cookie."""
    given = response.get("Cache-Control", "").lower()
    directives = {each.strip() for each in given.split(",")}
    return "no-store" in directives or ("public" in directives and not response.cookies)
