"""Registry of what can be searched, filled by the apps that own the models.

Search asks the registry and never imports an app above it. An app registers one
document for each of its models in `AppConfig.ready`::

    registry.register(SessionDocument)

Each document belongs to a *source*: one table whose rows can be found and whose
`visible_to` authorizes them. All pages form one source, all uploaded files another.
"""

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet

from .passages import Passage

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet that an item has."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the index may store about one item."""

    source: str
    object_id: int
    kind: str
    title: str
    path: str
    #: Key of an access rule in `people.access`; the empty rule is public.
    rule: str
    door: str = ""
    eyebrow: str = ""
    summary: str = ""
    #: Further terms under which the item is found: topics, tags, people.
    keywords: str = ""
    language: str = ""
    date: dt.date | None = None
    plate: tuple[str, str, str] = ("", "", "")
    #: Time from which the plate is shown as past; None if it never is.
    past_after: dt.datetime | None = None
    #: Whether a newer item replaces this one, which then ranks lower.
    superseded: bool = False
    facets: tuple[FacetValue, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def digest(self) -> str:
        """Hash of the content; an entry with an unchanged digest needs no new indexing."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


class SearchDocument(ABC, Generic[M]):
    """How the items of one model become index entries.

    Subclasses are registered; only the registry instantiates them.
    """

    model: ClassVar[type[Model]]
    #: Name of the source to which the items belong.
    source: ClassVar[str]
    #: Other models whose text the entries contain, each with the lookup from the item
    #: to it. Saving or deleting a row of such a model schedules the affected items for
    #: indexing.
    depends_on: ClassVar[Mapping[type[Model], str]] = {}
    #: Value of the kind facet, and its plural label.
    kind: ClassVar[str]
    kind_label: ClassVar[Any]

    @abstractmethod
    def entries(self, items: Sequence[M], batch: Any) -> Iterable[Entry]:
        """Return the entries of items of this type.

        `batch` is what their source has read for all items of the batch.
        """


class Source(ABC):
    """A table whose rows can be found."""

    name: ClassVar[str]

    @abstractmethod
    def object_ids(self) -> Iterable[int]:
        """Return the primary keys of all rows that belong in the index, oldest first."""

    @abstractmethod
    def entries(self, object_ids: Sequence[int]) -> list[Entry]:
        """Return the entries of those rows that belong in the index now.

        Rows that do not belong in it are omitted. The number of database queries does
        not depend on the number of rows.
        """

    @abstractmethod
    def visible_to(self, user: Any) -> "QuerySet[Any]":
        """Return the rows that the user may see, according to the database."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A link offered when a search finds nothing, between a lead and a detail."""

    lead: str
    title: str
    url: str
    detail: str = ""


NextStepProvider = Callable[[Any], NextStep | None]


@dataclass
class _Registered:
    documents: dict[type[Model], SearchDocument[Any]] = field(default_factory=dict)
    excluded: set[type[Model]] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)
    next_steps: list[NextStepProvider] = field(default_factory=list)


_registered = _Registered()


def register(document: type[SearchDocument[Any]]) -> None:
    """Register a document, so that items of its model can be found.

    Raises ImproperlyConfigured if the model already has another document.
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
    """Declare that items of the models are intentionally not searchable.

    Without this, a page type without a document fails the system check `search.E001`.
    """
    _registered.excluded.update(models)


def register_source(source: Source) -> None:
    """Register a source, so that its rows can be found."""
    _registered.sources[source.name] = source


def register_next_step(provider: NextStepProvider) -> None:
    """Register what to offer when a search finds nothing.

    `provider` receives the user and returns a step that this user may take, or None. It
    may cost one query.
    """
    if provider not in _registered.next_steps:
        _registered.next_steps.append(provider)


def next_steps(user: Any) -> list[NextStep]:
    """Return the registered steps that the user may take, in order of registration."""
    steps = (provider(user) for provider in _registered.next_steps)
    return [step for step in steps if step is not None]


def document_of(model: type[Model]) -> SearchDocument[Any] | None:
    """Return the document of a model, or None if it is not searchable."""
    return _registered.documents.get(model)


def documents() -> Mapping[type[Model], SearchDocument[Any]]:
    """Return all documents by model."""
    return dict(_registered.documents)


def documents_depending_on(model: type[Model]) -> list[tuple[SearchDocument[Any], str]]:
    """Return the documents whose entries contain text of the model, with the lookup to it."""
    return [
        (document, document.depends_on[model])
        for document in _registered.documents.values()
        if model in document.depends_on
    ]


def is_excluded(model: type[Model]) -> bool:
    """Return whether an app declared the model not searchable."""
    return model in _registered.excluded


def source_named(name: str) -> Source:
    """Return the source of this name; KeyError if none is registered."""
    return _registered.sources[name]


def sources() -> Sequence[Source]:
    """Return all sources in the order of registration."""
    return tuple(_registered.sources.values())


def kind_labels() -> dict[str, Any]:
    """Return the labels of the kind facet by value."""
    return {each.kind: each.kind_label for each in _registered.documents.values()}
