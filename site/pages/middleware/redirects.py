"""Redirects, which do not reveal a page that the user may not see."""

from typing import TYPE_CHECKING
from urllib.parse import urlparse

from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from people.access import access_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class AccessRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, except those to a page that the user may not see: a 404."""

    def process_response(
        self, request: "HttpRequest", response: "HttpResponseBase"
    ) -> "HttpResponseBase":
        redirect = super().process_response(request, response)
        if redirect is not response and _leads_to_hidden(request):
            return response
        return redirect


def _leads_to_hidden(request: "HttpRequest") -> bool:
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
    page = found.redirect_page if found else None
    return page is not None and not access_of(request.user).may_see_page(page)
