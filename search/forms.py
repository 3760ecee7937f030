"""A question as it stands in an address."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .query import LONGEST_TEXT, Query, Sort, parse
from .results import FACETS


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
        return parse(
            read.get("q") or "",
            filters=dict(self._filters()),
            sort=Sort(read.get("sort") or Sort.BEST),
            page=read.get("page") or 1,
        )

    def _filters(self) -> Iterator[tuple[str, list[str]]]:
        data: Any = self.data
        for name in FACETS:
            values = [value[:120] for value in data.getlist(name) if value]
            if values:
                yield name, values[:20]
