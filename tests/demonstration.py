"""The demonstration, built once for the tests of a module and rolled back after them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from demo.actions import Tally, build_community


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tally]:
    """Build the demonstration; each test runs in a transaction inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_community(today=timezone.localdate())
        transaction.set_rollback(True)


@pytest.fixture
def community(built: Tally, db: None) -> Tally:
    return built
