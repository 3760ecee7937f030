"""The guarded site, and somebody of every role to try it."""

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
    """The browser of somebody with a role; an error of the site becomes an answer 500."""

    def browser(role: str) -> Client:
        client = client_of(request.getfixturevalue(role))
        client.raise_request_exception = False
        return client

    return browser
