"""Access to pages when they are served."""

from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail import hooks
from wagtail.models import PageViewRestriction

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
    invites visitors to sign in. Wagtail asks for the password of a page that has one.
    """
    access = access_of(request.user)
    failed = [
        each
        for each in access.restrictions.of_pages
        if each.applies_to(page.path) and not each.admits(access)
    ]
    if any(each.kind != PageViewRestriction.PASSWORD for each in failed):
        raise Http404
