"""What an editor finds first: what waits for them, and nothing that presses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import TaskState

from pages.models import BasePage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest

SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """One list of pages, the first few of it, and how many there are."""

    title: Any
    hint: Any
    pages: list[BasePage]
    count: int
    by_review: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.pages)


class WaitingForYou(Component):
    """Reviews, own drafts, pages whose review day is near, and what goes live soon."""

    name = "waiting_for_you"
    template_name = "home/cms_waiting.html"
    order = 50

    def get_context_data(self, parent_context: "Mapping[str, Any]") -> dict[str, Any]:
        user = parent_context["request"].user
        lists = [each for each in _lists(user) if each.count]
        count = sum(each.count for each in lists)
        return {"lists": lists, "count": count, "name": user.called}


def _lists(user: Any) -> list[Waiting]:
    seen = BasePage.objects.open_to_editor(user)
    asked = TaskState.objects.reviewable_by(user)
    ids = asked.values_list("workflow_state__object_id", flat=True)
    return [
        _waiting(
            _("To read"),
            _("Somebody asks for a second pair of eyes."),
            seen.filter(pk__in=[int(pk) for pk in ids]).order_by(
                "latest_revision_created_at"
            ),
        ),
        _waiting(
            _("Your drafts"),
            _("Begun by you, and not published yet."),
            seen.drafts_of(user),
        ),
        _waiting(
            _("To look at again"),
            _("The day for reviewing them is near or past."),
            seen.due_for_review(),
            by_review=True,
        ),
        _waiting(_("Goes live soon"), _("Approved; nothing to do."), seen.scheduled()),
    ]


def _waiting(
    title: Any, hint: Any, pages: "QuerySet[BasePage]", *, by_review: bool = False
) -> Waiting:
    return Waiting(title, hint, list(pages[:SHOWN]), pages.count(), by_review)


@hooks.register("construct_homepage_panels")
def welcome(request: "HttpRequest", panels: list[Component]) -> None:
    """Ours takes the place of Wagtail's list of reviews."""
    panels[:] = [
        each for each in panels if not isinstance(each, WorkflowObjectsToModeratePanel)
    ]
    panels.append(WaitingForYou())
