"""The demonstration, its people, and permission to build it."""

from typing import Any

import pytest

from demo.actions import Tally
from people.models import User


@pytest.fixture
def who(community: Tally) -> Any:
    """Return a function that finds a demonstration account: `who("lead")`."""
    return lambda name: User.objects.get(email=f"{name}@example.org")


@pytest.fixture
def allowed(settings: Any) -> None:
    """Let the command run, as in debug."""
    settings.DEMONSTRATION_ALLOWED = True
