"""The CMS shows an editor only what they may see, drafts included.

Wagtail gives editors permissions on the root of the tree, so its own lists would show them
the pages of every working group. All those lists (explorer, search, reports, the start page,
bulk actions, the log) ask one object, the policy of pages; so does this module: it narrows
that object. What asks no policy, the choosers, is narrowed by hooks.
"""

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from wagtail.models import Page


class OpenPagesPolicy(PagePermissionPolicy):
    """Wagtail's policy without what is kept for groups that the person is not in."""

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


def narrow_page_policy() -> None:
    """From now on Wagtail's own policy object answers as `OpenPagesPolicy`.

    Wagtail's modules hold that very object since their import, so it changes its class.
    """
    page_permission_policy.__class__ = OpenPagesPolicy
