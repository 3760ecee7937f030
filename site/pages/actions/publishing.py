"""Publishing of approved pages, at once or at the scheduled time."""

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

logger = logging.getLogger(__name__)


def publish_approved(workflow_state: "WorkflowState", user: Any = None) -> None:
    """Publish the newest revision of what was approved, or schedule it.

    The approval itself is the permission: two editors who may not publish alone may
    publish together. Wagtail's own handler would ask for the permission to publish.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)


def publish_due() -> tuple[int, int]:
    """Publish what is due and unpublish what has expired; return both counts.

    A page that fails is logged and does not stop the others.
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
            # Only the job that finds it still scheduled publishes it, however many run at once.
            scheduled = Revision.objects.select_for_update().filter(
                pk=revision.pk, approved_go_live_at=revision.approved_go_live_at
            )
            for locked in scheduled:
                locked.publish(log_action="wagtail.publish.scheduled")
            return bool(scheduled)
    except Exception:
        logger.exception("Revision %s could not be published on time", revision.pk)
        return False


def _unpublish(page: Page) -> bool:
    try:
        with transaction.atomic():
            # Check again under the lock: an editor may have changed the expiry meanwhile.
            expired = Page.objects.select_for_update().filter(
                pk=page.pk, live=True, expire_at__lte=timezone.now()
            )
            for locked in expired:
                locked.specific.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                )
            return bool(expired)
    except Exception:
        logger.exception("Page %s could not be unpublished on time", page.pk)
        return False
