"""Who tries what: the people, the site and the counting that every test may ask for."""

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

# One browser for a whole process: a second one would not start beside it.
from .chromium import chromium, open_page, server
from .factories import (
    OrganizationFactory,
    Tree,
    WorkingGroupFactory,
    community_member,
    make_tree,
    with_role,
)
from .remote import door, remote_engine

__all__ = ["chromium", "door", "open_page", "remote_engine", "server"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start from the migrated database that an earlier run kept, where there is one."""
    database.begin_from_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.keep_template()
    yield
    database.let_go()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The shared corpus: beside the repository, or where `EVERYDOOR_CORPUS` says."""
    given = os.environ.get("EVERYDOOR_CORPUS")
    roots = [Path(given)] if given else [p / "shared" / "corpus" for p in _above()]
    found = next((root for root in roots if root.is_dir()), None)
    if found is None:
        pytest.skip("the shared corpus is not on this machine")
    return found


def _above() -> Iterator[Path]:
    yield from Path(settings.ROOT).parents


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Caches (the roots of sites among them) do not outlive a test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def organization(db: None) -> Any:
    return OrganizationFactory(name="Lantern House")


@pytest.fixture
def working_group(db: None) -> WorkingGroup:
    return WorkingGroupFactory(name="Night shifts")


@pytest.fixture
def visitor() -> AnonymousUser:
    """Nobody that we know."""
    return AnonymousUser()


@pytest.fixture
def stranger(organization: Any) -> User:
    """A member of the community who is not in the working group."""
    return community_member(
        email="stranger@example.org", name="Sam", organization=organization
    )


@pytest.fixture
def member(organization: Any, working_group: WorkingGroup) -> User:
    """A member of the working group."""
    user = community_member(
        email="member@example.org", name="Mika", organization=organization
    )
    join_working_group(user=user, working_group=working_group)
    return user


@pytest.fixture
def owner(organization: Any, working_group: WorkingGroup) -> User:
    """Leads the working group, and the organization."""
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
def site_tree(organization: Any, working_group: WorkingGroup) -> Tree:
    """Every page type once; the working group's page, folder and document are its own."""
    return make_tree(group=working_group, organization=organization)


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    """A browser in which the person is signed in; the visitor's knows nobody."""

    def browser(user: Any) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager]:
    """`with count_queries() as asked: …`; then `len(asked)` and `asked.captured_queries`."""
    return lambda: CaptureQueriesContext(connection)
