"""Attack: fill caches with what a stranger chooses, so that each page becomes slower.

Sends requests that differ in the port of Host, the path, the query and the headers. No cache
of the site, of a process or of a library may grow with their number.
"""

import functools
import gc
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from search import analysis
from tests.factories import Tree

pytestmark = pytest.mark.django_db

REQUESTS = 60
# Caches that may grow up to their bound, in bytes for each request.
ALLOWED = 200


def odd_request(browser: Client, number: int) -> None:
    """Send requests that no other number sends."""
    host = f"localhost:{10_000 + number}"
    for where in (
        "/",
        f"/no/such-{number}/page/",
        f"/topics/?page={number}&x-{number}=1",
        f"/search/?q=word{number}&kind=odd{number}&after={2000 + number}",
        f"/search/suggest/?q=wor{number}",
        f"/documents/none{number}/{number}.pdf",
        f"/media/{number}.png",
        f"/accounts/login/?next=/{number}/",
    ):
        browser.get(
            where,
            headers={
                "Host": host,
                "Accept-Language": f"x-{number}",
                "User-Agent": f"odd {number}",
            },
        )


def stored() -> int:
    """Return the size of all that the cache of the site holds."""
    backend: Any = cache
    return sum(len(pickle.dumps(value)) for value in backend._cache.values())


def unbounded() -> Iterator[tuple[str, int]]:
    """Yield the functions with a cache without a limit, and how many results it holds."""
    for each in gc.get_objects():
        if type(each) is functools._lru_cache_wrapper:  # lazy objects pose as others
            info = each.cache_info()
            if info.maxsize is None:
                wrapped: Any = each
                yield f"{wrapped.__module__}.{wrapped.__qualname__}", info.currsize


def test_no_cache_grows_with_the_requests_of_a_stranger(site_tree: Tree) -> None:
    browser = Client(raise_request_exception=False)
    for number in range(5):
        odd_request(browser, number)
    size, before = stored(), dict(unbounded())
    for number in range(100, 100 + REQUESTS):
        odd_request(browser, number)

    grown = {name: n for name, n in unbounded() if n > before.get(name, 0) + 5}
    assert not grown
    assert stored() - size < ALLOWED * REQUESTS


def test_the_navigation_is_cached_once_whatever_the_host(
    site_tree: Tree, client: Client, count_queries: Callable
) -> None:
    client.get("/search/")
    for number in range(20):
        with count_queries() as queries:
            client.get("/search/", headers={"Host": f"localhost:{10_000 + number}"})
        below = [each for each in queries if "pages_basepage" in each["sql"]]
        assert not below, below
    assert len(cache.get("home.navigation")) == 1


def test_long_words_are_not_cached() -> None:
    for number in range(50):
        analysis.fold_word(f"é{number}" * 10_000)
    info = analysis._cached_fold.cache_info()
    before = info.currsize
    analysis.fold_word("é" * 41)
    assert analysis._cached_fold.cache_info().currsize == before
    assert analysis.fold_word("É" * 50) == "e" * 40


def test_limits_of_sign_ins_are_not_pushed_out_by_other_keys(settings: Any) -> None:
    cache.set("limit", "reached")
    for number in range(5_000):
        cache.set(f"odd-{number}", number)
    assert cache.get("limit") == "reached"
