"""What waits for an editor, on the first page of the CMS."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from pages.registry import waiting_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from pages.registry import WaitingItem, WaitingList
    from people.querysets import Viewer

SHOWN = 5


@dataclass(frozen=True)
class WaitingSection:
    """The first items of a list of things that wait, and how many there are."""

    title: Any
    hint: Any
    items: "list[WaitingItem]"
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.items)


class WaitingForYou(Component):
    """Everything that apps registered as waiting for the person."""

    name = "waiting_for_you"
    template_name = "home/cms_waiting.html"
    order = 50

    def get_context_data(self, parent_context: "Mapping[str, Any]") -> dict[str, Any]:
        user = parent_context["request"].user
        found = [_section(each, user) for each in waiting_lists()]
        sections = [each for each in found if each.count]
        count = sum(each.count for each in sections)
        return {"sections": sections, "count": count}


def _section(waiting: "WaitingList", user: "Viewer") -> WaitingSection:
    rows = waiting.rows(user)
    items = [waiting.item(row) for row in rows[:SHOWN]]
    count = rows.count() if len(items) == SHOWN else len(items)
    return WaitingSection(waiting.title, waiting.hint, items, count)


@hooks.register("construct_homepage_panels")
def replace_reviews_panel(request: "HttpRequest", panels: list[Component]) -> None:
    """Replace Wagtail's list of reviews by everything that waits."""
    panels[:] = [
        each for each in panels if not isinstance(each, WorkflowObjectsToModeratePanel)
    ]
    panels.append(WaitingForYou())
