"""The newest items of the library, and their number, for other pages."""

from typing import TYPE_CHECKING, Any

from django import template

from knowledge.library.models import LibraryIndex
from pages.models import BasePage, Listing, ListingFilter, kinds

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


def _library(context: "RequestContext") -> Listing:
    user: Any = context["request"].user
    return Listing(
        pages=BasePage.objects.all(),
        models=[kinds()[key] for key in LibraryIndex.listed_kinds],
        wanted=ListingFilter(),
        viewer=user,
    )


@register.simple_tag(takes_context=True)
def newest_in_library(context: "RequestContext", limit: int = 3) -> list[BasePage]:
    """Return the newest items visible to the user, as their own types. One query."""
    return _library(context).first(limit)


@register.simple_tag(takes_context=True)
def library_count(context: "RequestContext") -> int:
    """Return the number of items visible to the user. One query."""
    return _library(context).rows.count()
