"""Resources: documents, links and articles."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from files.models import Licence
from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate


class ResourcePage(BasePage):
    """Something to use: a document, a link, or an article written here."""

    class Form(models.TextChoices):
        DOCUMENT = "document", _("Document")
        LINK = "link", _("Link")
        ARTICLE = "article", _("Article")

    kind = Kind("resource", _("Resource"), _("Resources"), "library")
    row_relations = ("document",)

    form = models.CharField(
        _("what it is"), max_length=10, choices=Form.choices, default=Form.ARTICLE
    )
    document = models.ForeignKey(
        "files.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("document"),
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    source = models.CharField(
        _("published by"), max_length=200, blank=True, help_text=_("If not by us.")
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, blank=True
    )
    issued_on = models.DateField(_("date of the resource"), null=True, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    template = "knowledge/resources/resource_page.html"
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("form"),
        FieldPanel("document"),
        FieldPanel("link"),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("licence"), FieldPanel("issued_on")],
            heading=_("Where it comes from"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self) -> None:
        """Require the document or the link that the form of the resource calls for."""
        super().clean()
        if self.form == self.Form.DOCUMENT and not self.document_id:
            raise ValidationError({"document": _("Choose the document.")})
        if self.form == self.Form.LINK and not self.link:
            raise ValidationError(
                {"link": _("Enter the URL that the resource links to.")}
            )

    def date_to_list(self) -> dt.date | None:
        return self.issued_on or self.published_on()

    @property
    def eyebrow(self) -> Any:
        return self.get_form_display()

    @property
    def plate(self) -> Plate | None:
        if self.document and self.document.page_count:
            pages = self.document.page_count
            return Plate(
                self.document.file_extension.upper(),
                pages,
                _("pages") if pages > 1 else _("page"),
            )
        if self.dated:
            return Plate(date_format(self.dated, "M"), self.dated.year)
        return None

    @property
    def facts(self) -> list[Fact]:
        facts = []
        if self.document:
            size = filesizeformat(self.document.file_size or 0)
            facts.append(Fact("download", size))
        if self.dated:
            facts.append(Fact("calendar", date_format(self.dated, "j F Y")))
        if self.source:
            facts.append(Fact("building", self.source))
        return facts
