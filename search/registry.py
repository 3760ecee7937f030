"""What may be found: every app says it here, and search asks here, never an app itself.

An app registers a document for each of its types in `AppConfig.ready`::

    registry.register(SessionDocument)

Documents belong to a *source*: the table whose rows are found, and whose `visible_to`
authorizes (all pages are one source, all files another).
"""

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet

from .passages import Passage

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value by which an item can be filtered."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """All that search may hold of one item."""

    source: str
    object_id: int
    kind: str
    title: str
    path: str
    #: Key of `people.access`; the empty rule is public.
    rule: str
    door: str = ""
    eyebrow: str = ""
    summary: str = ""
    #: Other words that lead here: topics, tags, people.
    keywords: str = ""
    language: str = ""
    date: dt.date | None = None
    plate: tuple[str, str, str] = ("", "", "")
    #: When the plate turns into that of something past.
    past_after: dt.datetime | None = None
    #: Something newer takes its place, so it stands behind others.
    superseded: bool = False
    facets: tuple[FacetValue, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same content: what has the same digest needs no new indexing."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


class SearchDocument(ABC, Generic[M]):
    """How items of one model are found. Subclasses are registered, never instantiated
    by an app."""

    model: ClassVar[type[Model]]
    #: Name of the source that its items belong to.
    source: ClassVar[str]
    #: Other tables whose words its items hold, each with the lookup from the item to them:
    #: whatever is saved or deleted there, is noted for the items.
    depends_on: ClassVar[Mapping[type[Model], str]] = {}
    #: Value of the kind facet, and its label in the plural.
    kind: ClassVar[str]
    kind_label: ClassVar[Any]

    @abstractmethod
    def entries(self, items: Sequence[M], batch: Any) -> Iterable[Entry]:
        """The entries of items of this type; `batch` is what their source read for all."""


class Source(ABC):
    """A table whose rows can be found."""

    name: ClassVar[str]

    @abstractmethod
    def object_ids(self) -> Iterable[int]:
        """Primary keys of all rows that belong into the index, oldest first."""

    @abstractmethod
    def entries(self, object_ids: Sequence[int]) -> list[Entry]:
        """Entries of those rows that belong into the index now; the others are left out.

        The same number of database queries for one row and for a hundred.
        """

    @abstractmethod
    def visible_to(self, user: Any) -> "QuerySet[Any]":
        """The rows that the person may see, as the database says now."""


@dataclass
class _Registered:
    documents: dict[type[Model], SearchDocument[Any]] = field(default_factory=dict)
    excluded: set[type[Model]] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)


_registered = _Registered()


def register(document: type[SearchDocument[Any]]) -> None:
    """Items of the document's model can be found from now on.

    ImproperlyConfigured where the model has another document already.
    """
    model = document.model
    known = _registered.documents.get(model)
    if known is not None and type(known) is not document:
        raise ImproperlyConfigured(
            f"{model._meta.label} is registered for search twice: "
            f"by {type(known).__name__} and by {document.__name__}."
        )
    _registered.documents[model] = document()


def exclude(*models: type[Model]) -> None:
    """Items of the models are found by other ways; the system check knows it is meant."""
    _registered.excluded.update(models)


def register_source(source: Source) -> None:
    """Rows of the source can be found."""
    _registered.sources[source.name] = source


def document_of(model: type[Model]) -> SearchDocument[Any] | None:
    """The document of a model; None where it cannot be found."""
    return _registered.documents.get(model)


def documents() -> Mapping[type[Model], SearchDocument[Any]]:
    """All documents, by model."""
    return dict(_registered.documents)


def documents_depending_on(model: type[Model]) -> list[tuple[SearchDocument[Any], str]]:
    """The documents that hold words of the model, each with its lookup."""
    return [
        (document, document.depends_on[model])
        for document in _registered.documents.values()
        if model in document.depends_on
    ]


def is_excluded(model: type[Model]) -> bool:
    """Whether an app said that the model is not to be found."""
    return model in _registered.excluded


def source_named(name: str) -> Source:
    """The source; KeyError for a name that nobody registered."""
    return _registered.sources[name]


def sources() -> Sequence[Source]:
    """All sources, in the order of their registration."""
    return tuple(_registered.sources.values())


def kind_labels() -> dict[str, Any]:
    """Labels of the kind facet, by value."""
    return {each.kind: each.kind_label for each in _registered.documents.values()}
