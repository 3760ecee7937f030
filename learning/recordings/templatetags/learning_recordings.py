"""Transcripts and chapters of recordings in templates."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import template

from pages.blocks.media import player_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template.context import RequestContext

    from learning.recordings.models import CaptionTrack, Cue, RecordingPage
    from pages.blocks.media import Player

register = template.Library()

# A long turn is divided, so that a reader finds the line again.
MOST_CUES_OF_A_TURN = 30


@dataclass
class Turn:
    """A speaker turn: what one person says before another speaks."""

    speaker: str
    cues: list["Cue"] = field(default_factory=list)


def in_turns(cues: "Iterable[Cue]") -> list[Turn]:
    """Group cues in order of time into the turns of their speakers."""
    turns: list[Turn] = []
    for cue in cues:
        last = turns[-1] if turns else None
        # A cue without a speaker belongs to the speaker before it.
        goes_on = last and cue.speaker in {"", last.speaker}
        if last is None or not goes_on or len(last.cues) >= MOST_CUES_OF_A_TURN:
            last = Turn(cue.speaker or (last.speaker if last and goes_on else ""))
            turns.append(last)
        last.cues.append(cue)
    return turns


@register.simple_tag
def turns_of(track: "CaptionTrack") -> list[Turn]:
    """Return the transcript of a track in turns. One query; none for an unsaved track."""
    return in_turns(track.cues.all()) if track.pk else []


@register.simple_tag
def chapter_entries(recording: "RecordingPage") -> list[dict[str, Any]]:
    """Return the chapters as entries of a table of contents. One query."""
    return [
        {
            "url": f"#t={chapter.starts_at_seconds}",
            "number": chapter.at,
            "label": chapter.title,
            "seek": chapter.starts_at_seconds,
        }
        for chapter in recording.chapters.all()
    ]


@register.simple_tag
def player_elsewhere(url: str) -> "Player | None":
    """Return the player of a video on another site; None for an unknown site."""
    return player_of(url)


@register.simple_tag(takes_context=True)
def session_of(context: "RequestContext", recording: "RecordingPage") -> Any:
    """Return the session that was recorded, if the user may see it. One query."""
    if recording.session_id is None:
        return None
    user: Any = context["request"].user
    model: Any = type(recording)._meta.get_field("session").related_model
    visible = model.objects.visible_to(user)
    return (
        visible.filter(pk=recording.session_id)
        .select_related("listed_occurrence")
        .first()
    )
