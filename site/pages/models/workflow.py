"""The review of a page by a second person before it is published."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from people.access import TRUSTED, access_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

ROLES = sorted(role.value for role in TRUSTED)


class SecondPairOfEyes(Task):
    """A task that any editor, moderator or administrator may approve, except the author.

    Neither the person who submitted the page nor the person who wrote its newest revision
    may approve it. People who may not see the page in the CMS, because it belongs to a
    working group of others, can neither review it nor learn of it.
    """

    class Meta:
        verbose_name = _("second pair of eyes")
        verbose_name_plural = _("second pairs of eyes")

    def reviewers(self, page: Page) -> list[Any]:
        """Return everybody who may review the page now; they get an e-mail."""
        state = page.current_workflow_state
        submitter = state.requested_by_id if state else None
        people = get_user_model().objects.filter(groups__name__in=ROLES, is_active=True)
        return [
            each
            for each in people.exclude(pk=submitter).distinct()
            if access_of(each).cms_shows_page(page.path)
        ]

    def _may_review(self, page: Page, user: Any) -> bool:
        state = page.current_workflow_state
        return (
            self._is_trusted(user)
            and access_of(user).cms_shows_page(page.path)
            and (state is None or state.requested_by_id != user.pk)
        )

    def _may_approve(self, page: Page, user: Any) -> bool:
        newest = page.get_latest_revision()
        return self._may_review(page, user) and (
            newest is None or newest.user_id != user.pk
        )

    def _is_trusted(self, user: Any) -> bool:
        if not user.is_active:
            return False
        return user.is_superuser or user.groups.filter(name__in=ROLES).exists()

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self._may_review(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Lock the page for its author while others review it."""
        return not self._may_review(obj, user)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return self._may_review(obj, user)

    def user_can_unlock(self, obj: Page, user: Any) -> bool:
        return False

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        if not self._may_review(obj, user):
            return []
        reject = ("reject", _("Ask for changes"), True)
        if not self._may_approve(obj, user):
            return [reject]
        return [
            reject,
            ("approve", _("Approve and publish"), False),
            ("approve", _("Approve with a note"), True),
        ]

    def get_task_states_user_can_moderate(
        self, user: Any, **kwargs: Any
    ) -> "QuerySet[TaskState]":
        if not self._is_trusted(user):
            return TaskState.objects.none()
        visible = Page.objects.filter(access_of(user).cms_page_q)
        mine = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = mine.exclude(workflow_state__requested_by=user)
        waiting = mine.values_list("workflow_state__object_id", flat=True)
        seen = visible.filter(pk__in=[int(pk) for pk in waiting])
        return mine.filter(
            workflow_state__object_id__in=[
                str(pk) for pk in seen.values_list("pk", flat=True)
            ]
        )

    @classmethod
    def get_description(cls) -> Any:
        return _("Another editor reads and approves it.")
