"""Texts and bodies of items, in the form that pages need."""

from html import escape
from typing import Any
from unicodedata import normalize

from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from importing.addresses import Addresses, ItemLinks
from importing.conversion import Conversion, Tally, convert
from importing.conversion.elements import squeeze, without_controls
from importing.library import Item
from people.models import normalize_name

SUMMARY = 400


def one_line(text: str) -> str:
    return squeeze(without_controls(text)).strip()


def fitted(text: str, room: int, notes: list[str], what: str) -> str:
    """Put a text on one line, cut at a word if it is too long; the cut is noted."""
    words = one_line(text)
    if len(words) <= room:
        return words
    notes.append(_("Its {what} was too long and was cut.").format(what=what))
    cut = Truncator(words[: room - 1]).chars(room - 1)
    return cut[:room].rsplit(" ", 1)[0].rstrip(" ,;:.…") + "…"


def fitted_name(text: str, room: int, notes: list[str], what: str = "") -> str:
    """Return the name of a person, organization or group; what cannot be seen is noted."""
    words = fitted(text, room, notes, what or _("name"))
    name = normalize_name(words)
    if len(name) < len(normalize("NFC", words)):
        notes.append(
            _("Its name had characters that cannot be seen; they were removed.")
        )
    return name


def slug_of(item: Item) -> str:
    """Return a slug, never empty."""
    return slugify(item.slug)[:200].strip("-") or slugify(item.name)[:200] or "item"


def paragraph(words: str, href: str = "") -> str:
    """Return a paragraph in the library's markup, with or without a link."""
    shown = escape(one_line(words), quote=False)
    if href:
        shown = f'<a href="{escape(href)}">{shown}</a>'
    return f"\n\n<p>{shown}</p>\n\n"


def attachment(name: str, label: str) -> str:
    shown = one_line(label).replace('"', "”")
    return f'\n\n{{{{< asset-static file="{name}" label="{shown}" >}}}}\n\n'


def video(key: str, title: str) -> str:
    shown = one_line(title).replace('"', "”")
    return f'\n\n{{{{< youtube id="{key}" title="{shown}" >}}}}\n\n'


def videos_missing_from(item: Item) -> list[str]:
    body = item.text("body")
    return [
        key for each in item.texts("youtube_ids") if (key := each) and key not in body
    ]


def files_missing_from(item: Item, addresses: Addresses, text: str) -> list[str]:
    """Return the documents of an item to which its text does not link."""
    lowered = text.lower()
    return [
        file.name
        for file in addresses.library.files.values()
        if item.id in file.items
        and not file.is_picture
        and not file.is_transcript
        and file.name.lower() not in lowered
    ]


def body_of(item: Item, addresses: Addresses, *, before: str = "", after: str = "",
            videos: bool = True) -> Conversion:  # fmt: skip
    """Convert the whole text of an item to blocks: deck, body and documents."""
    deck = one_line(item.text("deck"))
    text = before
    if deck and deck != one_line(item.text("summary")):
        text += f"\n\n<p><b>{escape(deck, quote=False)}</b></p>\n\n"
    text += item.text("body")
    if videos:
        title = item.text("youtube_title") or item.text("title")
        text += "".join(video(key, title) for key in videos_missing_from(item))
    for name in files_missing_from(item, addresses, text + after):
        text += attachment(name, addresses.library.files[name].title)
    links = ItemLinks(addresses, item)
    made = convert(text + "\n\n" + after, item_id=item.id, links=links)
    return made


def tags_of(item: Item) -> list[str]:
    """Return the tags of an item: tags, categories and the kicker above its title."""
    found = [*item.texts("tags"), *item.texts("categories"), item.text("kicker")]
    words = (one_line(each.replace("-", " "))[:100] for each in found)
    return list(dict.fromkeys(word for word in words if word))


def named(value: Any, key: str) -> str:
    """Return a text inside a nested value."""
    inner = value.get(key) if isinstance(value, dict) else None
    return one_line(str(inner)) if isinstance(inner, str | int) else ""


def picture_of(item: Item, addresses: Addresses, tally: Tally) -> dict[str, str]:
    """Return the listing image and its alt text, if the library has the file."""
    source = item.text("primary_image")
    if not source:
        return {}
    name = ItemLinks(addresses, item).image(source)
    if name is None:
        tally.dropped("images", "the picture for lists did not come along")
        return {}
    tally.carried("images", "the picture in lists")
    alt = named(item.raw.get("image"), "alt")
    return {"listing_image": name, "listing_image_alt": alt[:250]}
