"""Topics, the gallery, and the edit form of the CMS."""

from .admin_access import only_for_those_who_edit
from .editing import edit_page, revert_page
from .topics import gallery, topic, topics

__all__ = [
    "edit_page",
    "gallery",
    "only_for_those_who_edit",
    "revert_page",
    "topic",
    "topics",
]
