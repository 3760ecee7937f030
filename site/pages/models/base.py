"""The base of all page types."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.urls import Resolver404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from files.models import Language
from pages.querysets import BasePageQuerySet

from .edit_form import (
    TopicCheckboxes,
    tabs,
    title_and_summary,
    upkeep_panel,
)
from .permission_tester import VisiblePagePermissionTester
from .routing import deepest_visible
from .row import Fact, Kind, Plate
from .succession import NOT_ITS_OWN_SUCCESSOR, Succession


class PageTag(TaggedItemBase):
    """A tag on a page."""

    content_object = ParentalKey(
        "pages.BasePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BasePage(Succession, Page):
    """The page that all page types descend from.

    `kind` says what it is; None for types that no listing contains.
    `door` is the door that it belongs to: learn, library, write, people or "".
    """

    kind: ClassVar[Kind | None] = None
    door: ClassVar[str] = ""
    #: Relations that a row of this type shows, for `select_related`.
    row_relations: ClassVar[tuple[str, ...]] = ()
    #: What apps registered about this row for its viewer (`registry.annotate_for`).
    annotations: Mapping[str, Any] = MappingProxyType({})

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences: what is it, and for whom? Shown in lists."),
    )
    listing_image = models.ForeignKey(
        "files.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture in lists"),
    )
    listing_image_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_(
            "Read aloud to people who do not see it. Leave empty if it is decoration."
        ),
    )
    topics = ParentalManyToManyField(
        "pages.Topic",
        blank=True,
        related_name="pages",
        verbose_name=_("topics"),
        help_text=_("Two or three that fit best. They lead readers to related pages."),
    )
    audiences = ParentalManyToManyField(
        "pages.Audience",
        blank=True,
        related_name="pages",
        verbose_name=_("made for"),
        help_text=_("Leave all empty if it is for everybody."),
    )
    tags = ClusterTaggableManager(
        through=PageTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Words that no topic covers, separated by commas."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, default=Language.ENGLISH
    )
    working_group = models.ForeignKey(
        "people.WorkingGroup",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("made by the working group"),
    )
    review_date = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("Editors are reminded when this day comes near."),
    )
    dated = models.DateField(null=True, editable=False, db_index=True)

    objects: ClassVar = PageManager.from_queryset(BasePageQuerySet)()

    content_panels: ClassVar[list] = title_and_summary()
    settings_panels: ClassVar[list] = [
        PublishingPanel(),
        upkeep_panel(),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("show_in_menus")], heading=_("URL")
        ),
        CommentPanel(),
    ]
    about_panels: ClassVar[list] = [
        FieldPanel("topics", widget=TopicCheckboxes),
        FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
        FieldPanel("tags"),
        FieldPanel("working_group"),
        InlinePanel("contributions", heading=_("Who made it"), label=_("Person")),
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("listing_image_alt")],
            heading=_("Picture in lists"),
        ),
    ]
    search_fields: ClassVar[list] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("dated"),
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = (NOT_ITS_OWN_SUCCESSOR,)

    @cached_classmethod
    def get_edit_handler(cls) -> Any:  # noqa: N805
        """Return the tabs of the edit form, bound to the page type."""
        return tabs(cls).bind_to_model(cls)

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """List the page types that may hold this one: those whose `subpage_types` name it.

        So a page type never names one of a higher layer. Wagtail's root holds only the
        types that name it in `parent_page_types`.
        """
        found = super().clean_parent_page_models()
        if hasattr(cls, "parent_page_types"):
            return found
        return [model for model in found if model is not Page]

    def permissions_for_user(self, user: Any) -> VisiblePagePermissionTester:
        """Return what the user may do with the page in the CMS."""
        return VisiblePagePermissionTester(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.dated = self.date_to_list()
        super().save(*args, **kwargs)

    def date_to_list(self) -> dt.date | None:
        """Return the day by which listings sort this page; None keeps it out of them."""
        return None

    def published_on(self) -> dt.date | None:
        """Return the day of first publication in the site's time zone."""
        first = self.first_published_at
        return timezone.localdate(first) if first else None

    @property
    def plate(self) -> Plate | None:
        """The one figure that identifies the item in a list."""
        return None

    @property
    def facts(self) -> list[Fact]:
        """The facts below the title of a row."""
        return []

    @property
    def eyebrow(self) -> Any:
        """What kind of item it is, in a word or two."""
        return self.kind.label if self.kind else ""

    @property
    def maker(self) -> str:
        """The name of the working group that made it, unless the group is unlisted."""
        group = self.working_group
        return group.name if group and group.listed else ""

    @property
    def makers(self) -> Any:
        """The contributions, each with its contributor. One query."""
        return self.contributions.select_related("contributor")

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find the page at a URL below this one, with two queries at any depth.

        Wagtail needs two for every level. What remains of the path is routed by the
        deepest page that the user may see, so a page may have URLs of its own below it.
        """
        if not path_components:
            return super().route(request, path_components)
        found, remaining = deepest_visible(self, request, path_components)
        if found is None:
            raise Resolver404({"path": path_components})
        pages = found.specific_class._default_manager.all()
        if issubclass(pages.model, BasePage):
            pages = pages.select_related("working_group")
        return pages.get(pk=found.pk).route(request, remaining)

    @property
    def row_owner(self) -> Any:
        """The page whose rows it shows: an alias shows those of its source.

        Rows are facts that no revision holds, such as dates, asks and endorsements.
        """
        if self.alias_of_id is None:
            return self
        return getattr(self.alias_of.basepage, self._meta.model_name)

    def update_aliases(self, **kwargs: Any) -> None:
        """Publish the aliases with the page; unpublish them if it is to go live later.

        Wagtail would publish them when the page is only scheduled.
        """
        if Page.objects.filter(pk=self.pk, live=True).exists():
            super().update_aliases(**kwargs)
            return
        for alias in self.aliases.filter(live=True):
            alias.unpublish(log_action=False)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["door"] = self.kind.door if self.kind else self.door
        return context


class Contribution(Orderable):
    """What a contributor did for a page."""

    page = ParentalKey(BasePage, on_delete=models.CASCADE, related_name="contributions")
    contributor = models.ForeignKey(
        "people.Contributor",
        on_delete=models.CASCADE,
        related_name="contributions",
        verbose_name=_("person"),
    )
    part = models.CharField(
        _("what the person did"),
        max_length=120,
        blank=True,
        help_text=_("For instance “led the writing” or “wrote section 3”."),
    )

    panels: ClassVar[list] = [FieldPanel("contributor"), FieldPanel("part")]

    class Meta(Orderable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = (
            models.UniqueConstraint(
                fields=("page", "contributor"), name="pages_contributor_once"
            ),
        )

    def __str__(self) -> str:
        return (
            f"{self.contributor}, {self.part}" if self.part else str(self.contributor)
        )
