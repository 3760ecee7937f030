"""Background work on pages."""

from .actions import publish_due


def publish_scheduled() -> str:
    """Once a minute: pages whose time has come go live, expired ones come down."""
    published, ended = publish_due()
    return f"published {published}, unpublished {ended}"
