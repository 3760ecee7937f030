"""Pages go live: when they were approved, and when their time has come."""

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

logger = logging.getLogger(__name__)


def publish_approved(workflow_state: "WorkflowState", user: Any = None) -> None:
    """The newest revision of what was approved is live, or waits for its hour.

    The approval itself is the permission: an editor who may not publish alone may publish
    with a second person. Wagtail's own finish asks for permission to publish.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)


def publish_due() -> tuple[int, int]:
    """What should be live by now is live, and what has expired is not; counts of both.

    Each page stands for itself: one that fails is logged, and the others go on.
    """
    now = timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lte=now)
    expired = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
    published = [_publish(revision) for revision in due.order_by("approved_go_live_at")]
    ended = [_unpublish(page) for page in expired]
    return sum(published), sum(ended)


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            # Only who finds it still waiting publishes it, however many jobs run at once.
            waiting = Revision.objects.select_for_update().filter(
                pk=revision.pk, approved_go_live_at=revision.approved_go_live_at
            )
            for held in waiting:
                held.publish(log_action="wagtail.publish.scheduled")
            return bool(waiting)
    except Exception:
        logger.exception("Revision %s could not be published on time", revision.pk)
        return False


def _unpublish(page: Page) -> bool:
    try:
        with transaction.atomic():
            # Only one that still ends by now: an editor may have moved the day meanwhile.
            ending = Page.objects.select_for_update().filter(
                pk=page.pk, live=True, expire_at__lte=timezone.now()
            )
            for held in ending:
                held.specific.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                )
            return bool(ending)
    except Exception:
        logger.exception("Page %s could not be taken down on time", page.pk)
        return False
