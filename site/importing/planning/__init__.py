"""Plan what every item of a library becomes, or why it is skipped.

Planning reads the library, never the database: the same library gives the same plans, and
a dry run is a run that stops here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from importing.addresses import Addresses
from importing.library import Item, Library

from .guides import plan_guide_page, skipped_reason
from .item_plan import Plan, Skip, left_out
from .pages import SHELVES, plan_community, plan_resource
from .people import plan_organization, plan_person, plan_topic
from .references import References
from .sessions import plan_event

__all__ = ["Plan", "Planner", "Skip", "left_out"]

_KINDS: dict[str, Callable[[Item, References], Plan]] = {
    "organization": plan_organization,
    "person": plan_person,
    "topic": plan_topic,
    "event": plan_event,
    "guide_page": plan_guide_page,
    "community": plan_community,
    **dict.fromkeys(SHELVES, plan_resource),
}


@dataclass
class Planner:
    """Plans a library; `arriving` are the items that will be imported."""

    library: Library
    skips: list[Skip] = field(default_factory=list)
    arriving: dict[str, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.library.items:
            if skip := _reason_to_skip(item):
                self.skips.append(skip)
            else:
                self.arriving[item.id] = item
        sent_on = {skip.item.id: skip.leads_to for skip in self.skips if skip.leads_to}
        self.refs = References(Addresses(self.library, self.arriving, sent_on))

    def plans(self) -> Iterator[Plan | Skip]:
        """Yield a plan for every arriving item; one that fails is skipped with its error."""
        for item in self.arriving.values():
            try:
                yield self._planned(item)
            except Exception as error:  # One bad item must not stop the rest.
                words = _("It could not be read: {error}")
                yield Skip(item, words.format(error=f"{type(error).__name__}: {error}"))

    def _planned(self, item: Item) -> Plan | Skip:
        is_guide_page = item.kind == "guide_page"
        if is_guide_page and (reason := skipped_reason(item, self.refs)):
            return Skip(item, reason)
        return _KINDS[item.kind](item, self.refs)


def _reason_to_skip(item: Item) -> Skip | None:
    if item.kind not in _KINDS:
        words = _("There is no place here for the kind “{kind}”.")
        return Skip(item, words.format(kind=item.kind))
    if url := item.text("redirectto"):
        words = _("It only sends readers on to {url}.")
        return Skip(item, words.format(url=url), leads_to=url)
    if not item.text("title"):
        return Skip(item, _("It has no title."))
    if (
        item.id.count("/") == 1
        and item.id.endswith("/_index")
        and not item.text("body")
    ):
        words = _("It is the front page of a section without a text of its own.")
        return Skip(item, words)
    return None
