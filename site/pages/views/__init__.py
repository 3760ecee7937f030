"""Topics, the gallery, and what the CMS shows in place of Wagtail's views."""

from .admin_access import require_cms_access
from .admin_lookups import (
    chosen_pages,
    import_redirects,
    nothing,
    redirect_results,
    redirects,
    suggest_tags,
)
from .ageing import ageing_pages, ageing_pages_results
from .editing import edit_page, revert_page
from .links import VisiblePagesLinkView
from .topics import gallery, topic, topics

__all__ = [
    "VisiblePagesLinkView",
    "ageing_pages",
    "ageing_pages_results",
    "chosen_pages",
    "edit_page",
    "gallery",
    "import_redirects",
    "nothing",
    "redirect_results",
    "redirects",
    "require_cms_access",
    "revert_page",
    "suggest_tags",
    "topic",
    "topics",
]
