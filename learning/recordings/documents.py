"""Recordings in the search index: what was said, to the second."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from search.documents import PageDocument
from search.passages import Passage, Place, PlaceKind, transcript_passages

from .models import CaptionTrack, Chapter, Cue, RecordingPage


class RecordingDocument(PageDocument[RecordingPage]):
    """A recording: its short version, its chapters, and its transcript in passages."""

    model = RecordingPage
    kind = "recording"
    kind_label = _("Recordings")
    depends_on = {
        CaptionTrack: "caption_tracks",
        Chapter: "chapters",
        Cue: "caption_tracks__cues",
    }

    def passages(
        self, pages: Sequence[RecordingPage]
    ) -> Mapping[int, Iterable[Passage]]:
        chapters = self._chapters(pages)
        tracks = self._tracks(pages)
        return {
            page.pk: [
                *self.body(page),
                *chapters[page.pk],
                *(
                    passage
                    for cues in tracks[page.pk]
                    for passage in transcript_passages(cues)
                ),
            ]
            for page in pages
        }

    def eyebrow(self, page: RecordingPage) -> str:
        kind = super().eyebrow(page)
        return f"{kind}, {date_format(page.dated, 'j F Y')}" if page.dated else kind

    def _chapters(self, pages: Sequence[RecordingPage]) -> dict[int, list[Passage]]:
        found: dict[int, list[Passage]] = defaultdict(list)
        for each in Chapter.objects.filter(recording__in=pages):
            place = Place(PlaceKind.TIME, number=each.starts_at_seconds)
            found[each.recording_id].append(
                Passage(text="", heading=each.title, place=place)
            )
        return found

    def _tracks(
        self, pages: Sequence[RecordingPage]
    ) -> dict[int, list[list[tuple[float, str]]]]:
        """Return the cues of each track of each recording, in order of time."""
        cues: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
        rows = Cue.objects.filter(track__recording__in=pages).order_by(
            "track", "start_ms", "pk"
        )
        for recording, track, start, text in rows.values_list(
            "track__recording_id", "track_id", "start_ms", "text"
        ):
            cues[recording, track].append((start / 1000, text))
        found: dict[int, list[list[tuple[float, str]]]] = defaultdict(list)
        for (recording, _track), said in cues.items():
            found[recording].append(said)
        return found
