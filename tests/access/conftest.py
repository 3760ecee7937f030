"""A site with public and restricted content, and a client for every role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from .guarded import GuardedSite, make_guarded_site


@pytest.fixture
def guarded(working_group: Any, organization: Any) -> GuardedSite:
    return make_guarded_site(working_group, organization)


@pytest.fixture
def browser_of(request: Any, client_of: Callable) -> Callable[[str], Client]:
    """Return a client signed in with a role; an exception becomes a response 500."""

    def browser(role: str) -> Client:
        client = client_of(request.getfixturevalue(role))
        client.raise_request_exception = False
        return client

    return browser
