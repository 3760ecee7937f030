"""Fixtures for all tests: people in different roles, a small site, query counts."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.actions import Role, join_working_group
from people.models import User, WorkingGroup

from . import database
from .access.guarded import GuardedSite, make_guarded_site

# One browser for the whole process: a second one would not start beside it.
from .chromium import chromium, open_page, server
from .factories import community_member, with_role
from .remote import door, remote_engine
from .shared_site import (
    _tree,
    community,
    organization,
    pytest_fixture_setup,
    pytest_runtest_setup,
    shared_site,
    site_tree,
    working_group,
)

__all__ = [
    "_tree",
    "chromium",
    "community",
    "door",
    "open_page",
    "organization",
    "pytest_fixture_setup",
    "pytest_runtest_setup",
    "remote_engine",
    "server",
    "site_tree",
    "working_group",
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start from the migrated database of an earlier run, if there is one."""
    database.start_from_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.save_template()
    yield
    with django_db_blocker.unblock():
        shared_site.close()
    database.close()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the shared corpus: beside the repository, or at `EVERYDOOR_CORPUS`.

    A test that needs it is skipped if it is not there.
    """
    given = os.environ.get("EVERYDOOR_CORPUS")
    roots = [Path(given)] if given else [p / "shared" / "corpus" for p in _above()]
    found = next((root for root in roots if root.is_dir()), None)
    if found is None:
        pytest.skip("the shared corpus is not on this machine")
    return found


def _above() -> Iterator[Path]:
    yield from Path(settings.ROOT).parents


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """Clear the caches, among them the site roots, which belong to one test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor() -> AnonymousUser:
    """Return somebody who is not signed in."""
    return AnonymousUser()


@pytest.fixture
def stranger(organization: Any) -> User:
    """Return a member of the community who is not in the working group."""
    return community_member(
        email="stranger@example.org", name="Sam", organization=organization
    )


@pytest.fixture
def member(organization: Any, working_group: WorkingGroup) -> User:
    """Return a member of the working group."""
    user = community_member(
        email="member@example.org", name="Mika", organization=organization
    )
    join_working_group(user=user, working_group=working_group)
    return user


@pytest.fixture
def owner(organization: Any, working_group: WorkingGroup) -> User:
    """Return the lead of the working group and the organization."""
    user = community_member(
        email="owner@example.org",
        name="Olu",
        organization=organization,
        organization_role="lead",
    )
    join_working_group(user=user, working_group=working_group, role="lead")
    return user


@pytest.fixture
def editor(organization: Any) -> User:
    return with_role(
        Role.EDITOR,
        email="editor@example.org",
        name="Eda",
        organization=organization,
    )


@pytest.fixture
def moderator(organization: Any) -> User:
    return with_role(
        Role.MODERATOR,
        email="moderator@example.org",
        name="Mo",
        organization=organization,
    )


@pytest.fixture
def administrator(organization: Any) -> User:
    return with_role(
        Role.ADMINISTRATOR,
        email="administrator@example.org",
        name="Ada",
        organization=organization,
    )


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    """Return `client_of(user)`: a client in which the user is signed in."""

    def browser(user: Any) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def guarded(working_group: WorkingGroup, organization: Any) -> GuardedSite:
    """Return a site in which everything is there publicly, for members and for a group."""
    return make_guarded_site(working_group, organization)


@pytest.fixture
def browser_of(request: Any, client_of: Callable) -> Callable[[str], Client]:
    """Return `browser_of("member")`: the role's client; an exception is a response 500."""

    def browser(role: str) -> Client:
        client = client_of(request.getfixturevalue(role))
        client.raise_request_exception = False
        return client

    return browser


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager]:
    """Return a function that opens a block in which queries are recorded."""
    return lambda: CaptureQueriesContext(connection)
