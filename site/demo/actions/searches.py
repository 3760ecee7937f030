"""Search terms of recent weeks, and promoted results."""

import datetime as dt
from typing import Any

from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from demo.content import ContentError, table
from search.models import SearchTerm

from .tally import Outcome, Tally

_LATELY = dt.timedelta(weeks=4)


def create_searches(today: dt.date, tally: Tally) -> None:
    """Create search terms of the last four weeks, and the results promoted for them.

    Terms that were searched for lately and terms that have a promoted result are not
    changed. Raises ContentError if a page that should be promoted does not exist.
    """
    for facts in table("searches")["search"]:
        tally.add(_search_term(facts, today), "search term")
        if "promote" in facts:
            _promote(facts, tally)


def _search_term(facts: dict[str, Any], today: dt.date) -> Outcome:
    rows = SearchTerm.objects.filter(term=facts["term"])
    if rows.filter(day__gt=today - _LATELY).exists():
        return Outcome.UNCHANGED
    outcome = Outcome.UPDATED if rows.exists() else Outcome.CREATED
    rows.delete()
    days = [today - dt.timedelta(days=2, weeks=week) for week in range(4)]
    SearchTerm.objects.bulk_create(
        SearchTerm(
            day=day,
            term=facts["term"],
            people=people,
            found_nothing=people if facts.get("in_vain") else 0,
        )
        for day, people in zip(days, facts["weeks"], strict=True)
        if people
    )
    return outcome


def _promote(facts: dict[str, Any], tally: Tally) -> None:
    page = Page.objects.filter(url_path__endswith=f"/{facts['promote']}/").first()
    if page is None:
        raise ContentError(f"searches.toml: there is no page at {facts['promote']}.")
    query, new = Query.objects.get_or_create(query_string=facts["term"])
    if new:
        SearchPromotion.objects.create(
            query=query, page=page, description=facts["why"], sort_order=0
        )
    tally.made("promoted result", new=new)
