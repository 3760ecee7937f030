"""Entries of pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from files.models import Language
from pages.models import (
    Audience,
    BasePage,
    Contribution,
    PageTag,
    Plate,
    StandardPage,
    Topic,
    TopicTree,
    WorkingGroupPage,
)
from people.models import Restrictions, WorkingGroup
from search import registry
from search.passages import Passage
from search.registry import Entry, FacetValue

from .bodies import body_passages

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pages.querysets import BasePageQuerySet

P = TypeVar("P", bound=BasePage)


@dataclass
class PageBatch:
    """Data shared by the pages of one batch, read with one query for each relation."""

    ids: Sequence[int]

    @cached_property
    def restrictions(self) -> Restrictions:
        return Restrictions()

    @cached_property
    def topic_tree(self) -> dict[int, Topic]:
        return {topic.pk: topic for topic in TopicTree.load().topics}

    @cached_property
    def topics(self) -> Mapping[int, list[Topic]]:
        """Topics of each page, including their ancestors."""
        rows = self._links(BasePage.topics.through, "topic_id")
        return {
            page: list(dict.fromkeys(t for pk in own for t in self._with_ancestors(pk)))
            for page, own in rows.items()
        }

    @cached_property
    def audiences(self) -> Mapping[int, list[Audience]]:
        known = Audience.objects.in_bulk()
        rows = self._links(BasePage.audiences.through, "audience_id")
        return {page: [known[pk] for pk in own] for page, own in rows.items()}

    @cached_property
    def tags(self) -> Mapping[int, list[str]]:
        rows = PageTag.objects.filter(content_object_id__in=self.ids)
        return _grouped(rows.values_list("content_object_id", "tag__name"))

    @cached_property
    def people(self) -> Mapping[int, list[str]]:
        rows = Contribution.objects.filter(page_id__in=self.ids)
        return _grouped(rows.values_list("page_id", "contributor__name"))

    @cached_property
    def groups(self) -> Mapping[int, WorkingGroup]:
        return WorkingGroup.objects.filter(pages__in=self.ids).in_bulk()

    def readers_may_see(self, page: BasePage, other: Any) -> bool:
        """Return whether everyone who may see `page` may also see `other`."""
        rule = self.restrictions.rule_of_page
        return set(rule(other.path).split(",")) <= {"", *rule(page.path).split(",")}

    def _links(self, through: Any, column: str) -> dict[int, list[int]]:
        rows = through.objects.filter(basepage_id__in=self.ids).order_by("pk")
        return _grouped(rows.values_list("basepage_id", column))

    def _with_ancestors(self, pk: int | None) -> Iterator[Topic]:
        while pk is not None:
            topic = self.topic_tree[pk]
            yield topic
            pk = topic.parent_id


class PageDocument(registry.SearchDocument[P], Generic[P]):
    """A page with its card, body and facets; apps override what differs for their type."""

    model: ClassVar[type[BasePage]]
    source = "page"
    #: Foreign keys used by the methods below, prefetched for all pages.
    relations: ClassVar[tuple[str, ...]] = ()

    def passages(self, pages: Sequence[P]) -> Mapping[int, Iterable[Passage]]:
        """Return the passages of the pages by primary key.

        The number of queries does not depend on the number of pages.
        """
        return {page.pk: self.body(page) for page in pages}

    def body(self, page: P) -> list[Passage]:
        """Return the passages of the page's body."""
        body = getattr(page, "body", None)
        return body_passages(body) if body else []

    def eyebrow(self, page: P) -> str:
        """Return the type of the page in a word or two."""
        return str(page.eyebrow or page.specific_class._meta.verbose_name).capitalize()

    def title(self, page: P) -> str:
        """Return the title as it is shown outside its context."""
        return str(page.title)

    def plate(self, page: P) -> Plate | None:
        """Return the plate as it looks while the page is not past."""
        return page.plate

    def past_after(self, page: P) -> Any:
        """Return when the page becomes past, or None if it never does."""
        return None

    def keywords(self, page: P) -> Iterable[str]:
        """Return further keywords beside topics, tags and contributors."""
        return ()

    def facets(self, page: P) -> Iterable[FacetValue]:
        """Return facets beside kind, topic, audience, year, group and language."""
        return ()

    def entries(self, items: Sequence[P], batch: PageBatch) -> Iterator[Entry]:
        prefetch_related_objects(items, "superseded_by", *self.relations)
        passages = self.passages(items)
        for page in items:
            yield self._entry(page, batch, tuple(passages.get(page.pk, ())))

    def _entry(self, page: P, batch: PageBatch, passages: tuple[Passage, ...]) -> Entry:
        plate = self.plate(page)
        return Entry(
            source=self.source,
            object_id=page.pk,
            kind=self.kind,
            title=self.title(page),
            path=page.get_url() or "",
            rule=batch.restrictions.rule_of_page(page.path),
            door=page.kind.door if page.kind else page.door,
            eyebrow=self.eyebrow(page),
            summary=page.summary,
            keywords=", ".join(dict.fromkeys(self._all_keywords(page, batch))),
            language=page.language,
            date=page.dated,
            plate=(str(plate.top), str(plate.figure), str(plate.foot))
            if plate
            else ("", "", ""),
            past_after=self.past_after(page),
            superseded=page.superseded
            and batch.readers_may_see(page, page.superseded_by),
            facets=tuple(self._facets(page, batch)),
            passages=passages,
        )

    def _all_keywords(self, page: P, batch: PageBatch) -> Iterator[str]:
        yield from (topic.name for topic in batch.topics.get(page.pk, ()))
        yield from batch.tags.get(page.pk, ())
        yield from batch.people.get(page.pk, ())
        yield from self.keywords(page)

    def _facets(self, page: P, batch: PageBatch) -> Iterator[FacetValue]:
        yield FacetValue("kind", self.kind, str(self.kind_label))
        for topic in batch.topics.get(page.pk, ()):
            yield FacetValue("topic", topic.slug, topic.name)
        for audience in batch.audiences.get(page.pk, ()):
            yield FacetValue("audience", audience.slug, audience.name)
        if page.dated:
            yield FacetValue("year", str(page.dated.year), str(page.dated.year))
        group = batch.groups.get(page.working_group_id or 0)
        if group and group.listed:
            yield FacetValue("group", group.public_id, group.name)
        yield FacetValue("language", page.language, str(Language(page.language).label))
        yield from self.facets(page)


class StandardPageDocument(PageDocument[StandardPage]):
    """A standard page."""

    model = StandardPage
    kind = "page"
    kind_label = _("Pages")

    def eyebrow(self, page: StandardPage) -> str:
        return str(_("Page"))


class WorkingGroupDocument(PageDocument[WorkingGroupPage]):
    """The page of a working group."""

    model = WorkingGroupPage
    kind = "group"
    kind_label = _("Working groups")


class PageSource(registry.Source):
    """All live pages of types with a document."""

    name = "page"

    def object_ids(self) -> Iterable[int]:
        return self._pages().order_by("pk").values_list("pk", flat=True).iterator()

    def entries(self, object_ids: Sequence[int]) -> list[Entry]:
        pages = list(self._pages().filter(pk__in=object_ids).specific())
        by_type: dict[type[BasePage], list[BasePage]] = defaultdict(list)
        for page in pages:
            by_type[type(page)].append(page)
        batch = PageBatch([page.pk for page in pages])
        with translation.override(settings.LANGUAGE_CODE):
            return [
                entry
                for model, own in by_type.items()
                if (document := registry.document_of(model))
                for entry in document.entries(own, batch)
            ]

    def visible_to(self, user: Any) -> "QuerySet[Any]":
        return BasePage.objects.visible_to(user)

    def _pages(self) -> "BasePageQuerySet":
        models = [
            model for model in registry.documents() if issubclass(model, BasePage)
        ]
        live: BasePageQuerySet = BasePage.objects.live().exact_type(*models)
        return live


def _grouped(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for key, value in rows:
        grouped[key].append(value)
    return grouped
