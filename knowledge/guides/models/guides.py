"""Guides: best practice, written together."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.url_routing import RouteResult

from files.models import Licence
from pages.blocks import BODY_BLOCKS, BodyBlock, ChapterBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate

from .chapters import Chapter, GuideText, chapter_slugs


class GuideBodyBlock(BodyBlock):
    """The body of a guide: the blocks of every body, and chapters."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        chapters = [("chapter", ChapterBlock()), *BODY_BLOCKS]
        super().__init__(local_blocks or chapters, **kwargs)


class GuidePage(BasePage):
    """A guide: sections and recommendations, divided into chapters where it is long.

    A guide with several chapters is shown at its own URL (contents and what comes before
    the first chapter) and at one URL below it for each chapter. With one chapter or none,
    all of it is shown at its own URL.
    """

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
    body = StreamField(GuideBodyBlock(), blank=True, verbose_name=_("text"))

    template = "knowledge/guides/guide_page.html"
    chapter_template = "knowledge/guides/chapter.html"
    subpage_types: ClassVar[list[str]] = []
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

    @property
    def text(self) -> GuideText:
        """The body with its chapters; not cached, because a form may replace the body."""
        return GuideText(self.body)

    def clean(self) -> None:
        """Give each published chapter the URL part that it was published with."""
        super().clean()
        self.store_slugs(only=self.published_slugs())

    def published_slugs(self) -> dict[str, str]:
        """Return the URL parts of the chapters in the database, by block id. One query."""
        stored = GuidePage.objects.filter(pk=self.pk).values_list("body", flat=True)
        return {
            chapter["id"]: chapter["value"]["slug"]
            for body in stored
            for chapter in body.raw_data
            if chapter["type"] == "chapter" and chapter["value"].get("slug")
        }

    def store_slugs(self, *, only: dict[str, str] | None = None) -> None:
        """Write the URL parts of the chapters into the body.

        With `only`, a chapter that is not among them keeps an empty one: it follows the
        title until it is published.
        """
        published = self.published_slugs() if only is None else only
        for position, slug in chapter_slugs(self.body, published).items():
            chapter = self.body[position]
            has_one = chapter.value.get("slug") or chapter.id in published
            if has_one or only is None:
                chapter.value["slug"] = slug

    # --- URLs -------------------------------------------------------------------------
    def route(self, request: Any, path_components: list[str]) -> Any:
        """Take one more component as the slug of a chapter; 404 if there is none."""
        if len(path_components) == 1:
            chapter = self.resolve_subpage(path_components[0])
            return RouteResult(self, kwargs={"chapter": chapter})
        return super().route(request, path_components)

    def get_route_paths(self) -> list[str]:
        """Name the URLs that Wagtail redirects when the guide moves."""
        return ["/", *(f"/{each.slug}/" for each in self.text.chapters)]

    def resolve_subpage(self, path: str) -> Chapter:
        """Return the chapter of a redirect's route; Resolver404 if there is none."""
        found = self.text.chapter_at(path.strip("/"))
        if found is None:
            raise Resolver404({"path": path})
        return found

    def chapter_url(self, chapter: Chapter, request: Any = None) -> str:
        """Return the URL of a chapter, or of its place in a guide that has one page."""
        base = self.get_url(request) or ""
        if not chapter.has_page:
            return f"{base}#{chapter.anchor}"
        if getattr(request, "is_preview", False):
            return f"?mode={chapter.anchor}"
        return f"{base}{chapter.slug}/"

    # --- responses --------------------------------------------------------------------
    def serve(
        self, request: Any, *args: Any, chapter: Chapter | None = None, **kwargs: Any
    ) -> Any:
        """Show the beginning or a chapter, which may be a place on the only page."""
        if chapter is not None and not chapter.has_page:
            return redirect(self.chapter_url(chapter, request))
        return super().serve(request, *args, chapter=chapter, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The beginning, and each chapter that has a page of its own."""
        if not self.text.has_chapter_pages:
            return list(super().preview_modes)
        chapters = [
            (each.anchor, f"{each.number}. {each.title}") for each in self.text.chapters
        ]
        return [("", _("Beginning")), *chapters]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show a draft; a mode that is unknown by now shows the beginning."""
        chapter = self.text.chapter_of(mode_name) if mode_name else None
        if chapter is None or not chapter.has_page:
            return super().serve_preview(request, "")
        return TemplateResponse(
            request,
            self.get_template(request, chapter=chapter),
            self.get_context(request, chapter=chapter),
        )

    def get_template(
        self, request: Any, *args: Any, chapter: Chapter | None = None, **kwargs: Any
    ) -> str:
        if chapter is not None:
            return self.chapter_template
        return str(super().get_template(request, *args, **kwargs))

    def get_context(
        self, request: Any, *args: Any, chapter: Chapter | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"guide": self, "chapter": chapter}
