"""Guides: what the sector advises, written together."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from files.models import Licence
from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate


class GuidePage(BasePage):
    """A guide: sections and recommendations; long ones are divided into chapters."""

    kind = Kind("guide", _("Guide"), _("Guides"), "library")

    edition = models.CharField(
        _("edition"), max_length=10, default="1.0", help_text=_("For instance 1.0.")
    )
    edition_date = models.DateField(_("date of the edition"), null=True, blank=True)
    change_note = models.TextField(
        _("what changed in this edition"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences, for somebody who read the edition before."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, blank=True
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    template = "knowledge/guides/guide_page.html"
    subpage_types: ClassVar[list[str]] = ["knowledge_guides.GuideChapter"]
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("edition"),
                FieldPanel("edition_date"),
                FieldPanel("change_note"),
                FieldPanel("licence"),
            ],
            heading=_("Edition"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

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

    def chapters(self, user: Any) -> "models.QuerySet[GuideChapter]":
        """The chapters that the person may see, in their order."""
        pages = GuideChapter.objects.child_of(self).visible_to(user)
        return pages.order_by("path")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= {"guide": self, "chapters": self.chapters(request.user)}
        return context


class GuideChapter(BasePage):
    """A chapter of a guide. It stands in no listing by itself; search finds it."""

    door = "library"

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    template = "knowledge/guides/guide_chapter.html"
    parent_page_types: ClassVar[list[str]] = ["knowledge_guides.GuidePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("chapter of a guide")
        verbose_name_plural = _("chapters of guides")

    @property
    def eyebrow(self) -> Any:
        return _("Chapter of a guide")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        guide = self.get_parent().specific
        chapters = list(guide.chapters(request.user))
        here = next((i for i, each in enumerate(chapters) if each.pk == self.pk), None)
        context |= {"guide": guide, "chapters": chapters}
        if here is not None:
            context["before"] = chapters[here - 1] if here else guide
            context["after"] = chapters[here + 1] if here + 1 < len(chapters) else None
        return context
