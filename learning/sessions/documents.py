"""Sessions as search holds them."""

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
    session = SessionPage.objects.visible_to(user).coming().first()
    if session is None:
        return None
    return NextStep(
        lead=gettext("Bring your question to the next session:"),
        title=session.title,
        url=session.get_url() or "",
        detail=date_format(session.dated, "l j F") if session.dated else "",
    )


class SessionDocument(PageDocument[SessionPage]):
    """A session: its words, and who speaks."""

    model = SessionPage
    kind = "session"
    kind_label = _("Sessions")
    relations = ("series",)
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
        return f"{kind}, {date_format(page.dated, 'j F Y')}" if page.dated else kind

    def plate(self, page: SessionPage) -> Plate | None:
        plate = page.plate
        if plate is None or page.dated is None:
            return plate
        return Plate(plate.top, plate.figure, date_format(page.dated, "M Y"))

    def past_after(self, page: SessionPage) -> Any:
        return page.ends_at

    def keywords(self, page: SessionPage) -> Iterable[str]:
        return filter(None, (page.series.name if page.series else "", page.place))

    def _speaking(self, speakers: list[str]) -> Iterable[Passage]:
        if speakers:
            heading = str(_("Who is speaking"))
            yield Passage(text="; ".join(speakers), heading=heading)
