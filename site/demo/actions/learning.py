"""Sessions and recordings."""

import datetime as dt
from typing import Any

from wagtail.models import Page

from demo.content import Text, captions, content_files, table
from learning.recordings.models import CaptionTrack, Chapter, RecordingPage
from learning.sessions.actions import OccurrenceDetails
from learning.sessions.models import Occurrence, Series, SessionPage, Speaker

from .dates import update_dates
from .page_builder import PageBuilder, PageDetails

_ANNOUNCED_DAYS = 40
_EDITED_DAYS = 9
_YESTERDAY = dt.timedelta(days=1)


def build_sessions(builder: PageBuilder, monthly: Page, others: Page) -> None:
    """Build the monthly sessions of the series, and dialogues and presentations beside it."""
    facts = table("house")["series"]
    series, new = Series.objects.get_or_create(
        name=facts["name"], defaults={"about": facts["about"]}
    )
    builder.tally.made("series", new=new)
    for text in content_files("sessions"):
        if "monthly" in text.facts:
            _session(builder, text, monthly, series)
        else:
            _session(builder, text, others, None)


def build_recordings(builder: PageBuilder, parent: Page) -> None:
    """Build the recordings, each with the captions and chapters of its file."""
    for text in content_files("recordings"):
        _recording(builder, text, parent)


def _session(
    builder: PageBuilder, text: Text, parent: Page, series: Series | None
) -> None:
    facts = text.facts
    hours = builder.calendar.hours(facts)
    fields: dict[str, Any] = {"series": series}
    for name in ("format", "access_note", "care_note"):
        if name in facts:
            fields[name] = facts[name]
    speakers = [
        Speaker(contributor=builder.people.bylines[name], part=part)
        for name, part in facts["speakers"]
    ]
    session: Any = builder.put(
        text,
        SessionPage,
        parent,
        PageDetails(_announced(builder, hours[0][0]), fields, {"speakers": speakers}),
    )
    update_dates(session, [_details(facts, *each) for each in hours], builder.tally)


def _details(
    facts: dict[str, Any], day: dt.date, begin: dt.time, end: dt.time
) -> OccurrenceDetails:
    place = facts.get("place", "")
    recorded = Occurrence.Recorded
    return OccurrenceDetails(
        first_day=day,
        start_time=begin,
        end_time=end,
        online=not place,
        place=place,
        recorded=recorded.YES if facts.get("recorded") else recorded.NO,
    )


def _announced(builder: PageBuilder, first_day: dt.date) -> dt.date:
    day = first_day - dt.timedelta(days=_ANNOUNCED_DAYS)
    return min(day, builder.calendar.today - _YESTERDAY)


def _recording(builder: PageBuilder, text: Text, parent: Page) -> None:
    facts = text.facts
    session = builder.pages[f"sessions/{facts['session']}"]
    day = session.specific.dates[0].first_day
    media = builder.files.sound(text)
    edited = day + dt.timedelta(days=_EDITED_DAYS)
    builder.put(
        text,
        RecordingPage,
        parent,
        PageDetails(
            min(edited, builder.calendar.today - _YESTERDAY),
            {
                "session": session,
                "recorded_on": day,
                "media": media,
                "duration_seconds": round(media.duration),
            },
            {
                "caption_tracks": [CaptionTrack(source=captions(text.slug))],
                "chapters": [
                    Chapter(starts_at_seconds=second, title=title)
                    for second, title in facts["chapters"]
                ],
            },
        ),
    )
