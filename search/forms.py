"""The query as submitted in the query string of the search page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from files.models import Language
from pages.models import BasePage
from people.models import WorkingGroup

from . import registry
from .facets import FACETS
from .query import DATE_FILTERS, Query, Sort, parse

if TYPE_CHECKING:
    from django.db.models import QuerySet


class SearchForm(forms.Form):
    """Lenient form: invalid values are ignored instead of reported."""

    q = forms.CharField(label=_("Search"), required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(each.value, each.value) for each in Sort]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def query(self, user: Any) -> Query:
        """Return the parsed query.

        Names of working groups are resolved only if the user may know of the group.
        """
        self.full_clean()
        read = self.cleaned_data
        query = parse(
            read.get("q") or "",
            filters=dict(self._filters()),
            sort=Sort(read.get("sort") or Sort.BEST),
            page=read.get("page") or 1,
        )
        return replace(query, filters=_resolved(query.filters, user))

    def _filters(self) -> Iterator[tuple[str, list[str]]]:
        data: Any = self.data
        for name in (*FACETS, *DATE_FILTERS):
            values = [value[:120] for value in data.getlist(name) if value]
            if values:
                yield name, values[:20]


def _resolved(
    filters: Mapping[str, Iterable[str]], user: Any
) -> dict[str, tuple[str, ...]]:
    """Replace labels by the keys that the index stores, as users may type either."""
    return {
        name: tuple(dict.fromkeys(_value(name, value, user) for value in values))
        for name, values in filters.items()
    }


def _known_groups(user: Any) -> "QuerySet[WorkingGroup]":
    """Return listed groups that the user may know.

    These are the user's own groups and groups named on a page that the user may see.
    """
    pages = BasePage.objects.visible_to(user).filter(working_group=OuterRef("pk"))
    known = WorkingGroup.objects.filter(listed=True)
    mine = WorkingGroup.objects.visible_to(user).values("pk")
    return known.filter(Q(Exists(pages)) | Q(pk__in=mine))


def _value(name: str, value: str, user: Any) -> str:
    if name == "group":
        group = _known_groups(user).filter(name__iexact=value).first()
        return str(group.public_id) if group else value
    known: Mapping[str, Any] = {}
    if name == "kind":
        known = registry.kind_labels()
    elif name == "language":
        known = dict(Language.choices)
    key = slugify(value)
    by_label = {slugify(str(label)): each for each, label in known.items()}
    return str(by_label.get(key, key))
