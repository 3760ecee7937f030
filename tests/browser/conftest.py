"""The same browser as the front end's own tests, and people who are signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

BUILT = settings.ROOT / "site" / "frontend" / "dist" / "manifest.json"


@pytest.fixture(autouse=True)
def _built() -> None:
    if not BUILT.exists():
        pytest.skip("The assets are not built (make setup)")


@pytest.fixture
def open_as(open_page: Callable, client_of: Callable) -> Callable[..., Any]:
    """`open_as(person, "/path/")`: a page in the browser of somebody who is signed in."""

    def opened(person: Any, path: str, **options: Any) -> Any:
        page = open_page("/accounts/login/", **options)
        base = page.url.removesuffix("/accounts/login/")
        key = client_of(person).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
        page.goto(f"{base}{path}")
        return page

    return opened
