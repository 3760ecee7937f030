"""URLs of queries: each can be shared, and searches for the same again."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from search.forms import SearchForm
from search.query import Sort
from search.views.query_urls import query_url, sorted_url


def _query(parameters):
    return SearchForm(QueryDict(parameters)).query(AnonymousUser())


@pytest.mark.parametrize(
    ("parameters", "url"),
    [
        ("q=night", "?q=night"),
        ("q=night+kind%3Aguide", "?q=night&kind=guide"),
        ("kind=guide&kind=file&q=night", "?q=night&kind=guide&kind=file"),
        ("q=night&page=3", "?q=night"),
        ("q=night&sort=best", "?q=night"),
        ("q=night&sort=newest", "?q=night&sort=newest"),
        ("q=night+after%3A2025", "?q=night&after=2025-12-31"),
        ("q=night&before=2026-03", "?q=night&before=2026-03-01"),
        ("q=night&kind=&sort=nonsense&page=none", "?q=night"),
        ("q=%22night+worker%22+-kettle", "?q=%22night+worker%22+-kettle"),
    ],
)
@pytest.mark.django_db
def test_the_url_of_a_query_is_the_same_however_it_was_asked(parameters, url):
    assert query_url(_query(parameters)) == url


@pytest.mark.django_db
def test_the_url_of_a_query_gives_the_same_query():
    query = _query('q=night+OR+day+-tea+"hot+kettle"&kind=guide&after=2025&sort=newest')
    again = _query(query_url(query)[1:])
    assert (again.clauses, again.excluded) == (query.clauses, query.excluded)
    assert (again.filters, again.after, again.sort) == (
        query.filters,
        query.after,
        query.sort,
    )


@pytest.mark.django_db
def test_another_order_keeps_everything_else():
    query = _query("q=night&kind=guide&page=2")
    assert sorted_url(query, Sort.NEWEST) == "?q=night&kind=guide&sort=newest"
    assert sorted_url(query, Sort.BEST) == "?q=night&kind=guide"
