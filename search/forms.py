"""A question as it stands in an address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from everydoor.files.models import Language
from people.models import WorkingGroup

from . import registry
from .facets import FACETS
from .query import BOUNDS, LONGEST_TEXT, Query, Sort, parse


class SearchForm(forms.Form):
    """Reads a question leniently: what cannot be understood is left out, never an error."""

    q = forms.CharField(label=_("Search"), required=False, max_length=LONGEST_TEXT * 4)
    sort = forms.ChoiceField(
        required=False, choices=[(each.value, each.value) for each in Sort]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def query(self) -> Query:
        """The question, with what could be read of it."""
        self.full_clean()
        read = self.cleaned_data
        query = parse(
            read.get("q") or "",
            filters=dict(self._filters()),
            sort=Sort(read.get("sort") or Sort.BEST),
            page=read.get("page") or 1,
        )
        return replace(query, filters=_resolved(query.filters))

    def _filters(self) -> Iterator[tuple[str, list[str]]]:
        data: Any = self.data
        for name in (*FACETS, *BOUNDS):
            values = [value[:120] for value in data.getlist(name) if value]
            if values:
                yield name, values[:20]


def _resolved(filters: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Filters as the index has them: a person may write the name of a thing for its key."""
    return {
        name: tuple(dict.fromkeys(_value(name, value) for value in values))
        for name, values in filters.items()
    }


def _value(name: str, value: str) -> str:
    if name == "group":
        group = WorkingGroup.objects.filter(listed=True, name__iexact=value).first()
        return str(group.public_id) if group else value
    known: Mapping[str, Any] = {}
    if name == "kind":
        known = registry.kind_labels()
    elif name == "language":
        known = dict(Language.choices)
    key = slugify(value)
    by_label = {slugify(str(label)): each for each, label in known.items()}
    return str(by_label.get(key, key))
