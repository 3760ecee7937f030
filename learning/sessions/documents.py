"""Sessions in the search index."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Plate
from people.models import Contributor
from search.documents import PageDocument
from search.passages import Passage
from search.registry import NextStep

from .models import Occurrence, Series, SessionPage, Speaker


def offer_next_session(user: Any) -> NextStep | None:
    """Return the next session that the user may see, to bring an unanswered question to."""
    sessions = SessionPage.objects.visible_to(user).coming()
    session = sessions.select_related("listed_occurrence").first()
    if session is None:
        return None
    return NextStep(
        lead=gettext("Bring your question to the next session:"),
        title=session.title,
        url=session.get_url() or "",
        detail=date_format(session.dated, "l j F") if session.dated else "",
    )


class SessionDocument(PageDocument[SessionPage]):
    """A session: its text, its speakers, and its next or last date."""

    model = SessionPage
    kind = "session"
    kind_label = _("Sessions")
    relations = (
        "series",
        "listed_occurrence",
        "occurrences",
        "alias_of__basepage__sessionpage__occurrences",
    )
    depends_on = {
        Contributor: "speakers__contributor",
        Occurrence: "occurrences",
        Series: "series",
        Speaker: "speakers",
    }

    def passages(self, pages: Sequence[SessionPage]) -> Mapping[int, Iterable[Passage]]:
        speakers: dict[int, list[str]] = {page.pk: [] for page in pages}
        rows = Speaker.objects.filter(session__in=speakers).select_related(
            "contributor"
        )
        for speaker in rows:
            words = (str(speaker.contributor), speaker.part)
            speakers[speaker.session_id].append(", ".join(filter(None, words)))
        return {
            page.pk: [*self._speaking(speakers[page.pk]), *self.body(page)]
            for page in pages
        }

    def eyebrow(self, page: SessionPage) -> str:
        kind = super().eyebrow(page)
        listed = page.listed_occurrence
        day = listed.first_day if listed else page.dated
        return f"{kind}, {date_format(day, 'j F Y')}" if day else kind

    def plate(self, page: SessionPage) -> Plate | None:
        plate = page.plate
        if plate is None or page.listed_occurrence is None:
            return plate
        month = date_format(page.listed_occurrence.first_day, "M Y")
        return Plate(plate.top, plate.figure, month)

    def past_after(self, page: SessionPage) -> Any:
        """Return the end of the last date: a session is past only after all of its dates."""
        listed = page.listed_occurrence
        return page.last_ends_at or (listed.ends_at if listed else None)

    def keywords(self, page: SessionPage) -> Iterable[str]:
        places = (each.place for each in page.row_owner.occurrences.all())
        return filter(None, (page.series.name if page.series else "", *places))

    def _speaking(self, speakers: list[str]) -> Iterable[Passage]:
        if speakers:
            heading = str(_("Who is speaking"))
            yield Passage(text="; ".join(speakers), heading=heading)
