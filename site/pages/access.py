"""Which pages, drafts included, the CMS shows to an editor.

Editors have permissions on the root of the tree, so Wagtail's own lists would show them the
pages of every working group. Most of those lists (explorer, search, reports, dashboard, bulk
actions, log) ask one object, the permission policy of pages, which this module replaces.
The choosers ask no policy; hooks filter them (`wagtail_hooks.lists`), and what is found by an
id of a query or form (`wagtail_hooks.choosers`).
"""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from taggit.models import Tag, TaggedItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from files.models import Document, Image, Media
from people.access import access_of, may_enter_cms
from people.models import Restriction, Restrictions

from .models import BasePage, PageTag
from .models.permission_tester import VisiblePagePermissionTester

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


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


def why_not_about_page(key: str, email: str) -> str:
    """Return why no e-mail about the page may go to the address; empty if it may.

    It goes to an active account that may open the page in the CMS now, with a second factor
    where that is required.
    """
    page = Page.objects.filter(pk=key).first()
    user = get_user_model().objects.filter(email=email).first()
    if page is None:
        return "The page was deleted."
    if user is None or not may_enter_cms(user):
        return "No account with this address may enter the CMS."
    if not VisiblePagePermissionTester(user, page.specific).can_edit():
        return "The account may not see the page in the CMS."
    return ""


def redirects_shown_to(user: Any) -> "QuerySet[Redirect]":
    """Return redirects, without those to or from pages that the CMS hides from the user."""
    access = access_of(user)
    shown = Page.objects.filter(access.cms_page_q)
    redirects = Redirect.objects.filter(
        Q(redirect_page=None) | Q(redirect_page__in=shown)
    )
    for page in Page.objects.filter(path__in=access.pages_hidden_in_cms):
        if url := page.get_url():
            former = Redirect.normalise_path(urlparse(url).path)
            redirects = redirects.exclude(old_path__startswith=former)
    return redirects.order_by("old_path")


def tags_shown_to(user: Any) -> "QuerySet[Tag]":
    """Return tags of pages and files that the CMS shows to the user."""
    access = access_of(user)
    pages = PageTag.objects.filter(
        content_object__in=BasePage.objects.filter(access.cms_page_q)
    )
    used = Q(pk__in=pages.values("tag"))
    for model in (Document, Image, Media):
        files = model.objects.filter(access.cms_file_q)
        items = TaggedItem.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=files.values("pk"),
        )
        used |= Q(pk__in=items.values("tag"))
    return Tag.objects.filter(used)


@dataclass(frozen=True)
class WiderAccess:
    """What restricts a page now, and what would restrict it, or a copy, elsewhere."""

    now: frozenset[Restriction]
    then: frozenset[Restriction]

    @property
    def key(self) -> str:
        """What somebody has confirmed: both access rules, and whom each restriction admits."""
        sides = [
            sorted((each.key, each.kind, sorted(each.groups)) for each in side)
            for side in (self.now, self.then)
        ]
        return hashlib.sha256(json.dumps(sides).encode()).hexdigest()


def wider_access(
    page: Page, parent: Page, *, copying: bool = False
) -> WiderAccess | None:
    """Return how a page, or a copy of it, would be open to more people below the parent.

    None if everybody who could see it there may see it today. Its own restrictions go with
    it, as do those of pages below it, so those need not be compared.
    """
    known = Restrictions()
    now = frozenset(known.at_page(page.path))
    then = frozenset(
        (*known.of_place(parent.path), *known.along_with(page))
        if copying
        else known.after_move(page.path, parent.path)
    )
    kept = all(any(new.admits_no_more_than(each) for new in then) for each in now)
    return None if kept else WiderAccess(now, then)
