"""The one place through which all e-mail about a page goes.

Wagtail composes these e-mails: about reviews, by notifiers that listen to its signals, and
about comments, in its edit form. It asks nobody whether the recipients may still see the page.
Inside `about_page` each e-mail names its page, so that the queue asks `why_not_about_page`,
when it takes the e-mail and before each attempt to send it.
"""

from typing import TYPE_CHECKING, Any

from wagtail.admin import mail as wagtail_mail  # noqa: TID251  (the one place)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from mail.actions import mail_about
from mail.registry import About

from .review_requests import ReviewRequestNotifier

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from wagtail.admin.mail import Notifier  # noqa: TID251

RULE = "pages.page"


def about_page(page: Page) -> "AbstractContextManager[None]":
    """Make every e-mail that is sent inside the block be about the page."""
    return mail_about(About(rule=RULE, key=str(page.pk)))


class PageNotifier:
    """Calls a notifier of Wagtail so that its e-mails are about the reviewed page.

    Nothing else is reviewed: without a page, no e-mail is sent.
    """

    def __init__(self, notifier: "Notifier") -> None:
        self.notifier = notifier

    def __call__(self, *, instance: TaskState | WorkflowState, **kwargs: Any) -> bool:
        is_task = isinstance(instance, TaskState)
        page = (instance.workflow_state if is_task else instance).content_object
        if not isinstance(page, Page):
            return False
        with about_page(page):
            return bool(self.notifier(instance=instance, **kwargs))


# By Wagtail's own identifiers, so that each takes the place of Wagtail's notifier.
_NOTIFIERS: tuple[tuple[Any, type, str, "Notifier"], ...] = (
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        wagtail_mail.GroupApprovalTaskStateSubmissionEmailNotifier(),
    ),
    (
        task_submitted,
        TaskState,
        "pages.reviewers",
        ReviewRequestNotifier(),
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        wagtail_mail.WorkflowStateSubmissionEmailNotifier(),
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        wagtail_mail.WorkflowStateRejectionEmailNotifier(),
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        wagtail_mail.WorkflowStateApprovalEmailNotifier(),
    ),
)


def connect_notifiers() -> None:
    """Replace the notifiers of Wagtail, whether it has connected them already or will later."""
    for signal, sender, uid, notifier in _NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(
            PageNotifier(notifier), sender=sender, weak=False, dispatch_uid=uid
        )
