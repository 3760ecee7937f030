"""Plans of sessions with their dates, and of their recordings."""

from django.utils.translation import gettext as _

from importing.addresses import ItemLinks
from importing.conversion import convert
from importing.dates import wall_times
from importing.library import Item

from .item_plan import Plan
from .pages import day_of, page_plan
from .references import References
from .texts import attachment, body_of, fitted, named, one_line, paragraph

_LONGEST_ADDRESS = 200


def plan_event(item: Item, refs: References) -> Plan:
    """Plan a session; each of its videos becomes a recording of its own."""
    plan = page_plan(item, refs, "session", shelf="sessions")
    videos = item.texts("youtube_ids")
    after = _hosts(item) + _registration(item)
    if not videos:
        after += _record_of(item, refs)
    made = body_of(item, refs.addresses, after=after, videos=False)
    plan.take(made)
    plan.fields |= {
        "dates": _dates(plan, item),
        "zone": item.zone.key,
        "place": fitted(_place(item), 160, plan.notes, _("place")),
        "registration_url": _fitting(item.text("registration_url")),
        "recorded": bool(videos),
    }
    plan.parts = [
        _recording(plan, refs, key, number) for number, key in enumerate(videos, 1)
    ]
    return plan


def _dates(plan: Plan, item: Item) -> list[list[str]]:
    """Return the start and end of each date as ISO wall times."""
    begin = item.moment("date")
    if begin is None:
        plan.notes.append(_("Its date cannot be read, so it has none here."))
        return []
    times = wall_times(begin, item.moment("end_date"), item.zone)
    return [[start.isoformat(), end.isoformat()] for start, end in times]


def _place(item: Item) -> str:
    """Return the venue; empty for a session that is online."""
    venue = item.raw.get("venue")
    parts = [named(venue, key) for key in ("city", "venue_name", "room")]
    parts = (
        parts if any(parts) else [item.text(k) for k in ("city", "venue_name", "room")]
    )
    return ", ".join(one_line(part) for part in parts if part)


def _hosts(item: Item) -> str:
    names = dict.fromkeys(one_line(item.text(k)) for k in ("host", "event_organizer"))
    told = [name for name in names if name]
    return (
        paragraph(_("Hosted by {names}.").format(names=", ".join(told))) if told else ""
    )


def _fitting(url: str) -> str:
    web = url.startswith(("http://", "https://"))
    return url if web and len(url) <= _LONGEST_ADDRESS else ""


def _registration(item: Item) -> str:
    url = item.text("registration_url")
    return paragraph(_("Registration"), url) if url and not _fitting(url) else ""


def _record_of(item: Item, refs: References) -> str:
    """Return links to its live captions and to the transcripts among the files."""
    text = ""
    if url := item.text("captions_url"):
        text += paragraph(_("Live captions of this session"), url)
    body = item.text("body").lower()
    for file in refs.addresses.library.files.values():
        if (
            file.is_transcript
            and item.id in file.items
            and file.name.lower() not in body
        ):
            label = _("Transcript: {title}").format(title=file.title)
            text += attachment(file.name, label[:160])
    return text


def _recording(session: Plan, refs: References, key: str, number: int) -> Plan:
    item = session.item
    several = len(item.texts("youtube_ids")) > 1
    title = one_line(item.text("youtube_title")) or session.title
    if several:
        title = _("{title} ({number})").format(title=title, number=number)
    part = Plan(
        f"{item.id}#recording:{key}",
        item,
        "recording",
        fitted(title, 250, session.notes, _("title")),
        f"{session.slug}-recording{f'-{number}' if several else ''}",
        shelf="recordings",
        live=session.live,
        published=session.published,
        topics=session.topics,
        authors=session.authors,
        tags=session.tags,
    )
    part.fields = {
        "summary": session.fields["summary"],
        "elsewhere_url": f"https://www.youtube.com/watch?v={key}",
        "recorded_on": day_of(item, "date"),
        "session": item.id,
    }
    if number == 1:
        links = ItemLinks(refs.addresses, item)
        made = convert(_record_of(item, refs), item_id=part.id, links=links)
        part.take(made)
    return part
