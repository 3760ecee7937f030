"""Entries of people who chose to be listed, and of organizations.

Only what a person shows to every member is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import PUBLIC, Organization, OrganizationMembership, User
from search import registry
from search.access import MEMBERS
from search.passages import split_text
from search.registry import Entry, FacetValue

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Words of the description that are shown in a hit.
_SHOWN = 40


class PersonDocument(registry.SearchDocument[User]):
    """A person: name, description and organizations. Found by members only."""

    model = User
    source = "person"
    kind = "person"
    kind_label = gettext_lazy("People")
    depends_on = {
        Organization: "organizations",
        OrganizationMembership: "organization_memberships",
    }

    def entries(self, items: Sequence[User], batch: None = None) -> Iterator[Entry]:
        for person in items:
            yield _entry(
                self,
                person,
                about=person.about,
                rule=MEMBERS,
                eyebrow=_("A member"),
                keywords=", ".join(each.name for each in person.organizations.all()),
            )


class OrganizationDocument(registry.SearchDocument[Organization]):
    """An organization: found by members, and by visitors if it is listed."""

    model = Organization
    source = "organization"
    kind = "organization"
    kind_label = gettext_lazy("Organizations")

    def entries(
        self, items: Sequence[Organization], batch: None = None
    ) -> Iterator[Entry]:
        for organization in items:
            yield _entry(
                self,
                organization,
                about=organization.about,
                rule=PUBLIC if organization.listed else MEMBERS,
                eyebrow=str(organization.get_kind_display()),
                keywords=organization.place,
            )


class PersonSource(registry.Source):
    """Active accounts that chose to be listed and have a name."""

    name = "person"

    def object_ids(self) -> Iterable[int]:
        found = self._listed().order_by("pk").values_list("pk", flat=True)
        return found.iterator()

    def entries(self, object_ids: Sequence[int]) -> list[Entry]:
        people = self._listed().filter(pk__in=object_ids)
        organizations = Organization.objects.order_by("name")
        return _entries(
            people.prefetch_related(Prefetch("organizations", organizations))
        )

    def visible_to(self, user: Any) -> "QuerySet[Any]":
        return User.objects.visible_to(user)

    def _listed(self) -> "QuerySet[User]":
        return User.objects.active().filter(listed=True).exclude(name="")


class OrganizationSource(registry.Source):
    """All organizations."""

    name = "organization"

    def object_ids(self) -> Iterable[int]:
        found = Organization.objects.order_by("pk").values_list("pk", flat=True)
        return found.iterator()

    def entries(self, object_ids: Sequence[int]) -> list[Entry]:
        return _entries(Organization.objects.filter(pk__in=object_ids))

    def visible_to(self, user: Any) -> "QuerySet[Any]":
        return Organization.objects.visible_to(user)


def _entries(found: "QuerySet[Any]") -> list[Entry]:
    document = registry.document_of(found.model)
    if document is None:
        return []
    with translation.override(settings.LANGUAGE_CODE):
        return list(document.entries(list(found), None))


def _entry(
    document: registry.SearchDocument[Any], item: Any, *, about: str, **values: Any
) -> Entry:
    return Entry(
        source=document.source,
        object_id=item.pk,
        kind=document.kind,
        title=item.name,
        path=item.get_absolute_url(),
        door="people",
        summary=Truncator(about).words(_SHOWN),
        facets=(FacetValue("kind", document.kind, str(document.kind_label)),),
        passages=tuple(split_text(about)),
        **values,
    )
