"""Sessions in the CMS: series, dates, the form of a new session, lines of the history."""

from typing import TYPE_CHECKING, Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Series, SessionPage
from .views import new_session

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import Page


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "date"
    menu_label = _("Series")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "about"]
    search_fields = ["name"]


register_snippet(SeriesViewSet)


@hooks.register("register_admin_urls")
def urls_of_dates() -> list[Any]:
    """Add the views of a session's dates to the CMS."""
    return [path("sessions/", include("learning.sessions.urls"))]


@hooks.register("before_create_page")
def start_with_title_and_date(
    request: "HttpRequest", parent: "Page", page_class: "type[Page]"
) -> "HttpResponse | None":
    """Ask for title and first date before anything else, so that no session lacks one."""
    return new_session(request, parent) if page_class is SessionPage else None


@hooks.register("register_log_actions")
def lines_of_the_history(registry: "LogActionRegistry") -> None:
    """Register how the history of a page tells of changes to its dates."""
    lines = {
        "plan": (_("Add a date"), _("Added the date {when}")),
        "change": (_("Change a date"), _("Changed a date to {when}")),
        "cancel": (_("Cancel a date"), _("Cancelled the date {when}")),
        "reinstate": (_("Reinstate a date"), _("Reinstated the date {when}")),
    }
    for verb, (label, message) in lines.items():
        line = type("Line", (_DateLine,), {"label": label, "message": message})
        registry.register_action(f"learning_sessions.{verb}_date")(line)


class _DateLine(LogFormatter):
    """A line of the history with the date filled in."""

    def format_message(self, log_entry: Any) -> str:
        return str(self.message).format(when=log_entry.data.get("when", ""))
