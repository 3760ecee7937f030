"""Topics, the gallery, and the edit form of the CMS."""

from .admin_access import require_cms_access
from .editing import edit_page, revert_page
from .links import VisiblePagesLinkView
from .topics import gallery, topic, topics

__all__ = [
    "VisiblePagesLinkView",
    "edit_page",
    "gallery",
    "require_cms_access",
    "revert_page",
    "topic",
    "topics",
]
