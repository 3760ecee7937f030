"""Access to pages when they are served."""

from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail import hooks

from people.access import access_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


@hooks.register("before_serve_page", order=-100)
def answer_404_to_strangers(
    page: "Page", request: "HttpRequest", args: Any, kwargs: Any
) -> None:
    """Answer with 404 where the user may not see the page.

    Wagtail would redirect to sign-in, which reveals that the page exists; the 404 page
    invites visitors to sign in.
    """
    if not access_of(request.user).may_see_page(page):
        raise Http404
