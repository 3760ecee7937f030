"""Every change to pages that touches several rows."""

from .groups import keep_for_group, open_group_page
from .notices import AskReviewers
from .publishing import publish_approved, publish_due
from .workflow import provision_workflow

__all__ = [
    "AskReviewers",
    "keep_for_group",
    "open_group_page",
    "provision_workflow",
    "publish_approved",
    "publish_due",
]
