"""Report of the state of the index in the CMS."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from search import actions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from search.models import Delivery, IndexChange

# Edit view of each source.
_EDITED_AT = {"page": "wagtailadmin_pages:edit", "file": "wagtaildocs:edit"}


@dataclass(frozen=True)
class _Row:
    """A pending row with the URL at which its item is edited.

    Items are named by number only: the title may be hidden from the reader, and the
    edit view checks access.
    """

    waiting: "IndexChange | Delivery"
    url: str


@require_safe
def search_index(request: "HttpRequest") -> "HttpResponse":
    """Show what the index holds, what is pending, and what failed and why."""
    _check(request, "view")
    found = actions.index_status()
    title = _("Search index")
    context = {
        "status": found,
        "changes": _rows(found.changes.rows),
        "deliveries": _rows(found.deliveries.rows),
        "may_retry": _may(request, "change"),
        "page_title": title,
        "header_title": title,
        "header_icon": "cogs",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, "cms/search_index.html", context)


@require_POST
def retry(request: "HttpRequest") -> "HttpResponse":
    """Retry failed rows now."""
    _check(request, "change")
    count = actions.retry_failed()
    words = ngettext(
        "Trying {count} change again.",
        "Trying {count} changes again.",
        count,
    )
    messages.success(request, words.format(count=count))
    return redirect("search_reports:index")


def _may(request: "HttpRequest", verb: str) -> bool:
    return bool(request.user.has_perm(f"search.{verb}_indexchange"))


def _check(request: "HttpRequest", verb: str) -> None:
    if not _may(request, verb):
        raise PermissionDenied


def _rows(waiting: Iterable[Any]) -> list[_Row]:
    return [_Row(each, _edited_at(each)) for each in waiting]


def _edited_at(row: "IndexChange | Delivery") -> str:
    name = _EDITED_AT.get(row.source)
    return reverse(name, args=[row.object_id]) if name else ""
