"""What a user may do with a page in the CMS."""

from typing import Any

from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

from people.access import access_of


class VisiblePagePermissionTester(PagePermissionTester):
    """Wagtail's permissions, and none on pages of groups that the user is not in."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.hidden = not access_of(user).cms_shows_page(page.path)
        if self.hidden:
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        return not self.hidden and bool(super().can_edit())

    def can_publish(self) -> bool:
        """Return no for an alias: it is published, and restricted, with its source."""
        return self.page.alias_of_id is None and bool(super().can_publish())

    def can_lock(self) -> bool:
        return not self.hidden and bool(super().can_lock())

    def can_unlock(self) -> bool:
        return not self.hidden and bool(super().can_unlock())
