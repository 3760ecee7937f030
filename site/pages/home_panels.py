"""What this app registers for the home page and for the first page of the CMS."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import TaskState

from people.models import Organization, WorkingGroup

from .models import BasePage, Listing, ListingFilter, kinds
from .registry import (
    DoorFigure,
    HomeArea,
    HomePanel,
    WaitingItem,
    WaitingList,
    register_door_figure,
    register_home_panel,
    register_waiting_list,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.querysets import Viewer

NEWEST_SHOWN = 6


def newest(viewer: "Viewer") -> dict[str, Any] | None:
    """Return the newest pages of any kind that the viewer may see. One query."""
    everything = Listing(
        pages=BasePage.objects.filter(dated__lte=timezone.localdate()),
        models=list(kinds().values()),
        wanted=ListingFilter(),
        viewer=viewer,
    )
    found = everything.first(NEWEST_SHOWN)
    return {"items": found} if found else None


def own_groups(viewer: "Viewer") -> dict[str, Any]:
    """Return the working groups of the viewer with their pages. One query."""
    groups = WorkingGroup.objects.active().of(viewer)
    return {"groups": groups.select_related("page")}


def count_written_together(viewer: "Viewer") -> int:
    """Count the library items of working groups that the viewer may see. One query."""
    in_library = [
        model
        for model in kinds().values()
        if model.kind and model.kind.door == "library"
    ]
    seen = BasePage.objects.visible_to(viewer).listed().exact_type(*in_library)
    return seen.exclude(working_group=None).count()


def count_organizations(viewer: "Viewer") -> int:
    """Count the organizations that the viewer may see. One query."""
    return Organization.objects.visible_to(viewer).count()


def reviews(viewer: "Viewer") -> "QuerySet[TaskState]":
    """Return reviews that the user may do, the longest waiting first. One query a task."""
    if not viewer.is_staff:
        return TaskState.objects.none()
    seen = BasePage.objects.visible_in_cms_to(viewer).order_by()
    keys = seen.values_list(Cast("pk", CharField()), flat=True)
    states = TaskState.objects.reviewable_by(viewer).select_related("revision", "task")
    return states.filter(workflow_state__object_id__in=keys).order_by("started_at")


def review_item(state: TaskState) -> WaitingItem:
    """Describe a review."""
    return WaitingItem(
        title=state.revision.object_str,
        url=_edit_url(state.revision.object_id),
        label=state.task.name,
        since=state.revision.created_at,
    )


def drafts(viewer: "Viewer") -> "QuerySet[BasePage]":
    """Return unpublished pages that the user changed last."""
    return BasePage.objects.visible_in_cms_to(viewer).drafts_of(viewer)


def due_for_review(viewer: "Viewer") -> "QuerySet[BasePage]":
    """Return live pages whose review date is near or past."""
    return BasePage.objects.visible_in_cms_to(viewer).due_for_review()


def scheduled(viewer: "Viewer") -> "QuerySet[BasePage]":
    """Return approved pages that go live later."""
    return BasePage.objects.visible_in_cms_to(viewer).scheduled()


def page_item(page: BasePage) -> WaitingItem:
    """Describe a page, with the time when it goes live if it has one."""
    at = getattr(page, "goes_live_at", page.go_live_at)
    return WaitingItem(
        title=page.draft_title or page.title,
        url=_edit_url(page.pk),
        note=date_format(timezone.localtime(at), "j F Y, G:i") if at else "",
        since=page.latest_revision_created_at,
    )


def due_item(page: BasePage) -> WaitingItem:
    """Describe a page that is due for review, with its review date."""
    day = date_format(page.review_date, "j F Y") if page.review_date else ""
    note = _("by {day}").format(day=day)
    return WaitingItem(
        title=page.draft_title or page.title, url=_edit_url(page.pk), note=note
    )


def _edit_url(key: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[key])


def register() -> None:
    """Register all of it."""
    for panel in _PANELS:
        register_home_panel(panel)
    for figure in _FIGURES:
        register_door_figure(figure)
    for waiting in _WAITING:
        register_waiting_list(waiting)


_PANELS = (
    HomePanel(
        name="pages.newest",
        area=HomeArea.MEMBERS_MAIN,
        order=200,
        template="pages/newest_panel.html",
        values=newest,
    ),
    HomePanel(
        name="pages.own_groups",
        area=HomeArea.MEMBERS_ASIDE,
        order=200,
        template="pages/own_groups_panel.html",
        values=own_groups,
    ),
)
_FIGURES = (
    DoorFigure(
        door="write",
        count=count_written_together,
        unit=lambda n: ngettext("written together", "written together", n),
    ),
    DoorFigure(
        door="people",
        count=count_organizations,
        unit=lambda n: ngettext("service", "services", n),
    ),
)
_WAITING = (
    WaitingList(
        name="pages.reviews",
        title=gettext_lazy("To read"),
        hint=gettext_lazy("Somebody asks for a second pair of eyes."),
        order=100,
        rows=reviews,
        item=review_item,
        on_home=True,
    ),
    WaitingList(
        name="pages.drafts",
        title=gettext_lazy("Your drafts"),
        hint=gettext_lazy("Changed by you, and not published yet."),
        order=200,
        rows=drafts,
        item=page_item,
    ),
    WaitingList(
        name="pages.due",
        title=gettext_lazy("To look at again"),
        hint=gettext_lazy("The day for reviewing them is near or past."),
        order=300,
        rows=due_for_review,
        item=due_item,
    ),
    WaitingList(
        name="pages.scheduled",
        title=gettext_lazy("Goes live soon"),
        hint=gettext_lazy("Approved; nothing to do."),
        order=400,
        rows=scheduled,
        item=page_item,
    ),
)
