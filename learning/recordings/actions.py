"""Changes to recordings that touch several rows."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from modelcluster.models import get_serializable_data_for_fields

from .models import CaptionTrack, read

if TYPE_CHECKING:
    from .models import RecordingPage


class CaptionsError(Exception):
    """Captions that cannot all be read; `wrong` names each line in a sentence."""

    def __init__(self, wrong: list[Any]) -> None:
        super().__init__(" ".join(map(str, wrong)))
        self.wrong = wrong


@transaction.atomic
def set_captions(
    *, recording: "RecordingPage", source: str, language: str = "en"
) -> tuple[CaptionTrack, list[Any]]:
    """The recording has these captions in that language, and what sounds odd in them.

    Raises CaptionsError, and changes nothing, where a line cannot be read.
    """
    captions = read(source)
    if captions.wrong:
        raise CaptionsError(captions.wrong)
    tracks = CaptionTrack.objects.select_for_update()
    track = tracks.filter(recording=recording, language=language).first()
    track = track or CaptionTrack(recording=recording, language=language)
    track.source = source
    track.save()
    _into_newest_version(recording, track)
    return track, captions.odd


def _into_newest_version(recording: "RecordingPage", track: CaptionTrack) -> None:
    """Publishing writes what stands in a version, and would take away what does not."""
    newest = recording.get_latest_revision()
    if newest is None:
        return
    kept = newest.content.get("caption_tracks", [])
    others = [each for each in kept if each["language"] != track.language]
    ours = get_serializable_data_for_fields(track)
    newest.content = newest.content | {"caption_tracks": [*others, ours]}
    newest.save(update_fields=["content"])
