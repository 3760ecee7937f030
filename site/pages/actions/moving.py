"""Copy and move pages in the CMS without showing them to more people than somebody meant to.

Wagtail copies a page without the restrictions that its place had, and the pages below it
without their own. Here a copy takes its own restrictions and those of the pages below along.
Where a copy or a move would be open to more people because of its new place, the CMS asks
first (`wagtail_hooks.moving`); what nobody confirmed is refused by whatever way it comes.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction, MovePagePermissionError
from wagtail.models import Page, PageViewRestriction

from pages.access import wider_access
from people.actions import restrict_alike
from people.models import Restrictions

_check_copy = CopyPageAction.check
_check_move = MovePageAction.check
_copy = CopyPageAction.execute
_create_alias = CreatePageAliasAction.execute


class ShownToMore(PermissionDenied):
    """A user would show a page to more people, and has not confirmed it."""


def confirm_wider_access(pages: Iterable[Page]) -> None:
    """Let these very objects be copied or moved to where more people may see them."""
    for page in pages:
        page.wider_access_confirmed = True


def check_copy(action: Any, skip_permission_checks: bool = False) -> None:
    """Check what Wagtail checks, and that a copy would be open to nobody else."""
    _check_copy(action, skip_permission_checks=skip_permission_checks)
    parent = action.to or action.page.get_parent()
    _refuse_wider_access(action, parent, copying=True)


def check_move(
    action: Any,
    parent_after: Page | None,
    skip_permission_checks: bool = False,
) -> None:
    """Check what Wagtail checks, and that the page would be open to nobody else.

    Beside the root of the tree there is no parent, so nothing may be moved there.
    """
    if parent_after is None:
        raise MovePagePermissionError(
            _("A page cannot be beside the root of the tree.")
        )
    _check_move(action, parent_after, skip_permission_checks=skip_permission_checks)
    _refuse_wider_access(action, parent_after)


def _refuse_wider_access(action: Any, parent: Page, *, copying: bool = False) -> None:
    page = action.page
    confirmed = getattr(page, "wider_access_confirmed", False)
    if action.user and not confirmed and wider_access(page, parent, copying=copying):
        raise ShownToMore(
            _("More people could read this page there. Confirm it in the CMS first.")
        )


@transaction.atomic
def copy_with_restrictions(action: Any, **options: Any) -> Page:
    """Copy as Wagtail does, with the restrictions of all that is copied."""
    copied: Page = _copy(action, **options)
    sources, copies = (
        Page.objects.filter(path__startswith=top.path).order_by("path")
        if action.recursive
        else Page.objects.filter(pk=top.pk)
        for top in (action.page, copied)
    )
    known = Restrictions()
    for source, copy in zip(
        sources.select_related("alias_of"), copies.all(), strict=True
    ):
        if restrictions := known.along_with(source):
            restrict_alike(page=copy, to=restrictions)
    return copied


@transaction.atomic
def create_alias_without_restrictions(action: Any, **options: Any) -> Page:
    """Create an alias without copies of restrictions: those of its source apply to it.

    Copies would remain when the source is opened again, and the CMS would not show them.
    """
    alias: Page = _create_alias(action, **options)
    PageViewRestriction.objects.filter(page__path__startswith=alias.path).delete()
    return alias


def install_moving() -> None:
    """Replace these steps in Wagtail's own actions, which its views and its API run."""
    replaced: tuple[tuple[type, str, Callable[..., Any]], ...] = (
        (CopyPageAction, "check", check_copy),
        (CopyPageAction, "execute", copy_with_restrictions),
        (CreatePageAliasAction, "execute", create_alias_without_restrictions),
        (MovePageAction, "check", check_move),
    )
    for action, name, function in replaced:
        setattr(action, name, function)
