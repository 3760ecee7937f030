"""Entries of uploaded files, with one passage or more for each page or slide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from files.models import Document, DocumentText, Language
from pages.models import WorkingGroupPage
from people.models import Restrictions, WorkingGroup
from search import registry
from search.passages import Passage, Place, PlaceKind, split_text
from search.registry import Entry, FacetValue

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: How parts of a format are counted; only PDF files open at a page.
_COUNTED = {
    "pdf": PlaceKind.PAGE,
    "pptx": PlaceKind.SLIDE,
    "odp": PlaceKind.SLIDE,
}


def file_type_facet(document: Document) -> Iterator[FacetValue]:
    """Yield the facet of the file type, if the file name has an extension."""
    if extension := document.file_extension.lower():
        yield FacetValue("type", extension, extension.upper())


@dataclass
class FileBatch:
    """Data shared by the files of one batch."""

    ids: Sequence[int]

    @cached_property
    def restrictions(self) -> Restrictions:
        return Restrictions()

    @cached_property
    def folders(self) -> list[tuple[str, WorkingGroup]]:
        """Tree paths of the collections of working groups."""
        pages = WorkingGroupPage.objects.exclude(collection=None)
        return [
            (page.collection.path, page.group)
            for page in pages.select_related("collection", "group")
            if page.collection
        ]

    def group_of(self, document: Document) -> WorkingGroup | None:
        """Return the working group whose collection contains the document."""
        path = document.collection.path
        return next((group for at, group in self.folders if path.startswith(at)), None)

    @cached_property
    def texts(self) -> Mapping[int, list[DocumentText]]:
        found: dict[int, list[DocumentText]] = defaultdict(list)
        for text in DocumentText.objects.filter(document_id__in=self.ids):
            found[text.document_id].append(text)
        return found


class FileDocument(registry.SearchDocument[Document]):
    """An uploaded document: title, description and the text of its pages."""

    model = Document
    source = "file"
    kind = "file"
    kind_label = _("Files")
    depends_on = {DocumentText: "texts", Tag: "tags"}

    def entries(self, items: Sequence[Document], batch: FileBatch) -> Iterator[Entry]:
        for document in items:
            yield self._entry(document, batch)

    def _entry(self, document: Document, batch: FileBatch) -> Entry:
        uploaded = timezone.localdate(document.created_at)
        return Entry(
            source=self.source,
            object_id=document.pk,
            kind=self.kind,
            title=document.title,
            path=document.url,
            rule=batch.restrictions.rule_of_collection(document.collection.path),
            door="library",
            eyebrow=str(_("File, {format}")).format(
                format=document.file_extension.upper()
            ),
            summary=document.description,
            keywords=", ".join(str(tag) for tag in document.tags.all()),
            language=document.language,
            date=uploaded,
            plate=self._plate(document),
            facets=tuple(self._facets(document, uploaded.year, batch)),
            passages=tuple(self._passages(document, batch.texts.get(document.pk, ()))),
        )

    def _plate(self, document: Document) -> tuple[str, str, str]:
        if document.page_count:
            pages = str(_("pages") if document.page_count > 1 else _("page"))
            return (document.file_extension.upper(), str(document.page_count), pages)
        return ("", document.file_extension.upper()[:4], "")

    def _facets(
        self, document: Document, year: int, batch: FileBatch
    ) -> Iterator[FacetValue]:
        yield FacetValue("kind", self.kind, str(self.kind_label))
        yield FacetValue("year", str(year), str(year))
        yield from file_type_facet(document)
        group = batch.group_of(document)
        if group and group.listed:
            yield FacetValue("group", group.public_id, group.name)
        language = Language(document.language)
        yield FacetValue("language", language.value, str(language.label))

    def _passages(
        self, document: Document, texts: Iterable[DocumentText]
    ) -> Iterator[Passage]:
        counted = _COUNTED.get(document.file_extension.lower())
        for text in texts:
            place = Place(counted, number=text.number) if counted else Place()
            yield from split_text(text.text, place=place)


class FileSource(registry.Source):
    """All documents."""

    name = "file"

    def object_ids(self) -> Iterable[int]:
        found = Document.objects.order_by("pk").values_list("pk", flat=True)
        return found.iterator()

    def entries(self, object_ids: Sequence[int]) -> list[Entry]:
        found = Document.objects.filter(pk__in=object_ids)
        items = list(found.select_related("collection").prefetch_related("tags"))
        batch = FileBatch([document.pk for document in items])
        document = registry.document_of(Document)
        if document is None:
            return []
        with translation.override(settings.LANGUAGE_CODE):
            return list(document.entries(items, batch))

    def visible_to(self, user: Any) -> "QuerySet[Any]":
        return Document.objects.visible_to(user)
