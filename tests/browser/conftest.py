"""People who are signed in, pages to work on, and the editor of the CMS."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from pages.models import StandardPage
from tests.factories import StandardPageFactory, Tree

from .desk import Desk

BUILT = settings.ROOT / "site" / "frontend" / "dist" / "manifest.json"


@pytest.fixture(autouse=True)
def _built() -> None:
    if not BUILT.exists():
        pytest.skip("The assets are not built (make setup)")


@pytest.fixture
def open_as(open_page: Callable, client_of: Callable) -> Callable[..., Any]:
    """Return `open_as(person, "/path/")`, which opens a page as that person."""

    def opened(person: Any, path: str, **options: Any) -> Any:
        page = open_page("/accounts/login/", **options)
        base = page.url.removesuffix("/accounts/login/")
        key = client_of(person).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
        page.goto(f"{base}{path}")
        return page

    return opened


@pytest.fixture
def at_desk(open_as: Callable) -> Callable[..., Desk]:
    """Return `at_desk(person, "/cms/…")`, which opens an edit form as that person."""
    return lambda person, path, **options: Desk(open_as(person, path, **options))


@pytest.fixture
def draft(site_tree: Tree, editor: Any) -> StandardPage:
    """Make a page that was never published."""
    page = StandardPageFactory(
        parent=site_tree.home, title="Tea at night", summary="Why tea.", live=False
    )
    page.save_revision(user=editor)
    return page


@pytest.fixture
def submitted(draft: StandardPage, editor: Any) -> StandardPage:
    draft.get_workflow().start(draft, editor)
    return draft


@pytest.fixture
def without_autosave(settings: Any) -> None:
    """Switch autosave off, for a journey that it would interrupt today."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
