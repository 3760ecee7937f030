"""What the page of a recording shows: its transcript in turns, its chapters."""

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

# A transcript without speakers is parted so that one finds the line again.
LINES_OF_A_TURN = 30


@dataclass
class Turn:
    """What one person says before another speaks."""

    speaker: str
    cues: list["Cue"] = field(default_factory=list)


def in_turns(cues: "Iterable[Cue]") -> list[Turn]:
    """Cues in their order, grouped while the same person speaks."""
    turns: list[Turn] = []
    for cue in cues:
        last = turns[-1] if turns else None
        # A cue that names nobody goes on with who spoke before.
        goes_on = last and cue.speaker in {"", last.speaker}
        if last is None or not goes_on or len(last.cues) >= LINES_OF_A_TURN:
            last = Turn(cue.speaker or (last.speaker if last and goes_on else ""))
            turns.append(last)
        last.cues.append(cue)
    return turns


@register.simple_tag
def turns_of(track: "CaptionTrack") -> list[Turn]:
    """The transcript of one language in turns; one query, none before it is saved."""
    return in_turns(track.cues.all()) if track.pk else []


@register.simple_tag
def chapter_entries(recording: "RecordingPage") -> list[dict[str, Any]]:
    """The chapters as lines of a table of contents. One query."""
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
    """The player of a video elsewhere; None where we know none."""
    return player_of(url)


@register.simple_tag(takes_context=True)
def recordings_of(context: "RequestContext", session: Any) -> list["RecordingPage"]:
    """The recordings of a session that the reader may see; one query, none before it is
    saved."""
    if session.pk is None:
        return []
    user: Any = context["request"].user
    return list(session.recordings.all().visible_to(user).order_by("-dated"))


@register.simple_tag(takes_context=True)
def session_seen(context: "RequestContext", recording: "RecordingPage") -> Any:
    """The session that was recorded, if the reader may see it."""
    if recording.session_id is None:
        return None
    user: Any = context["request"].user
    model: Any = type(recording)._meta.get_field("session").related_model
    seen = model.objects.visible_to(user)
    return (
        seen.filter(pk=recording.session_id).select_related("listed_occurrence").first()
    )
