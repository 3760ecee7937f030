"""Changes to recordings that touch several rows."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from modelcluster.models import get_serializable_data_for_fields

from .models import CaptionTrack, parse_webvtt

if TYPE_CHECKING:
    from .models import RecordingPage


class CaptionsError(Exception):
    """Captions with errors; `errors` names the line of each in a sentence."""

    def __init__(self, errors: list[Any]) -> None:
        super().__init__(" ".join(map(str, errors)))
        self.errors = errors


@transaction.atomic
def set_captions(
    *, recording: "RecordingPage", source: str, language: str = "en"
) -> tuple[CaptionTrack, list[Any]]:
    """Replace the captions of a recording in one language.

    Returns the track and the warnings of the parser. Raises CaptionsError, and changes
    nothing, where a cue cannot be parsed.
    """
    captions = parse_webvtt(source)
    if captions.errors:
        raise CaptionsError(captions.errors)
    tracks = CaptionTrack.objects.select_for_update()
    track = tracks.filter(recording=recording, language=language).first()
    track = track or CaptionTrack(recording=recording, language=language)
    track.source = source
    track.save()
    _write_into_latest_revision(recording, track)
    return track, captions.warnings


def _write_into_latest_revision(
    recording: "RecordingPage", track: CaptionTrack
) -> None:
    """Add the track to the latest revision, whose publication would otherwise delete it."""
    latest = recording.get_latest_revision()
    if latest is None:
        return
    tracks = latest.content.get("caption_tracks", [])
    others = [each for each in tracks if each["language"] != track.language]
    ours = get_serializable_data_for_fields(track)
    latest.content = latest.content | {"caption_tracks": [*others, ours]}
    latest.save(update_fields=["content"])
