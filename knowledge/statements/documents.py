"""What search may hold of policy statements: position, asks and evidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from people.models import Organization
from search.documents import PageDocument, rich_text_lines
from search.passages import Passage, Place, PlaceKind, split_text

from .models import Ask, Endorsement, StatementPage


class StatementDocument(PageDocument[StatementPage]):
    """A statement: its position, what it asks and of whom, and the evidence."""

    model = StatementPage
    kind = "statement"
    kind_label = _("Policy statements")
    relations = (
        "endorsements__organization",
        "alias_of__basepage__statementpage__endorsements__organization",
    )
    depends_on = {
        Ask: "asks",
        Endorsement: "endorsements",
        Organization: "endorsements__organization",
    }

    def keywords(self, page: StatementPage) -> Iterable[str]:
        """Name the organizations that endorse it and are shown to everybody.

        One entry of the index serves all readers of the page, so that others are not in it.
        """
        endorsements = page.row_owner.endorsements.all()
        organizations = (each.organization for each in endorsements)
        return (str(each) for each in organizations if each.listed)

    def passages(
        self, pages: Sequence[StatementPage]
    ) -> Mapping[int, Iterable[Passage]]:
        """Return position, asks and body of each page; one query for all asks."""
        asks: dict[int, list[Ask]] = defaultdict(list)
        owners = {page.row_owner.pk for page in pages}
        for ask in Ask.objects.filter(statement__in=owners).order_by("position", "pk"):
            asks[ask.statement_id].append(ask)
        return {
            page.pk: [
                *split_text(rich_text_lines(page.position)),
                *self._asks(asks[page.row_owner.pk]),
                *self.body(page),
            ]
            for page in pages
        }

    def _asks(self, asks: Sequence[Ask]) -> Iterable[Passage]:
        for number, ask in enumerate(asks, start=1):
            place = Place(PlaceKind.ASK, ask.anchor, number)
            yield Passage(text=ask.text, heading=ask.addressee, place=place)
