"""A guide of six chapters, and what the CMS is sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knowledge.guides.models import GuidePage
from tests.cms.forms import edit_url, open_form
from tests.factories import (
    GuidePageFactory,
    Tree,
    chapter,
    heading,
    recommendation,
    text,
)

from .streams import body_fields

NAMES = ("Arriving", "The first night", "Eating", "Sleeping", "Visitors", "Leaving")


def chapters_body(names: tuple[str, ...] = NAMES, *, opening: str = "") -> list[dict]:
    """Return a body with these chapters; each has a section and a recommendation."""
    blocks = [text(opening)] if opening else []
    for number, name in enumerate(names, start=1):
        blocks += [
            chapter(name, f"About {name.lower()}."),
            heading(f"Why {name.lower()} matters"),
            text(f"Words of chapter {number}."),
            recommendation(f"Do what chapter {number} says."),
        ]
    return blocks


@pytest.fixture
def guide(site_tree: Tree) -> GuidePage:
    """Return a published guide of six chapters with an opening."""
    page = GuidePageFactory(
        parent=site_tree.shelf,
        title="A stay in six parts",
        body=chapters_body(opening="Read this first."),
        revised=True,
    )
    return GuidePage.objects.get(pk=page.pk)


@pytest.fixture
def save_page() -> Callable[..., Any]:
    """`save_page(client, page, body=[…], publish=True, title=…)`: post the edit form."""

    def save(
        client: Client,
        page: Any,
        *,
        body: list[dict] | None = None,
        publish: bool = False,
        **fields: Any,
    ) -> Any:
        sent = open_form(client, page) | fields
        if body is not None:
            sent |= body_fields(body)
        if publish:
            sent["action-publish"] = "action-publish"
        return client.post(edit_url(page), sent)

    return save
