"""What people searched for, and what an editor answered."""

from typing import Any

from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from everydoor.demo.content import Calendar, ContentError, table
from search.models import SearchTerm

from .tally import Tally


def bring_searches(calendar: Calendar, tally: Tally) -> None:
    """The terms of the last four weeks, and the results that are promoted for them.

    ContentError where a page that is to be promoted is not there.
    """
    for facts in table("searches")["search"]:
        new = not SearchTerm.objects.filter(term=facts["term"]).exists()
        if new:
            _count(facts, calendar)
        tally.made("search term", new=new)
        if "promote" in facts:
            _promote(facts, tally)


def _count(facts: dict[str, Any], calendar: Calendar) -> None:
    days = [calendar.weeks_ago(week) for week in range(1, 5)]
    SearchTerm.objects.bulk_create(
        SearchTerm(
            day=day,
            term=facts["term"],
            times=times,
            found_nothing=times if facts.get("in_vain") else 0,
        )
        for day, times in zip(days, facts["weeks"], strict=True)
        if times
    )


def _promote(facts: dict[str, Any], tally: Tally) -> None:
    page = Page.objects.filter(url_path__endswith=f"/{facts['promote']}/").first()
    if page is None:
        raise ContentError(f"searches.toml: there is no page at {facts['promote']}.")
    query, _new = Query.objects.get_or_create(query_string=facts["term"])
    _promotion, new = SearchPromotion.objects.get_or_create(
        query=query, page=page, defaults={"description": facts["why"], "sort_order": 0}
    )
    tally.made("promoted result", new=new)
