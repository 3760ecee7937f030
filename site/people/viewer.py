"""For whom a request is answered, where Wagtail passes no user on.

Choosers, rich text and bulk actions of Wagtail look rows up by ids of the request and know no
user. The middleware `people.middleware.remember_viewer` sets the viewer for the time of one
request; jobs and commands have none, and nothing is hidden from them.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from wagtail.models import Collection, Page

from people.access import access_of
from people.models import WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The longest number that fits in a key of every database.
_MAX_DIGITS = 18
_viewer: ContextVar[Any] = ContextVar("viewer", default=None)


@contextmanager
def seen_by(user: Any) -> "Iterator[None]":
    """Make the user the viewer of everything inside the block."""
    token = _viewer.set(user)
    try:
        yield
    finally:
        _viewer.reset(token)


def current_viewer() -> Any:
    """Return the user for whom the request is answered; None outside of requests."""
    return _viewer.get()


def may_follow(item: Any) -> bool:
    """Return whether a link to a page or file is for the viewer.

    Editors follow links to whatever the CMS shows them.
    """
    viewer = _viewer.get()
    if viewer is None:
        return True
    if viewer.has_perm("wagtailadmin.access_admin"):
        return not is_hidden_from_viewer(item)
    access = access_of(viewer)
    if isinstance(item, Page):
        return bool(access.may_see_page(item))
    return access.may_see_collection(item.collection.path)


def is_hidden_from_viewer(item: Any) -> bool:
    """Return whether the CMS hides a page, collection, file or group from the viewer."""
    viewer = _viewer.get()
    if viewer is None or viewer.is_superuser:
        return False
    if isinstance(item, WorkingGroup):
        return not WorkingGroup.objects.shown_in_cms_to(viewer).contains(item)
    access = access_of(viewer)
    if isinstance(item, Page):
        return not access.cms_shows_page(item.path)
    folder = item if isinstance(item, Collection) else getattr(item, "collection", None)
    return isinstance(folder, Collection) and not access.cms_shows_collection(
        folder.path
    )


def is_key(given: Any) -> bool:
    """Return whether the database takes it for the key of a row."""
    words = str(given)
    return words.isascii() and words.isdecimal() and len(words) <= _MAX_DIGITS


def keys_among(given: "Iterable[Any]") -> list[str]:
    """Return those of the given ids that may be the key of a row."""
    return [str(key) for key in given if is_key(key)]
