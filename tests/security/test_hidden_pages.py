"""Attack: time the answers, to tell pages that are hidden from pages that do not exist.

A hidden page, a draft, a page below either and a page that was never there must take the
same queries and the same time, for everybody who may not see it.
"""

import re
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from django.test import Client

from tests.access.guarded import GROUP_WORD, MEMBERS_WORD, GuardedSite
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db

WHO = {"visitor": (GROUP_WORD, MEMBERS_WORD), "stranger": (GROUP_WORD,)}
WHO["editor"] = (GROUP_WORD,)
ROUNDS = 40


@pytest.fixture
def hidden(guarded: GuardedSite, request: Any) -> Callable[[str], list[str]]:
    """Return the URLs of pages that somebody may not see, drafts and pages below included."""
    draft = StandardPageFactory(parent=guarded.tree.learn, slug="a-draft", live=False)

    def urls(who: str) -> list[str]:
        pages = [
            page
            for page in guarded.kept
            if any(word in page.title for word in WHO[who])
        ]
        found = [page.url for page in pages]
        chapters = [f"{url}chapter/" for url in found if "guide" in url]
        return [*found, *chapters, draft.get_url() or "/learn/a-draft/"]

    return urls


def sentences(queries: Any) -> list[str]:
    """Return the statements without their values."""
    return [
        re.sub(r"'[^']*'|\b\d+(\.\d+)?\b", "?", each["sql"])
        .replace("?, ", "")
        .replace("(?)", "?")
        for each in queries
    ]


def missing(url: str) -> str:
    """Return a URL beside a page's, as long as the page's, where there is no page."""
    return url[:-4] + "zzz/"


@pytest.mark.parametrize("who", WHO)
def test_a_hidden_page_takes_the_queries_of_a_missing_one(
    who: str, hidden: Callable, request: Any, client_of: Callable, count_queries: Any
) -> None:
    browser = client_of(request.getfixturevalue(who))
    wrong = []
    for url in hidden(who):
        browser.get(url)
        with count_queries() as of_hidden:
            response = browser.get(url)
        with count_queries() as of_missing:
            other = browser.get(missing(url))
        assert (response.status_code, other.status_code) == (404, 404), url
        if sentences(of_hidden) != sentences(of_missing):
            wrong.append(f"{url}: {len(of_hidden)} and {len(of_missing)} queries")
        assert response.headers.keys() == other.headers.keys()
        words = response.content.decode().replace(url, "URL")
        assert words == other.content.decode().replace(missing(url), "URL")
    assert not wrong, "\n".join(wrong)


def test_a_hidden_page_takes_the_time_of_a_missing_one(hidden: Callable) -> None:
    """Measured in turns, so that the load of the machine counts for both."""
    browser = Client()
    url = hidden("visitor")[0]
    times: dict[str, list[float]] = {url: [], missing(url): []}
    for _ in range(ROUNDS):
        for where, measured in times.items():
            begun = time.process_time()
            browser.get(where)
            measured.append(time.process_time() - begun)
    first, second = (median(each) for each in times.values())
    assert 0.75 < first / second < 1.33, f"{first * 1000:.1f}, {second * 1000:.1f} ms"


def test_a_url_with_very_many_parts_is_not_looked_up(
    guarded: GuardedSite, count_queries: Any
) -> None:
    with count_queries() as queries:
        response = Client().get("/learn/" + "a/" * 1500)
    assert response.status_code == 404
    assert all(len(each["sql"]) < 50_000 for each in queries)
