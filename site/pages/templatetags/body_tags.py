"""Tags for the templates of blocks: anchors, numbers, downloads, related pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from pages.blocks import anchor_of, unescape
from pages.models import BasePage
from pages.registry import annotate_for
from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.template.context import Context

register = template.Library()
# Rich text contains no comments, so this never occurs in it.
_BETWEEN = "<!-- between two blocks -->"


@dataclass(frozen=True)
class Part:
    """A block of a body with its anchor.

    `number` is set for recommendations, `words` (HTML) for paragraphs.
    """

    block: Any
    anchor: str
    number: str
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a table of contents."""

    url: str
    label: str
    number: int | str = ""
    deep: bool = False
    current: bool = False


@register.simple_tag
def body_parts(body: "Iterable[Any] | None", chapter: int | str = "") -> list[Part]:
    """Return the blocks of a body with their anchors and numbers.

    A recommendation is numbered by its section and its place there ("2.1"), or by its
    chapter where `chapter` is given. A chapter block without a page of its own counts as
    a section.
    """
    blocks = list(body or ())
    _fetch_renditions(blocks)
    words = _with_links(blocks)
    numbers = recommendation_numbers(blocks, chapter)
    return [
        Part(
            block,
            anchor_of(block.block_type, block.id),
            numbers.get(position, ""),
            next(words) if block.block_type == "text" else "",
        )
        for position, block in enumerate(blocks)
    ]


def recommendation_numbers(
    blocks: "Iterable[Any]", chapter: int | str = ""
) -> dict[int, str]:
    """Return the number of each recommendation by its position among the blocks."""
    numbers: dict[int, str] = {}
    section, place = 0, 0
    for position, block in enumerate(blocks):
        if begins_section(block) and not chapter:
            section, place = section + 1, 0
        elif block.block_type == "recommendation":
            place += 1
            within = chapter or section
            numbers[position] = f"{within}.{place}" if within else str(place)
    return numbers


def begins_section(block: Any) -> bool:
    """Return whether the block is a heading of level 2, or a chapter's title."""
    if block.block_type == "heading":
        return str(block.value["level"]) == "2"
    return bool(block.block_type == "chapter")


def _with_links(blocks: "Iterable[Any]") -> "Iterator[str]":
    """Yield the paragraphs of a body as HTML, all their links resolved in one go."""
    sources = [each.value.source for each in blocks if each.block_type == "text"]
    shown = expand_db_html(_BETWEEN.join(sources)).split(_BETWEEN)
    return (mark_safe(words) for words in shown)  # noqa: S308  (as Wagtail shows it)


def _fetch_renditions(blocks: "Iterable[Any]") -> None:
    """Prefetch the renditions of all images of a body. One query."""
    figures = [block.value["image"] for block in blocks if block.block_type == "figure"]
    if images := [image for image in figures if image is not None]:
        prefetch_related_objects(images, "renditions")


@register.simple_tag
def contents(body: "Iterable[Any] | None") -> list[Entry]:
    """Return the headings of a body: sections numbered, their parts below them."""
    entries: list[Entry] = []
    section = 0
    for block in body or ():
        if block.block_type not in {"heading", "chapter"}:
            continue
        deep = not begins_section(block)
        section += not deep
        url = f"#{anchor_of(block.block_type, block.id)}"
        label = block.value["title" if block.block_type == "chapter" else "text"]
        entries.append(Entry(url, label, "" if deep else section, deep))
    return entries


@register.simple_tag
def recommendations(body: "Iterable[Any] | None") -> list[Entry]:
    """Return all recommendations of a body, each with a link to its place."""
    blocks = list(body or ())
    return [
        Entry(
            f"#{anchor_of('recommendation', blocks[position].id)}",
            unescape(strip_tags(blocks[position].value["text"].source)),
            number,
        )
        for position, number in recommendation_numbers(blocks).items()
    ]


@register.simple_tag
def with_recommendations(
    entries: list[Entry], body: "Iterable[Any] | None"
) -> list[Entry]:
    """Add a link to the list of recommendations where there are at least two."""
    count = len(recommendations(body))
    if count < 2:  # noqa: PLR2004
        return entries
    words = _("All {count} recommendations").format(count=count)
    return [*entries, Entry("#recommendations", words, _("R"))]


@register.simple_tag
def choice_label(value: Any, name: str) -> Any:
    """Return the label of the option that a choice of a block has."""
    choices = dict(value.block.child_blocks[name].field.choices)
    return choices.get(value[name], value[name])


@register.simple_tag
def table_headings(table: Any) -> list[str]:
    """Return the headings of the columns of a table."""
    return [column["heading"] for column in table.columns] if table else []


@register.simple_tag(takes_context=True)
def download_line(context: "Context", document: Any, label: str = "") -> list[dict]:
    """Return a document as a list of one download; empty if the user may not see it."""
    user = context["request"].user if "request" in context else None
    if user and not access_of(user).may_see_collection(document.collection.path):
        return []
    kind = document.file_extension.upper()
    size = filesizeformat(document.file_size or 0)
    line = {"url": document.url, "label": label or document.title}
    return [{**line, "icon": "file-down", "detail": f"{kind}, {size}"}]


@register.simple_tag(takes_context=True)
def visible_pages(context: "Context", pages: "Iterable[Any]") -> list[Any]:
    """Return those of an editor's chosen pages that the user may see, in order."""
    keys = [page.pk for page in pages if page is not None]
    request = context.get("request")
    if request is None or not keys:
        return []
    seen = BasePage.objects.visible_to(request.user).filter(pk__in=keys)
    rows = annotate_for(request.user, seen.as_rows())
    by_key = {page.pk: page for page in rows}
    return [by_key[key] for key in keys if key in by_key]
