"""Restrictions that a page keeps when it is copied, or stops being an alias."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import PageViewRestriction

from people.models import Restriction, Restrictions

if TYPE_CHECKING:
    from collections.abc import Iterable


@transaction.atomic
def restrict_alike(*, page: Any, to: "Iterable[Restriction]") -> int:
    """Add the restrictions to a page; return how many it lacked.

    It lacks those that it does not have itself: its place may be opened later. Idempotent.
    """
    held = {
        _terms(each)
        for each in Restrictions().of_pages
        if each.path == page.path and not each.by_alias
    }
    missing = {_terms(each) for each in to} - held
    for kind, groups in missing:
        # Without groups it admits nobody yet.
        made = PageViewRestriction.objects.create(
            page_id=page.pk, restriction_type=kind
        )
        made.groups.set(groups)
    return len(missing)


def _terms(restriction: Restriction) -> tuple[str, frozenset[int]]:
    return restriction.kind, restriction.groups
