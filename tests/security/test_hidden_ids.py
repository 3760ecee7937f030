"""An editor who is not in a group puts ids of its hidden things into queries and bodies.

Every URL of the CMS is asked, with the ids of hidden pages, drafts, files, folders and groups
under every name that Wagtail uses, in the query and in the body: about 1,300 requests by
query and 750 with forms for each of two roles. No answer may hold the secret word that stands
in all that is hidden, and none may be an error.
"""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.access.examples import Examples
from tests.access.guarded import Files, GuardedSite
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    MediaFactory,
    community_member,
)

from .cms_walk import Walk
from .extent import WHOLE
from .hidden_site import KEY, SECRET, HiddenSite, make_hidden_site

pytestmark = pytest.mark.django_db
# The least number of requests of a walk; fewer would mean that it was refused somewhere.
MANY = 1000


@pytest.fixture(params=["editor", "administrator"] if WHOLE else ["editor"])
def role(request: Any) -> str:
    """Return a role; administrators manage groups and so know their names."""
    return str(request.param)


@pytest.fixture
def hidden(organization: Any, role: str) -> HiddenSite:
    author = community_member(organization=organization, email="author@example.org")
    name = f"Group of {SECRET}" if role == "editor" else "Quiet group"
    return make_hidden_site(organization, author, group_name=name)


@pytest.fixture
def examples(hidden: HiddenSite) -> Examples:
    tree = hidden.tree
    files = Files(
        DocumentFactory(title="Kettle document"),
        ImageFactory(title="Kettle picture"),
        MediaFactory(title="Kettle sound"),
        tree.recording.caption_tracks.get(),
    )
    findable = community_member(listed=True, organization=tree.organization)
    return Examples(GuardedSite(tree, findable, [], {"": files}))


@pytest.fixture
def walk(
    request: Any, role: str, client_of: Any, hidden: HiddenSite, examples: Examples
) -> Walk:
    client = client_of(request.getfixturevalue(role))
    client.raise_request_exception = False
    return Walk(client, hidden, examples)


def test_no_query_names_what_is_hidden(walk: Walk) -> None:
    for path in walk.paths():
        walk.ask(path)

    assert walk.requests > MANY
    assert walk.broken == []
    assert walk.leaks == []


def test_no_form_names_what_is_hidden(walk: Walk) -> None:
    for path in walk.paths():
        walk.post(path, _sent(walk, path))

    assert walk.requests > MANY / 2
    assert walk.broken == []
    assert walk.leaks == []


def _sent(walk: Walk, path: str) -> dict[str, Any]:
    """Return what a page's forms send, with the hidden key wherever a key may stand."""
    shown = walk.get(path, {})
    html = shown.content.decode(errors="replace") if not shown.streaming else ""
    if shown.get("Content-Type", "").startswith("application/json"):
        html = _html_in(shown)
    names = {
        field["name"]: field
        for field in BeautifulSoup(html, "html.parser").find_all(
            ["input", "textarea", "select"]
        )
        if field.get("name")
    }
    return {
        name: walk.site.group.pk
        if name.endswith("working_group")
        else _value(field, str(KEY))
        for name, field in names.items()
    }


def _html_in(response: Any) -> str:
    try:
        found = response.json()
    except ValueError:
        return ""
    return str(found.get("html", "")) if isinstance(found, dict) else ""


def _value(field: Any, key: str) -> Any:
    kind = field.get("type", field.name)
    if kind in {"hidden", "select", "checkbox"} and not field["name"].endswith(
        ("_FORMS", "csrfmiddlewaretoken", "-count")
    ):
        return key
    return field.get("value") or ("" if field["name"].endswith("_FORMS") else key)
