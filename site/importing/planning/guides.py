"""Guides: the first page of a guide and its other pages become one guide with chapters."""

import uuid
from collections.abc import Iterator

from django.utils.translation import gettext as _

from importing.conversion import Block
from importing.library import Item

from .item_plan import Plan
from .pages import day_of, page_plan
from .references import References
from .texts import body_of

_NAMESPACE = uuid.UUID("0d6d3f4e-3c0b-5f0a-8a57-2f5f1f6c9a10")
_LAST = 10_000
_LONGEST_SLUG = 50


def plan_guide_page(item: Item, refs: References) -> Plan:
    """Plan a guide with all its chapters, or one chapter of a guide.

    A chapter is planned twice, as a part of its guide and as an item of its own, which the
    report counts and other items link to. The plan is made once.
    """
    front = front_of(item, refs)
    if front not in refs.guides:
        refs.guides[front] = _plan_guide(refs.addresses.arriving[front], refs)
    return refs.guides[front] if front == item.id else _chapter(item, refs)


def front_of(item: Item, refs: References) -> str:
    """Return the id of the item that is the guide of a page: itself if there is none."""
    front = f"{item.id.rsplit('/', 1)[0]}/_index"
    return front if front in refs.addresses.arriving else item.id


def hidden_in_its_guide(item: Item, refs: References) -> bool:
    """Return whether a chapter is a draft while its guide is published."""
    front = refs.addresses.arriving[front_of(item, refs)]
    return item.flag("draft") and not front.flag("draft")


def _plan_guide(item: Item, refs: References) -> Plan:
    plan = page_plan(item, refs, "guide", shelf="guides")
    plan.take(body_of(item, refs.addresses))
    plan.fields["edition_date"] = day_of(item, "date")
    plan.fields["licence"] = refs.addresses.library.licence
    taken: set[str] = set()
    for chapter in _chapters_of(item, refs):
        _add(plan, chapter, taken)
    return plan


def _chapters_of(front: Item, refs: References) -> Iterator[Plan]:
    """Yield the chapters in reading order; an unreadable one is reported as an item."""
    items = [each for each in _pages_of(front, refs) if each.id != front.id]
    for item in sorted(items, key=lambda each: _position(each, refs)):
        try:
            if not hidden_in_its_guide(item, refs):
                yield _chapter(item, refs)
        except Exception:  # noqa: S112  (its own turn reports it)
            continue


def _pages_of(front: Item, refs: References) -> list[Item]:
    folder = front.id.rsplit("/", 1)[0]
    return refs.guide_pages.get(folder, [])


def _position(item: Item, refs: References) -> int:
    """Return its place in the navigation of the guide; last if it is not there."""
    order = refs.addresses.library.guides.get(item.text("guide"), [])
    return order.index(item.id) if item.id in order else _LAST


def _chapter(item: Item, refs: References) -> Plan:
    if item.id not in refs.chapters:
        plan = page_plan(item, refs, "chapter", parent=front_of(item, refs))
        plan.take(body_of(item, refs.addresses))
        refs.chapters[item.id] = plan
    return refs.chapters[item.id]


def _add(guide: Plan, chapter: Plan, taken: set[str]) -> None:
    """Append a chapter to the text of its guide, and what it names to the guide's."""
    chapter.slug = _free(chapter.slug[:_LONGEST_SLUG].strip("-") or "chapter", taken)
    chapter.fields["anchor_id"] = str(uuid.uuid5(_NAMESPACE, chapter.id))
    guide.blocks += [_block(chapter), *chapter.blocks]
    for name in ("topics", "authors", "tags"):
        together = [*getattr(guide, name), *getattr(chapter, name)]
        setattr(guide, name, list(dict.fromkeys(together)))
    days = [guide.fields["review_date"], chapter.fields["review_date"]]
    guide.fields["review_date"] = min(filter(None, days), default="")


def _block(chapter: Plan) -> Block:
    value = {
        "title": chapter.title[:200],
        "summary": chapter.fields["summary"],
        "slug": chapter.slug,
    }
    return {"type": "chapter", "value": value, "id": chapter.fields["anchor_id"]}


def _free(slug: str, taken: set[str]) -> str:
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug[:46]}-{number}", number + 1
    taken.add(free)
    return free


def skipped_reason(item: Item, refs: References) -> str:
    """Return why a page of a guide is skipped; empty if it is not."""
    if hidden_in_its_guide(item, refs):
        return _("It is a draft chapter of a guide that is published.")
    return ""
