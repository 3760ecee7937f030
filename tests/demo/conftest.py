"""The demonstration, its people, and the leave to build it."""

from typing import Any

import pytest

from demo.actions import Tally
from people.models import User
from tests.demonstration import built, community

__all__ = ["built", "community"]


@pytest.fixture
def who(community: Tally) -> Any:
    """The person with an account of the demonstration: `who("lead")`."""
    return lambda name: User.objects.get(email=f"{name}@example.org")


@pytest.fixture
def allowed(settings: Any) -> None:
    """As in debug: the command may run."""
    settings.DEMONSTRATION_ALLOWED = True
