"""Find the page at a URL, as if the pages that the user may not see did not exist.

So a hidden page, a draft and a page that was never there take the same queries, and time
tells a stranger nothing.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from people.access import access_of

#: A URL with more parts has no page: the tree is never so deep.
MOST_PARTS = 32


def deepest_visible(
    above: Page, request: Any, parts: list[str]
) -> tuple[Page | None, list[str]]:
    """Return the deepest page at the URL that the user may see, and the remaining parts.

    One query at any depth, besides that for the user's rights, which comes first whether
    there is a page or not. The page is not specific.
    """
    if len(parts) > MOST_PARTS:
        return None, parts
    paths = [
        f"{above.url_path}{'/'.join(parts[:depth])}/"
        for depth in range(1, len(parts) + 1)
    ]
    access = access_of(getattr(request, "user", AnonymousUser()))
    closed = [each for each in access.restrictions.of_pages if not each.admits(access)]
    below = Page.objects.filter(slug__in=parts, url_path__in=paths)
    for page in below.order_by("-depth"):
        if page.live and not any(each.applies_to(page.path) for each in closed):
            return page, parts[page.depth - above.depth :]
    return None, parts
