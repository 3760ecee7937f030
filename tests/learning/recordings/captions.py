"""Captions, and what the form of a recording sends of them."""

from typing import Any

from learning.recordings.models import CaptionTrack
from tests.cms.forms import open_form

ENGLISH = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Rosa Lee>The kettle is on.\n"
LATER = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Rosa Lee>The tea is ready.\n"
FRENCH = "WEBVTT\n\n00:01.000 --> 00:02.500\nLa bouilloire chante.\n"


def words_of(recording: Any) -> list[str]:
    """Return the text of all cues of a recording, as the database has it."""
    tracks = CaptionTrack.objects.filter(recording=recording.pk).order_by("language")
    return [cue.text for track in tracks for cue in track.cues.all()]


def form_with(client: Any, recording: Any, *tracks: tuple[str, str]) -> dict[str, Any]:
    """Return the form of a recording with new tracks, each a language and a source."""
    fields = open_form(client, recording)
    known = int(fields["caption_tracks-INITIAL_FORMS"])
    fields["caption_tracks-TOTAL_FORMS"] = str(known + len(tracks))
    for number, (language, source) in enumerate(tracks, start=known):
        prefix = f"caption_tracks-{number}"
        fields |= {
            f"{prefix}-id": "",
            f"{prefix}-ORDER": str(number + 1),
            f"{prefix}-language": language,
            f"{prefix}-source": source,
        }
    return fields
