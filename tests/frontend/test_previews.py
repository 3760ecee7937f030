"""Previews of pages that were never saved."""

from typing import TYPE_CHECKING, Any

import pytest

from knowledge.guides.models import GuidePage
from knowledge.library.models import LibraryIndex
from knowledge.resources.models import ResourcePage
from knowledge.statements.models import StatementPage
from learning.catalogue.models import LearningIndex
from learning.recordings.models import CaptionTrack, Chapter, RecordingPage
from learning.sessions.models import SessionPage
from pages.models import StandardPage

if TYPE_CHECKING:
    from tests.factories import Tree

pytestmark = pytest.mark.django_db


def _new(model: Any, parent: Any, **fields: Any) -> Any:
    """Return a page as the CMS builds it for a preview: with a parent, not saved."""
    page = model(title="Not saved yet", slug="not-saved-yet", **fields)
    page.path = model._get_children_path_interval(parent.path)[1]
    page.depth = parent.depth + 1
    page.set_url_path(parent)
    return page


@pytest.mark.parametrize(
    ("model", "place"),
    [
        (StandardPage, "home"),
        (LearningIndex, "learn"),
        (SessionPage, "learn"),
        (RecordingPage, "learn"),
        (LibraryIndex, "library"),
        (GuidePage, "library"),
        (StatementPage, "library"),
        (ResourcePage, "library"),
    ],
)
def test_a_page_can_be_previewed_before_it_is_saved(
    site_tree: "Tree", model: Any, place: str
) -> None:
    page = _new(model, getattr(site_tree, place))
    if model is RecordingPage:
        page.caption_tracks = [CaptionTrack(language="en")]
        page.chapters = [Chapter(starts_at_seconds=0, title="Arriving")]
    shown = page.make_preview_request()
    assert shown.status_code == 200
    assert "Not saved yet" in shown.content.decode()
