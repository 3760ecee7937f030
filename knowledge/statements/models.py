"""Policy statements: what the sector asks for, and who stands behind it."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate
from people.models import PublicIdField


class StatementPage(BasePage):
    """A policy statement: a position, what is asked and of whom, and the evidence."""

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
        InlinePanel("asks", heading=_("What we ask"), label=_("Ask")),
        FieldPanel("body"),
        InlinePanel(
            "endorsements", heading=_("Who endorses it"), label=_("Endorsement")
        ),
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
    def backers(self) -> Any:
        """Who stands behind it, each with its organization: one query."""
        return self.endorsements.select_related("organization")

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


class Ask(Orderable):
    """One thing that a statement asks for, and of whom."""

    statement = ParentalKey(
        StatementPage, on_delete=models.CASCADE, related_name="asks"
    )
    public_id = PublicIdField()
    text = models.TextField(_("what we ask"), max_length=600)
    addressee = models.CharField(_("of whom"), max_length=200, blank=True)

    panels: ClassVar[list] = [FieldPanel("text"), FieldPanel("addressee")]

    class Meta(Orderable.Meta):
        verbose_name = _("ask")
        verbose_name_plural = _("asks")

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        """Its place on the page; it stays the same when asks are added or moved."""
        return f"ask-{self.public_id}"


class Endorsement(Orderable):
    """An organization stands behind a statement."""

    statement = ParentalKey(
        StatementPage, on_delete=models.CASCADE, related_name="endorsements"
    )
    organization = models.ForeignKey(
        "people.Organization",
        on_delete=models.CASCADE,
        related_name="endorsements",
        verbose_name=_("organization"),
    )
    endorsed_on = models.DateField(_("since"), null=True, blank=True)

    panels: ClassVar[list] = [FieldPanel("organization"), FieldPanel("endorsed_on")]

    class Meta(Orderable.Meta):
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "organization"), name="knowledge_endorsed_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.organization)
