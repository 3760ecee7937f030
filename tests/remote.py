"""A search engine outside the database, where there is one for tests."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from search.engines.remote import RemoteEngine


@pytest.fixture
def remote_engine(settings: Any) -> Iterator[RemoteEngine]:
    """The site's engine for one test, with indexes of the test's own."""
    given = os.environ.get("SEARCH_TEST_URL")
    if not given:
        why = "SEARCH_TEST_URL names none; .ci/with-opensearch starts one."
        missing = os.environ.get("SEARCH_TEST_MISSING", why)
        pytest.skip(f"No search engine: {missing}")
    settings.SEARCH_URL = f"{given}-{uuid4().hex[:12]}"
    engine = RemoteEngine(settings.SEARCH_URL)
    yield engine
    for generation in engine.generations():
        engine.drop(generation)
