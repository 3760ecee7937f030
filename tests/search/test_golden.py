"""Short queries, as people type them, find the expected results on every engine."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from benchmarks.searching.material import entries, readable
from people.models import User
from search.evaluation.scratch import ScratchIndex, scratch
from search.query import parse
from tests.remote import catch_up

from .golden import Golden, failures, golden


def _browser(name: str) -> Client:
    browser = Client()
    if name:
        browser.force_login(User.objects.get(email=f"{name}@example.org"))
    return browser


def _results(row: Golden) -> list[str]:
    """Return the first page of results, requested over HTTP by the person of the row."""
    answer = _browser(row.person).get("/search/", {"q": row.query})
    return [f"{hit.kind}: {hit.title}" for hit in answer.context["results"][:10]]


def test_the_demonstration_gives_the_expected_results(
    community, on_every_engine, settings
):
    settings.REQUIRE_SECOND_FACTOR = False
    catch_up()
    complaints = failures(golden("community"), _results)
    assert not complaints, "\n".join(complaints)


@pytest.mark.corpus
def test_a_library_gives_the_expected_results(db, on_every_engine, corpus):
    held = list(entries(readable(corpus / "digitalgov")))

    def titles(found: ScratchIndex, row: Golden) -> list[str]:
        keys = found.search(parse(row.query))
        return [f"{held[key].kind}: {held[key].title}" for key in keys]

    # What is fresh weighs more, so the day counts.
    with scratch() as found, time_machine.travel(datetime(2026, 11, 25, tzinfo=UTC)):
        found.index_entries(held)
        complaints = failures(golden("corpus"), lambda row: titles(found, row))
    assert not complaints, "\n".join(complaints)


def test_the_golden_set_says_what_is_wrong():
    rows = golden("community")
    nothing_found = failures(rows, lambda row: [])
    assert len(nothing_found) == sum(len(row.wanted) for row in rows)
    everything = [each for row in rows for each in (*row.wanted, *row.unwanted)]
    shown = failures(rows, lambda row: everything)
    assert any("is not wanted" in each for each in shown)
    assert any("there should be nothing" in each for each in shown)
