"""E-mails that ask for the review of a page."""

from typing import Any

from wagtail.admin.mail import (  # noqa: TID251  (connected by page_mail)
    EmailNotificationMixin,
    Notifier,
)
from wagtail.models import TaskState

from pages.models import SecondPairOfEyes


class ReviewRequestNotifier(EmailNotificationMixin, Notifier):
    """Sends one e-mail to everybody who may review a page when it is submitted.

    The subject never names the page: a screen in a shared office shows subjects.
    """

    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((TaskState,))

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        return isinstance(instance.task.specific, SecondPairOfEyes)

    def get_template_base_prefix(self, instance: TaskState, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(self, instance: TaskState, **kwargs: Any) -> set[Any]:
        page = instance.workflow_state.content_object
        return set(instance.task.specific.reviewers(page))

    def get_context(self, instance: TaskState, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(instance, **kwargs)
        page = instance.workflow_state.content_object.specific
        return context | {"task": instance.task.specific, "page": page}
