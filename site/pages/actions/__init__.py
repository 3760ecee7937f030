"""Changes to pages that touch several rows."""

from .former_urls import install_redirect_creator
from .groups import create_group_page, restrict_to_group
from .moving import ShownToMore, confirm_wider_access, install_moving
from .page_mail import about_page, connect_notifiers
from .publishing import publish_approved, publish_due
from .workflow import provision_workflow

__all__ = [
    "ShownToMore",
    "about_page",
    "confirm_wider_access",
    "connect_notifiers",
    "create_group_page",
    "install_moving",
    "install_redirect_creator",
    "provision_workflow",
    "publish_approved",
    "publish_due",
    "restrict_to_group",
]
