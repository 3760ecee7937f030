"""Background jobs of pages."""

from .actions import publish_due


def publish_scheduled() -> str:
    """Publish pages whose time has come, and unpublish expired ones. Runs every minute."""
    published, ended = publish_due()
    return f"published {published}, unpublished {ended}"
