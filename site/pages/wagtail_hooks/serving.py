"""Pages as they are served."""

from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail import hooks
from wagtail.models import PageViewRestriction

from people.access import access_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


@hooks.register("before_serve_page", order=-100)
def a_stranger_gets_404(
    page: "Page", request: "HttpRequest", args: Any, kwargs: Any
) -> None:
    """Nobody learns that a page exists which they may not see.

    Wagtail would answer with a redirect to sign-in, which says that there is something. The
    404 page invites visitors to sign in and try again. A page behind a password is left to
    Wagtail, which asks for it.
    """
    access = access_of(request.user)
    held = [each for each in access.restrictions.of_pages if each.applies_to(page.path)]
    closed = [each for each in held if not each.admits(access)]
    if any(each.kind != PageViewRestriction.PASSWORD for each in closed):
        raise Http404
