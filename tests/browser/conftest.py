"""People who are signed in, pages to work on, and the editor of the CMS."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from pages.models import StandardPage
from people.actions import join_working_group
from tests.factories import StandardPageFactory, Tree

from .desk import Desk

BUILT = settings.ROOT / "site" / "frontend" / "dist" / "manifest.json"

WATCH = """
document.addEventListener("securitypolicyviolation", (event) => window.noteViolation(
  `${location.pathname}: ${event.effectiveDirective} refused ${event.blockedURI}, ` +
  `${event.sourceFile}:${event.lineNumber} ${event.sample}`
));
"""


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


@pytest.fixture
def watched(
    open_as: Callable, administrator: Any, site_tree: Tree, settings: Any
) -> Iterator[Callable[[str], Any]]:
    """Return `watched("/path/")`, which opens a page; any violation fails the test."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    join_working_group(user=administrator, working_group=site_tree.group)
    violations: list[str] = []
    window = open_as(administrator, "/")
    base = window.url.rstrip("/")
    # Playwright takes no function that it cannot put an attribute on.
    window.context.expose_function("noteViolation", lambda it: violations.append(it))  # noqa: PLW0108
    window.context.add_init_script(WATCH)

    def opened(path: str) -> Any:
        window.goto(f"{base}{path}")
        return window

    yield opened
    assert violations == [], "\n".join(violations)


@pytest.fixture
def cms(watched: Callable) -> Callable[[str], Any]:
    """Return `cms("/cms/…")`, which opens a page and waits for its scripts."""

    def opened(path: str) -> Any:
        window = watched(path)
        window.locator("body.ready").wait_for()
        return window

    return opened
