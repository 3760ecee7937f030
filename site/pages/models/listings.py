"""Listings: the pages below an index page, filtered, counted and paged.

A listing costs the same number of queries for five items and for five thousand: one each
for the count, the rows (with their types joined), the topics, the audiences, the years, the
working groups, and each annotation of rows.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.registry import annotate_for
from people.models import WorkingGroup

from .base import BasePage
from .kinds import kinds, specific_relations
from .topics import Audience, TopicTree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.datastructures import MultiValueDict

    from pages.querysets import BasePageQuerySet
    from people.querysets import Viewer

PER_PAGE = 20


@dataclass(frozen=True)
class ListingFilter:
    """The filters that a reader chose. Unknown values are ignored."""

    kind: str = ""
    topic: str = ""
    audience: str = ""
    year: int | None = None
    group: str = ""
    when: str = ""

    @classmethod
    def read(cls, query: "MultiValueDict[str, str]") -> Self:
        """Read the filters from the query string of a URL."""
        # PostgreSQL cannot compare a text with a null character.
        names = ("kind", "topic", "audience", "year", "group", "when")
        given = {name: (query.get(name) or "").replace("\0", "") for name in names}
        year, when = given["year"], given["when"]
        return cls(
            kind=given["kind"],
            topic=given["topic"],
            audience=given["audience"],
            year=int(year) if year.isdecimal() and len(year) == 4 else None,  # noqa: PLR2004
            group=given["group"],
            when=when if when in {"coming", "past"} else "",
        )

    def items(self) -> list[tuple[str, str]]:
        """Return the filters that are set, as they appear in the URL.

        A list, so that a template can ask whether there are any.
        """
        names = ("kind", "topic", "audience", "year", "group", "when")
        values = ((name, getattr(self, name)) for name in names)
        return [(name, str(value)) for name, value in values if value]


@dataclass(frozen=True)
class Option:
    """One option of a filter."""

    value: str
    label: Any
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class FilterChoices:
    """One filter with its options."""

    name: str
    label: Any
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


@dataclass
class Listing:
    """The rows that a viewer sees: those visible to them, then those they asked for."""

    pages: "BasePageQuerySet"
    models: list[type[BasePage]]
    wanted: ListingFilter
    viewer: "Viewer"
    timed: bool = False

    @cached_property
    def topics(self) -> TopicTree:
        return TopicTree.load()

    @cached_property
    def _visible(self) -> "BasePageQuerySet":
        return self.pages.visible_to(self.viewer).listed().exact_type(*self.models)

    @cached_property
    def rows(self) -> "BasePageQuerySet":
        """The filtered pages, each with its row of its own type joined."""
        found = self._by_kind(self._visible)
        found = self._by_topic(found)
        if self.wanted.audience:
            found = found.for_audience(self.wanted.audience)
        if self.wanted.year:
            found = found.in_year(self.wanted.year)
        if self.wanted.group:
            found = found.filter(working_group__public_id=self.wanted.group)
        return self._by_time(found).select_related(*specific_relations(self.models))

    def _by_kind(self, found: "BasePageQuerySet") -> "BasePageQuerySet":
        model = kinds().get(self.wanted.kind)
        return found.exact_type(model) if model in self.models else found

    def _by_topic(self, found: "BasePageQuerySet") -> "BasePageQuerySet":
        topic = self.topics.by_slug.get(self.wanted.topic)
        return (
            found.about_topics(self.topics.with_descendants(topic)) if topic else found
        )

    def _by_time(self, found: "BasePageQuerySet") -> "BasePageQuerySet":
        if self.wanted.when == "coming":
            return found.filter(dated__gte=timezone.localdate()).order_by("dated", "pk")
        if self.wanted.when == "past":
            return found.filter(dated__lt=timezone.localdate())
        return found.coming_first() if self.timed else found

    def first(self, limit: int) -> list[BasePage]:
        """Return the first rows, as their own types and annotated."""
        return self._as_rows(self.rows[:limit])

    def page(self, number: str | None) -> PageOfRows:
        """Return one page of rows; the nearest one for a number that does not exist."""
        page = Paginator(self.rows, PER_PAGE).get_page(number)
        page.object_list = self._as_rows(page.object_list)
        return page

    def _as_rows(self, found: "Iterable[BasePage]") -> list[BasePage]:
        return annotate_for(self.viewer, [self._own_type(row) for row in found])

    def _own_type(self, row: BasePage) -> BasePage:
        for model in self.models:
            own = row._state.fields_cache.get(model._meta.model_name)
            if own is not None:
                return own
        return row

    @cached_property
    def facets(self) -> list[FilterChoices]:
        """The filters to show: those with at least two options, or with one chosen."""
        facets = [self._kinds(), self._topics(), self._audiences()]
        facets += [self._years(), self._groups(), *self._whens()]
        return [facet for facet in facets if len(facet.options) > 1 or facet.chosen]

    def _facet(self, name: str, label: Any, rows: "Iterable[tuple]") -> FilterChoices:
        chosen = str(getattr(self.wanted, name) or "")
        return FilterChoices(
            name,
            label,
            [
                Option(str(value), text, str(value) == chosen, *depth)
                for value, text, *depth in rows
            ],
        )

    def _kinds(self) -> FilterChoices:
        rows = [
            (model.kind.key, model.kind.plural) for model in self.models if model.kind
        ]
        return self._facet("kind", _("Kind"), rows)

    def _topics(self) -> FilterChoices:
        return self._facet("topic", _("Topic"), self.topics.options())

    def _audiences(self) -> FilterChoices:
        rows = Audience.objects.values_list("slug", "name")
        return self._facet("audience", _("Made for"), rows)

    def _years(self) -> FilterChoices:
        years = self._visible.order_by().annotate(year=ExtractYear("dated"))
        found = years.values_list("year", flat=True).distinct().order_by("-year")
        return self._facet("year", _("Year"), [(year, year) for year in found])

    def _groups(self) -> FilterChoices:
        groups = WorkingGroup.objects.filter(
            listed=True, pk__in=self._visible.order_by().values("working_group")
        )
        rows = groups.values_list("public_id", "name")
        return self._facet("group", _("Working group"), rows)

    def _whens(self) -> list[FilterChoices]:
        if not self.timed:
            return []
        rows = [("coming", _("Coming up")), ("past", _("Past"))]
        return [self._facet("when", _("When"), rows)]


class ListingPage(BasePage):
    """An index page: an introduction and the listing of the pages below it."""

    #: Keys of the kinds that this index lists, and whether they have coming and past.
    listed_kinds: ClassVar[tuple[str, ...]] = ()
    timed: ClassVar[bool] = False

    class Meta:
        abstract = True

    def listing(self, request: Any) -> Listing:
        """Return the listing for the user and the filters of a request."""
        return Listing(
            pages=BasePage.objects.descendant_of(self),
            models=[kinds()[key] for key in self.listed_kinds],
            wanted=ListingFilter.read(request.GET),
            viewer=request.user,
            timed=self.timed,
        )

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = self.listing(request)
        rows = listing.page(request.GET.get("page"))
        context |= {"listing": listing, "rows": rows, "count": rows.paginator.count}
        return context
