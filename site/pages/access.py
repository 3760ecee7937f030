"""Which pages, drafts included, the CMS shows to an editor.

Editors have permissions on the root of the tree, so Wagtail's own lists would show them the
pages of every working group. Most of those lists (explorer, search, reports, dashboard, bulk
actions, log) ask one object, the permission policy of pages, which this module replaces.
The choosers ask no policy; hooks filter them (`wagtail_hooks.lists`).
"""

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from wagtail.models import Page


class VisiblePagesPolicy(PagePermissionPolicy):
    """Wagtail's policy without the pages of working groups that the user is not in."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: "Iterable[str]", instance: "Page"
    ) -> bool:
        return access_of(user).cms_shows_page(instance.path) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Page]":
        pages = super().instances_user_has_any_permission_for(user, actions)
        return pages.filter(access_of(user).cms_page_q)

    def explorable_instances(self, user: Any) -> "QuerySet[Page]":
        pages = super().explorable_instances(user)
        return pages.filter(access_of(user).cms_page_q)


def install_page_policy() -> None:
    """Turn Wagtail's policy object into a `VisiblePagesPolicy`.

    Wagtail's modules imported that very object, so its class changes instead.
    """
    page_permission_policy.__class__ = VisiblePagesPolicy
