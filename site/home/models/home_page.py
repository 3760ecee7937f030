"""The home page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import registry
from pages.models import BasePage
from pages.registry import HomeArea, WaitingItem

if TYPE_CHECKING:
    from people.querysets import Viewer

WAITING_SHOWN = 5


@dataclass(frozen=True)
class Panel:
    """A home panel as one viewer sees it."""

    template: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Leaf:
    """A door of the hall, with its figure."""

    door: str
    url: str
    label: str
    figure: int | None = None
    unit: str = ""


class HomePage(BasePage):
    """The home page: what the site is, for visitors; what comes next, for members.

    What it shows of other apps, they register (`pages.registry`).
    """

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "learning_catalogue.LearningIndex",
        "knowledge_library.LibraryIndex",
        "pages.WorkingGroupIndex",
        "pages.PeopleIndex",
        "pages.StandardPage",
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = gettext_lazy("home page")
        verbose_name_plural = gettext_lazy("home pages")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        user = request.user
        if not user.is_authenticated:
            leaves = hall(request.navigation.doors, user)
            return context | {
                "leaves": leaves,
                "panels": panels(HomeArea.VISITORS, user),
            }
        return context | {
            "greeting": greeting(timezone.localtime().hour),
            "waiting": waiting_for(user),
            "main_panels": panels(HomeArea.MEMBERS_MAIN, user),
            "aside_panels": panels(HomeArea.MEMBERS_ASIDE, user),
        }


def panels(area: HomeArea, viewer: "Viewer") -> list[Panel]:
    """Return the panels of an area that the viewer gets."""
    found = [
        (each.template, each.values(viewer)) for each in registry.home_panels(area)
    ]
    return [Panel(template, values) for template, values in found if values is not None]


def hall(doors: list[BasePage], viewer: "Viewer") -> list[Leaf]:
    """Return the doors, each with the figure that an app registered for it."""
    figures = registry.door_figures()
    leaves = []
    for page in doors:
        leaf: dict[str, Any] = {"door": page.door, "url": page.url, "label": page.title}
        if figure := figures.get(page.door):
            count = figure.count(viewer)
            leaf |= {"figure": count, "unit": figure.unit(count)}
        leaves.append(Leaf(**leaf))
    return leaves


def waiting_for(viewer: "Viewer") -> list[WaitingItem]:
    """Return the first things of each list of the home page that wait for the viewer."""
    lists = registry.waiting_lists(on_home=True)
    return [
        each.item(row) for each in lists for row in each.rows(viewer)[:WAITING_SHOWN]
    ]


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the day."""
    if 4 <= hour < 12:  # noqa: PLR2004
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 17 else _("Good evening")  # noqa: PLR2004
