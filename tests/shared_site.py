"""A site that stays in the database from one test to the next: small, or the demonstration.

Creating a site takes most of the time of a short test. So it is created in a transaction
around the tests that ask for it: each works in a savepoint that is rolled back, as usual. A
test that asks for another site or for none, or that commits, ends the transaction first.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import blocking_manager_key

from demo.actions import Tally, build_community
from people.models import WorkingGroup

from .factories import OrganizationFactory, Tree, WorkingGroupFactory, make_tree

# Fixtures of tests that commit, or whose requests another thread may still answer at the end.
UNSHARED = {"transactional_db", "live_server", "server"}


def new_organization() -> Any:
    return OrganizationFactory(name="Lantern House")


def new_working_group() -> WorkingGroup:
    return WorkingGroupFactory(name="Night shifts")


def _small_site() -> Tree:
    return make_tree(organization=new_organization(), group=new_working_group())


def _demonstration() -> Tally:
    return build_community(today=timezone.localdate())


SITES: dict[str, Callable[[], Any]] = {
    "site_tree": _small_site,
    "community": _demonstration,
}


@dataclass
class SharedSite:
    """The site whose transaction is open, named as its fixture."""

    name: str = ""
    _transaction: Any = None
    _made: Any = None

    def open(self, name: str) -> None:
        """Create the site of this name, unless it is there."""
        if name == self.name:
            return
        self._transaction = transaction.atomic()
        # As the transactions of Django's test cases: a durable one may begin inside.
        self._transaction._from_testcase = True
        self._transaction.__enter__()
        self._made, self.name = SITES[name](), name
        cache.clear()

    def close(self) -> None:
        """Take the site out of the database again."""
        open_one = self._transaction
        self._transaction = self._made = None
        self.name = ""
        if open_one:
            transaction.set_rollback(True)
            open_one.__exit__(None, None, None)

    def made(self, name: str) -> Any:
        """Return what was created, for one test to change; None if the site is not open."""
        return copy.deepcopy(self._made) if name == self.name else None


shared_site = SharedSite()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: Any) -> None:
    """Close the site before a test that does not ask for it; its fixtures may commit."""
    if shared_site.name and _wanted_by(item) != shared_site.name:
        with item.config.stash[blocking_manager_key].unblock():
            shared_site.close()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    """Open the site right before the transaction of a test begins."""
    if fixturedef.argname == "_django_db_helper" and (name := _wanted_by(request.node)):
        with request.getfixturevalue("django_db_blocker").unblock():
            shared_site.open(name)
    return (yield)


def _wanted_by(item: Any) -> str:
    """Return the name of the site that a test asks for, if it can share one."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(item.fixturenames)
    if fixtures & UNSHARED or (marker and (marker.args or marker.kwargs)):
        return ""
    return next((name for name in SITES if name in fixtures), "")


@pytest.fixture
def _tree(db: None) -> Tree | None:
    made: Tree | None = shared_site.made("site_tree")
    return made


@pytest.fixture
def organization(_tree: Tree | None) -> Any:
    return _tree.organization if _tree else new_organization()


@pytest.fixture
def working_group(_tree: Tree | None) -> WorkingGroup:
    return _tree.group if _tree else new_working_group()


@pytest.fixture
def site_tree(
    _tree: Tree | None, organization: Any, working_group: WorkingGroup
) -> Tree:
    """Return a site with every page type; one page, folder and document are the group's."""
    return _tree or make_tree(group=working_group, organization=organization)


@pytest.fixture
def community(db: None) -> Tally:
    """Build the demonstration; return what was created."""
    made: Tally | None = shared_site.made("community")
    return made or _demonstration()
