"""Policy statements: a position of the community and its evidence."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate
from people.models import Organization

from .asks import Ask
from .endorsements import Endorsement
from .panels import FactsPanel

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.querysets import Viewer


class StatementPage(BasePage):
    """A policy statement: a position and its evidence.

    Its asks and endorsements are rows beside the page. They take effect at once, and no
    revision, copy or import of the page changes them.
    """

    kind = Kind("statement", _("Policy statement"), _("Policy statements"), "library")

    edition = models.CharField(_("edition"), max_length=10, default="1.0")
    edition_date = models.DateField(_("date of the edition"), null=True, blank=True)
    change_note = models.TextField(
        _("what changed in this edition"), max_length=400, blank=True
    )
    position = RichTextField(
        _("position"),
        features=["bold", "italic", "link"],
        blank=True,
        help_text=_("What we hold, in two or three sentences that can be quoted."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("evidence"))

    template = "knowledge/statements/statement_page.html"
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("edition"),
                FieldPanel("edition_date"),
                FieldPanel("change_note"),
            ],
            heading=_("Edition"),
        ),
        FieldPanel("position"),
        FieldPanel("body"),
        FactsPanel(heading=_("Asks and endorsements")),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("position"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("policy statement")
        verbose_name_plural = _("policy statements")

    @property
    def shown_asks(self) -> "QuerySet[Ask]":
        """What the statement asks for, in order; an alias shows those of its source."""
        return Ask.objects.filter(statement=self._row_owner)

    @property
    def shown_endorsements(self) -> "QuerySet[Endorsement]":
        """Who endorses the statement, for editors: one query with the organizations."""
        rows = Endorsement.objects.filter(statement=self._row_owner)
        return rows.select_related("organization")

    def endorsements_visible_to(
        self, user: "Viewer"
    ) -> "tuple[list[Endorsement], int]":
        """Return the endorsements that the user may read, and how many others there are.

        An organization that is not shown to visitors is named to members only. One query.
        """
        visible = Organization.objects.visible_to(user).values("pk")
        rows: list[Any] = list(
            self.shown_endorsements.annotate(
                named=models.Case(
                    models.When(organization__in=visible, then=True), default=False
                )
            )
        )
        named = [each for each in rows if each.named]
        return named, len(rows) - len(named)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the endorsements that the reader may see."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        endorsements, unnamed = self.endorsements_visible_to(request.user)
        return {**context, "endorsements": endorsements, "unnamed": unnamed}

    @property
    def _row_owner(self) -> int | None:
        owner: int | None = self.alias_of_id or self.pk
        return owner

    def date_to_list(self) -> dt.date | None:
        return self.edition_date or self.published_on()

    @property
    def plate(self) -> Plate:
        foot = date_format(self.dated, "M Y") if self.dated else ""
        return Plate(_("Ed."), self.edition, foot)

    @property
    def facts(self) -> list[Fact]:
        if not self.dated:
            return []
        return [Fact("calendar", date_format(self.dated, "j F Y"))]
